"""Whether users and teams hold privileges, at any depth: who gets a row, or a share of it, must be able to read it.

A team has what its roles grant. What somebody holds who is in the team, or administers it, serves as well: the rows of
a team, and those shared with it, are theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import Row
from handsel.database.statements import run
from handsel.engine.rights.grants import ACCESS_TEAM, MOST_USERS, Rights, rights_by_roles
from handsel.engine.rights.requirements import Need, missing


def lacked_by(
    known: Rights, principals: Sequence[Row], needs: Mapping[UUID, Collection[Need]]
) -> Mapping[UUID, list[str]]:
    """The privileges that rows of users and teams lack, by name, for what each of them needs, by id.

    `known` are the rights of whoever asks. One statement finds the roles of all principals of whom they are not known.
    An access team without members lacks nothing: they may still come.
    """
    holding = _holding(known, principals)
    found: dict[UUID, list[str]] = {}
    for row in principals:
        rights = holding[row.id]
        lacking = [] if rights is None or rights.is_administrator else missing(rights, needs[row.id])
        if lacking:
            found[row.id] = lacking
    return found


def _holding(known: Rights, principals: Sequence[Row]) -> Mapping[UUID, Rights | None]:
    tables = known.tables
    for row in principals:
        if row.table == "systemuser" and (row.id, None) in tables.users:
            tables.holding[row.id] = tables.users[(row.id, None)]
    unknown = [row for row in principals if row.id not in tables.holding]
    if unknown:
        if len(tables.holding) > MOST_USERS:
            tables.holding.clear()
            unknown = list(principals)
        roles = _roles(
            [row.id for row in unknown if row.table == "systemuser"], [row.id for row in unknown if row.table == "team"]
        )
        for row in unknown:
            is_empty = row.id not in roles and row.get("teamtype") == ACCESS_TEAM
            tables.holding[row.id] = None if is_empty else rights_by_roles(known, row.id, roles.get(row.id, ()))
    return tables.holding


def _roles(users: Sequence[UUID], teams: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    """The roles by which users and teams hold privileges. A team with people but without any role has an empty set."""
    dialect = current().dialect

    def among(column: str) -> str:
        return dialect.any_of(column, dialect.mark)

    people = (
        f"SELECT teamid, systemuserid FROM teammembership WHERE {among('teamid')} "
        f"UNION SELECT teamid, administratorid FROM team WHERE {among('teamid')} AND teamtype <> {ACCESS_TEAM}"
    )
    parts = (
        f"SELECT systemuserid, roleid FROM systemuserroles WHERE {among('systemuserid')}",
        "SELECT m.systemuserid, t.roleid FROM teammembership AS m JOIN teamroles AS t ON t.teamid = m.teamid "
        f"WHERE {among('m.systemuserid')}",
        f"SELECT teamid, roleid FROM teamroles WHERE {among('teamid')}",
        "SELECT p.teamid, u.roleid FROM people AS p LEFT JOIN systemuserroles AS u ON u.systemuserid = p.systemuserid",
        "SELECT p.teamid, t.roleid FROM people AS p JOIN teammembership AS m ON m.systemuserid = p.systemuserid "
        "JOIN teamroles AS t ON t.teamid = m.teamid",
    )
    given, asked = dialect.keys(sorted(users)), dialect.keys(sorted(teams))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for id, role in run(
        f"WITH people(teamid, systemuserid) AS ({people}) {' UNION '.join(parts)}", (asked, asked, given, given, asked)
    ):
        roles = found[_uuid(id)]
        if role is not None:
            roles.add(_uuid(role))
    return found


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

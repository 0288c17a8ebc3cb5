"""Access teams by template: users who together have the template's rights on one row (security 3.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.party.options import TeamType
from handsel.chain.rights.sharing import Wanted, name_of, permit_sharing, shareable_row, target_of
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.crud.shares import Shares
from handsel.engine.handlers import handles
from handsel.engine.ids import NO_ID
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.rights.access_rights import ACCESS_RIGHTS, named, verbs_in
from handsel.engine.rights.denial import principal_called
from handsel.engine.rights.privileges import SHARED_RIGHTS, Privilege, RowsBy, coverage_of, privilege_name
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, Refused, not_found
from handsel.tables.info import TableInfo, all_tables, table_info

MOST_TEMPLATES = 2
"""How many templates one table has at most (security 3.5)."""


def team_tables() -> list[TableInfo]:
    """The tables for whose rows there can be access teams: their rows have an owner, and a team can name them."""
    named_by_teams = table_info("team").columns["regardingobjectid"].targets
    return [
        info
        for info in all_tables()
        if info.logical_name in named_by_teams and coverage_of(info.logical_name).rows_by is RowsBy.OWNER
    ]


def check_templates(work: Work, entries: Sequence[Entry]) -> None:
    """A template is for a table whose rows can be shared, its rights exist, and a table has two of them at most."""
    changed = [entry for entry in entries if entry.changed("objecttypecode", "defaultaccessrightsmask")]
    present = work.as_system.children(
        "teamtemplate", "objecttypecode", list({entry.row.get("objecttypecode") for entry in changed})
    )

    def check(entry: Entry) -> None:
        row = entry.row
        tables = {info.object_type_code: info for info in team_tables()}
        info = tables.get(row.get("objecttypecode"))
        if info is None:
            listed = ", ".join(f"{code} {each.logical_name}" for code, each in sorted(tables.items()))
            raise InvalidArgument(
                f"Team template '{row.get('teamtemplatename')}': access teams are made for rows with an owner. "
                f"objecttypecode can be {listed}; it is {row.get('objecttypecode')}.",
                table="teamtemplate",
                column="objecttypecode",
            )
        mask = row.get("defaultaccessrightsmask") or 0
        if not mask & Privilege.READ.right or mask & ~SHARED_RIGHTS:
            rights = ", ".join(f"{bit} {name}" for name, bit in ACCESS_RIGHTS.members.items() if bit & SHARED_RIGHTS)
            raise InvalidArgument(
                f"Team template '{row.get('teamtemplatename')}': defaultaccessrightsmask is the sum of rights, among "
                f"them ReadAccess: {rights}; it is {mask}.",
                table="teamtemplate",
                column="defaultaccessrightsmask",
            )
        others = [each for each in present[row.get("objecttypecode")] if each.id != row.id]
        if len(others) >= MOST_TEMPLATES:
            names = " and ".join(f"'{each.get('teamtemplatename')}'" for each in others[:MOST_TEMPLATES])
            raise Refused(
                f"{info.label} has {MOST_TEMPLATES} team templates already, {names}, which is as many as a table can "
                "have. Change one of them, or delete it along with its teams.",
                table="teamtemplate",
            )

    each_entry(work, changed, check)


@dataclass(frozen=True, slots=True)
class AddUserToRecordTeam(Message[UUID]):
    """Let a user have the rights of a template on a row, as a member of the row's team; the first one makes the team.

    The result is the id of the team.
    """

    needs: ClassVar[Needs] = Needs(besides="Read and Share on the row, and each right of the template.")
    operation: ClassVar[Operation] = Operation(
        bound_to="systemuser", binding="system_user_id", returns={"AccessTeamId": UUID}
    )

    system_user_id: UUID
    record: Reference
    team_template_id: Annotated[UUID, Parameter(type="teamtemplate")]

    def locks(self) -> Sequence[Reference]:
        return (target_of(self.record),)


@dataclass(frozen=True, slots=True)
class RemoveUserFromRecordTeam(Message[UUID]):
    """Take a user out of the team that a template made for a row; the team stays. Who is not in it is left out.

    The result is the id of the team.
    """

    needs: ClassVar[Needs] = Needs(besides="Read and Share on the row.")
    operation: ClassVar[Operation] = Operation(
        bound_to="systemuser", binding="system_user_id", returns={"AccessTeamId": UUID}
    )

    system_user_id: UUID
    record: Reference
    team_template_id: Annotated[UUID, Parameter(type="teamtemplate")]

    def locks(self) -> Sequence[Reference]:
        return (target_of(self.record),)


_Asked = Item[AddUserToRecordTeam | RemoveUserFromRecordTeam]


@dataclass(slots=True)
class _Membership(Wanted):
    """A user to be put into, or taken out of, the team of a row and a template."""

    template: UUID = NO_ID

    @property
    def team(self) -> tuple[UUID, UUID]:
        """What the team is found by."""
        return self.row.id, self.template


@handles(AddUserToRecordTeam)
def add_user(work: Work, items: list[Item[AddUserToRecordTeam]]) -> None:
    """Add members to the teams of rows."""
    wanted, teams = _wanted(work, items, adding=True)
    _check_members(work, wanted)
    live = [each for each in wanted if each.item.refusal is None]
    shares = Shares(work, [each.row.reference for each in live])
    memberships = _memberships(work, list(teams.values()))
    for each in live:
        team = teams.get(each.team)
        if team is None:
            team = teams[each.team] = _new_team(work, each)
            shares.put(each.item, each.row.reference, team.reference, each.mask)
        members = memberships[team.id]
        if each.principal.id not in members:
            values = {"teamid": team.id, "systemuserid": each.principal.id}
            members[each.principal.id] = work.insert(each.item, "teammembership", values, root=team.reference)
        each.item.result = team.id


@handles(RemoveUserFromRecordTeam)
def remove_user(work: Work, items: list[Item[RemoveUserFromRecordTeam]]) -> None:
    """Take members out of the teams of rows."""
    wanted, teams = _wanted(work, items, adding=False)
    memberships = _memberships(work, list(teams.values()))
    for each in wanted:
        with work.refusing(each.item):
            if each.item.refusal is not None:
                continue
            team = teams.get(each.team)
            if team is None:
                raise Refused(
                    f"{name_of(work, each.row)} has no team of this template, so nobody can be taken out of it.",
                    table=each.row.table,
                    id=str(each.row.id),
                )
            membership = memberships[team.id].pop(each.principal.id, None)
            if membership is not None:
                work.delete(each.item, membership, root=team.reference)
            each.item.result = team.id


def _wanted(
    work: Work, items: Sequence[_Asked], *, adding: bool
) -> tuple[list[_Membership], dict[tuple[UUID, UUID], Row]]:
    """What items ask for, and the teams that there are already by row and template."""
    templates = work.as_user.load("teamtemplate", {item.message.team_template_id for item in items})
    users = work.as_user.load("systemuser", {item.message.system_user_id for item in items})
    wanted: list[_Membership] = []

    def read(item: _Asked) -> None:
        message = item.message
        row = shareable_row(work, item)
        template = templates.get(message.team_template_id)
        if template is None:
            raise not_found("teamtemplate", message.team_template_id)
        user = users.get(message.system_user_id)
        if user is None:
            raise not_found("systemuser", message.system_user_id)
        info = work.info(row.table)
        if template["objecttypecode"] != info.object_type_code:
            raise InvalidArgument(
                f"Team template '{template['teamtemplatename']}' is for rows with the object type code "
                f"{template['objecttypecode']}, and {name_of(work, row)} has {info.object_type_code}."
            )
        mask = template["defaultaccessrightsmask"]
        wanted.append(_Membership(item, row, user.reference, mask, user, template.id))

    work.each(items, read)
    permit_sharing(work, wanted, handing_out=adding)
    found = work.as_system.children("team", "regardingobjectid", list({each.row.id for each in wanted}))
    teams = {
        (row, team["teamtemplateid"]): team
        for row, listed in found.items()
        for team in listed
        if team.get("systemmanaged") and team.get("teamtemplateid")
    }
    return wanted, teams


def _check_members(work: Work, wanted: Sequence[_Membership]) -> None:
    """Refuse users who lack one of the template's privileges at any depth: they could not use its right."""
    live = [each for each in wanted if each.item.refusal is None and each.receiver is not None]
    needs: dict[UUID, list[Need]] = defaultdict(list)
    for each in live:
        needs[each.principal.id] += [Need(verb, each.row.table) for verb in verbs_in(each.mask)]
    users = {each.principal.id: each.receiver for each in live if each.receiver is not None}
    lacking = access.lacked_privileges(work.actor, list(users.values()), needs) if users else {}
    for each in live:
        user = users[each.principal.id]
        stem = coverage_of(each.row.table).stem
        own = [privilege_name(verb, stem) for verb in verbs_in(each.mask)]
        names = [name for name in own if name in lacking.get(user.id, ())]
        if names:
            refused = (
                f"{name_of(work, each.row)}: its team has {named(each.mask)}, which {principal_called(user)} could "
                "not use"
            )
            work.refuse(each.item, access.cannot_take(work.actor, user, names, each.row.table, refused))


def _memberships(work: Work, teams: Sequence[Row]) -> defaultdict[UUID, dict[UUID, Row]]:
    """The memberships of teams, by team and user."""
    found: defaultdict[UUID, dict[UUID, Row]] = defaultdict(dict)
    for team, rows in work.as_system.children("teammembership", "teamid", [team.id for team in teams]).items():
        found[team] = {row["systemuserid"]: row for row in rows}
    return found


def _new_team(work: Work, each: _Membership) -> Row:
    """The team of a row: its members are maintained by messages, it owns nothing and holds no role.

    Users may see teams for rows that they do not see, so that its name does not tell that of the row.
    """
    template = work.as_user.row("teamtemplate", each.template)
    assert template is not None, "it was read"
    values: dict[str, Any] = {
        "name": f"{template['teamtemplatename']} {each.row.id}",
        "teamtype": int(TeamType.ACCESS),
        "systemmanaged": True,
        "isdefault": False,
        "businessunitid": each.row["owningbusinessunit"],
        "administratorid": work.actor.user_id,
        "organizationid": work.organization.settings.id,
        "regardingobjectid": each.row.id,
        "hs_regardingobjecttype": each.row.table,
        "teamtemplateid": template.id,
    }
    return work.insert(each.item, "team", values)

"""The team of each business unit: made with it, called like it, and all users of the unit are in it (security 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from handsel.chain.party.options import TeamType
from handsel.database.row import Row
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, Refused


def default_team_row(unit: UUID, name: str) -> dict[str, object]:
    """The values of the team of a unit."""
    return {
        "name": name,
        "businessunitid": unit,
        "teamtype": int(TeamType.OWNER),
        "isdefault": True,
        "systemmanaged": False,
    }


def make_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """A new unit gets its team."""
    for entry in entries:
        values = default_team_row(entry.row.id, entry.row["name"])
        work.insert(entry.item, "team", {**values, "administratorid": work.actor.user_id})


def rename_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """The team of a unit is called like the unit."""
    renamed = [entry for entry in entries if entry.changed("name")]
    teams = default_teams(work, [entry.row.id for entry in renamed])
    for entry in renamed:
        if entry.row.id in teams:
            work.update(entry.item, teams[entry.row.id], {"name": entry.row["name"]})


def join_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """A new user is in the team of their unit."""
    teams = default_teams(work, [entry.row["businessunitid"] for entry in entries])
    for entry in entries:
        _join(work, entry, teams)


def change_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """Users who move to another unit leave the one unit's team and join the other's."""
    moved = [entry for entry in entries if entry.changed("businessunitid")]
    memberships = work.as_system.children("teammembership", "systemuserid", [entry.row.id for entry in moved])
    joined = work.as_system.load("team", {row["teamid"] for rows in memberships.values() for row in rows})
    teams = default_teams(work, [entry.row["businessunitid"] for entry in moved])
    for entry in moved:
        for row in memberships[entry.row.id]:
            if joined[row["teamid"]].get("isdefault"):
                work.delete(entry.item, row, root=joined[row["teamid"]].reference)
        _join(work, entry, teams)


def _join(work: Work, entry: Entry, teams: dict[UUID, Row]) -> None:
    team = teams.get(entry.row["businessunitid"])
    if team is not None:
        values = {"teamid": team.id, "systemuserid": entry.row.id}
        work.insert(entry.item, "teammembership", values, root=team.reference)


def default_teams(work: Work, units: Iterable[UUID]) -> dict[UUID, Row]:
    """The team of each of some units."""
    found = work.as_system.children("team", "businessunitid", sorted(set(units)))
    return {unit: team for unit, teams in found.items() for team in teams if team.get("isdefault")}


def protect_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """The team of a unit keeps its unit (0x80048308), its name and its kind."""

    def check(entry: Entry) -> None:
        if not entry.row.get("isdefault"):
            return
        name = entry.row.change.before.get("name", entry.row["name"]) if entry.row.change else entry.row["name"]
        stands = f"Team '{name}' stands for its whole business unit"
        if entry.changed("businessunitid"):
            raise Refused(
                f"{stands} and cannot move to another one. Make another team there.",
                Code.CANNOT_SET_PARENT_DEFAULT_TEAM,
                table="team",
                id=str(entry.row.id),
            )
        if entry.changed("name"):
            raise Refused(
                f"{stands} and is called like it. Rename the unit, and the team follows.",
                table="team",
                id=str(entry.row.id),
            )
        if entry.changed("teamtype"):
            raise Refused(
                f"{stands} and stays an owner team. Make another team to share rows with.",
                table="team",
                id=str(entry.row.id),
            )

    each_entry(work, entries, check)

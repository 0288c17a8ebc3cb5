"""What holds for teams: access teams own nothing and hold no roles, and a team never becomes an owner team again."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.options import TeamType
from handsel.chain.rights.giving import name_of
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.owned_rows import count_rows
from handsel.engine.work import Work
from handsel.errors import Refused


def check_team_types(work: Work, entries: Sequence[Entry]) -> None:
    """An owner team becomes an access team only without rows and roles, and never the other way (security 2.1)."""
    changed = [entry for entry in entries if entry.changed("teamtype")]
    held = work.as_system.children("teamroles", "teamid", [entry.row.id for entry in changed])

    def check(entry: Entry) -> None:
        team = entry.row
        name = name_of(team).capitalize()
        if team.get("teamtype") != TeamType.ACCESS:
            raise Refused(
                f"{name} is an access team and stays one. Make an owner team.",
                table="team",
                id=str(team.id),
                column="teamtype",
            )
        roles, rows = len(held[team.id]), count_rows(team.id)
        if roles or rows:
            raise Refused(
                f"{name} cannot become an access team: it holds {roles} roles and owns {rows} rows. Take the roles "
                "away and assign the rows to others first.",
                table="team",
                id=str(team.id),
                column="teamtype",
            )

    each_entry(work, changed, check)

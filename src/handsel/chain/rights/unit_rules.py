"""What holds for business units besides being a tree: their roles, their team, and when they may go (security 1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.rules import DISABLE_UNIT, REPARENT_UNIT
from handsel.chain.rights.moves import require_unit_in_reach
from handsel.chain.rights.role_copies import rebuild_copies
from handsel.chain.rights.unit_tree import lock_lines, unit_tree
from handsel.engine import access
from handsel.engine.access import Need
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.listing import list_rows
from handsel.engine.work import Work
from handsel.errors import Code, Refused


def give_roles(work: Work, entries: Sequence[Entry]) -> None:
    """A unit that was made or moved has the roles of the units above it, and so have those below it."""
    live = [entry for entry in entries if entry.item.refusal is None and entry.changed("parentbusinessunitid")]
    if not live:
        return
    lock_lines(work, {entry.row["parentbusinessunitid"] for entry in live})
    rebuild_copies(work, [(entry.item, entry.row.id) for entry in live], unit_tree(work))


def check_changes(work: Work, entries: Sequence[Entry]) -> None:
    """Moving a unit and disabling one take privileges of their own; it moves only below a unit in reach."""

    def check(entry: Entry) -> None:
        needs = []
        if entry.changed("parentbusinessunitid"):
            needs.append(Need(REPARENT_UNIT))
        if entry.changed("isdisabled"):
            needs.append(Need(DISABLE_UNIT))
        access.require_all(work.actor, needs, f"move or disable business unit '{entry.row['name']}'")
        if entry.changed("parentbusinessunitid"):
            require_unit_in_reach(work, entry.row, entry.row["parentbusinessunitid"])

    each_entry(work, entries, check)


def check_deleted(work: Work, entries: Sequence[Entry]) -> None:
    """A unit that is deleted is disabled and has no teams but its own; users and units in it stand in the way, too."""
    teams = work.as_system.children("team", "businessunitid", [entry.row.id for entry in entries])

    def check(entry: Entry) -> None:
        name = f"Business unit '{entry.row['name']}'"
        if not entry.row.get("isdisabled"):
            raise Refused(
                f"{name} is in use and cannot be deleted. Disable it first.", table="businessunit", id=str(entry.row.id)
            )
        others = [team for team in teams[entry.row.id] if not team.get("isdefault")]
        if others:
            listed = list_rows(work, others, lambda team: f"Team '{team['name']}'", joined=", ")
            raise Refused(
                f"{name} cannot be deleted: {listed} would go with it. Move or delete those first.",
                Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
                table="businessunit",
                id=str(entry.row.id),
            )

    each_entry(work, entries, check)

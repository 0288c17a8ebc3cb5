"""Users and teams that move to another business unit: their roles and their rows follow (security 2.3, 12).

In the classic mode a role is held in its own unit. Whoever moves keeps every role that there is in the new unit, as its
copy there, and loses the others; `preview` says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.chain.party.rules import REPARENT_TEAM, REPARENT_USER
from handsel.chain.rights.giving import HOLDERS, name_of
from handsel.chain.rights.role_copies import original_id, role_in
from handsel.chain.rights.unit_tree import unit_tree
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.execute import before_writing
from handsel.engine.owned_rows import move_rows
from handsel.engine.rights.grants import rights_of
from handsel.engine.rights.privileges import coverage_of, privilege_name
from handsel.engine.work import Work
from handsel.errors import Code, PrivilegeDenied

_HELD_BY = {table: through for through, table in HOLDERS.items()}
_REPARENT = {"systemuser": REPARENT_USER, "team": REPARENT_TEAM}


@dataclass(frozen=True, slots=True)
class Moved:
    """A role of somebody who moves: the row by which it is held, the role, and its id in the new unit; None if lost."""

    link: Row
    role: Row
    following: UUID | None


def move_principals(work: Work, entries: Sequence[Entry]) -> None:
    """Users or teams of one table that have another unit: it takes a privilege of its own, and the unit in reach."""

    def check(entry: Entry) -> None:
        named = name_of(entry.row)
        access.require_all(work.actor, [Need(_REPARENT[entry.row.table])], f"move {named} to another business unit")
        require_unit_in_reach(work, entry.row, entry.row["businessunitid"])

    each_entry(work, [entry for entry in entries if entry.changed("businessunitid")], check)
    moved = [entry for entry in entries if entry.item.refusal is None and entry.changed("businessunitid")]
    if not moved:
        return
    wanted = {entry.row.id: entry.row["businessunitid"] for entry in moved}
    roles = roles_after_move(work, moved[0].row.table, wanted)
    for entry in moved:
        for each in roles[entry.row.id]:
            if each.following != each.role.id:
                _replace(work, entry, each)


def _replace(work: Work, entry: Entry, moved: Moved) -> None:
    table = entry.row.table
    work.delete(entry.item, moved.link, root=entry.row.reference)
    if moved.following is not None:
        values = {f"{table}id": entry.row.id, "roleid": moved.following}
        work.insert(entry.item, _HELD_BY[table], values, root=entry.row.reference)


def roles_after_move(work: Work, table: str, wanted: Mapping[UUID, UUID]) -> dict[UUID, list[Moved]]:
    """What becomes of the roles of users or teams (of one table) in the unit that each of them is to have."""
    held = work.as_system.children(_HELD_BY[table], f"{table}id", list(wanted))
    roles = work.as_system.load("role", {link["roleid"] for links in held.values() for link in links})
    originals = work.as_system.load("role", {original_id(role) for role in roles.values()})
    is_classic = not work.organization.settings.get("hs_ownershipacrossunits")
    tree = unit_tree(work)

    def following(role: Row, unit: UUID) -> UUID | None:
        if not is_classic:
            return role.id
        original = originals[original_id(role)]
        return role_in(original, unit) if original["businessunitid"] in tree.line(unit) else None

    return {
        holder: [Moved(link, roles[link["roleid"]], following(roles[link["roleid"]], wanted[holder])) for link in links]
        for holder, links in held.items()
    }


@before_writing
def rows_follow(work: Work) -> None:
    """What users and teams own stands in their unit: it moves along, however much it is, one statement per table.

    Rows that get another owner in the same round are still stored with the old one, and stand where the new one does.
    """
    moved: dict[UUID, list[UUID]] = {}
    given_away: dict[str, list[UUID]] = defaultdict(list)
    for change in work.changes:
        if change.action == "update" and "ownerid" in change.before:
            given_away[change.row.table].append(change.row.id)
        if change.row.table in _HELD_BY and change.action == "update" and "businessunitid" in change.before:
            moved.setdefault(change.row["businessunitid"], []).append(change.row.id)
    for unit, owners in moved.items():
        move_rows(work.organization.version, owners, unit, besides=given_away)


def require_unit_in_reach(work: Work, row: Row, unit: UUID) -> None:
    """Refuse to move a row to a unit where the acting user may not change such rows (0x80048306)."""
    name = privilege_name(Privilege.WRITE, coverage_of(row.table).stem)
    rights = rights_of(work.actor)
    for each in (rights, rights.caller):
        if each is None or (reach := each.reach(name)).everything or unit in reach.units:
            continue
        target = work.as_system.load("businessunit", [unit])[unit]
        label = work.info(row.table).label.lower()
        raise PrivilegeDenied(
            f"User {work.actor.domain_name} may not move {label} '{row.get(work.info(row.table).primary_name)}' to "
            f"business unit '{target['name']}': their {name} does not reach that unit. Ask an administrator.",
            Code.ACCESS_DENIED,
            table=row.table,
            id=str(row.id),
        )

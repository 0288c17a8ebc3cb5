"""The copies of roles: one in each unit below the one where a role was made, with an id that follows from both.

Clients look for the copy in the unit of the user they give a role to (security 2.3). What a role grants is stored with
the original alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid5

from handsel.chain.rights.unit_tree import UnitTree
from handsel.database.row import ColumnValue, Item, Row
from handsel.engine.work import Work

FOLLOWING = ("name", "isinherited")
"""What a copy has from its original."""
_ASSIGNMENTS = ("systemuserroles", "teamroles")


def copy_id(original: UUID, unit: UUID) -> UUID:
    """The id of a role's copy in a unit: it follows from both, so it is the same whenever the copy is made."""
    return uuid5(original, unit.hex)


def role_in(original: Row, unit: UUID) -> UUID:
    """The id of a role in a unit: the original where it was made, its copy elsewhere."""
    return original.id if original["businessunitid"] == unit else copy_id(original.id, unit)


def copy_row(original: Mapping[str, ColumnValue], unit: UUID, parent: UUID) -> Mapping[str, ColumnValue]:
    """The copy of a role in a unit below the one where it was made. `parent` is the unit above."""
    root = original["roleid"]
    assert isinstance(root, UUID)
    return {
        "roleid": copy_id(root, unit),
        "parentrootroleid": root,
        "parentroleid": root if parent == original["businessunitid"] else copy_id(root, parent),
        "name": original["name"],
        "businessunitid": unit,
        "roletemplateid": original.get("roletemplateid"),
        "isinherited": original.get("isinherited"),
        "ismanaged": original.get("ismanaged"),
    }


def is_original(role: Row) -> bool:
    """Whether a role stands in the unit where it was made."""
    return role.get("parentrootroleid") in (None, role.id)


def original_id(role: Row) -> UUID:
    """The id of the role that a role is a copy of; its own if it is none."""
    found: UUID = role.get("parentrootroleid") or role.id
    return found


def originals_in(work: Work, units: Iterable[UUID]) -> Sequence[Row]:
    """The roles that were made in some units."""
    found = work.as_system.children("role", "businessunitid", sorted(set(units)))
    return [role for roles in found.values() for role in roles if is_original(role)]


def make_copies(work: Work, item: Item[object], original: Row, tree: UnitTree) -> None:
    """Copy a new role to every unit below its own."""
    for unit in tree.below(original["businessunitid"]):
        _insert(work, item, original, unit, tree)


def rebuild_copies(work: Work, wanted: Sequence[tuple[Item[object], UUID]], tree: UnitTree) -> None:
    """Give units that were made or moved the roles of the units above them, and take away those of units they left.

    Who holds a role that goes loses it.
    """
    units = {unit: item for item, top in wanted for unit in (top, *tree.below(top))}
    lines = {unit: tree.line(unit)[1:] for unit in units}
    present = work.as_system.children("role", "businessunitid", list(units))
    originals: dict[UUID, list[Row]] = defaultdict(list)
    for role in originals_in(work, {above for line in lines.values() for above in line}):
        originals[role["businessunitid"]].append(role)
    doomed: list[tuple[Item[object], Row]] = []
    for unit, item in units.items():
        copies = {original_id(role): role for role in present[unit] if not is_original(role)}
        expected = {role.id: role for above in lines[unit] for role in originals[above]}
        doomed += [(item, role) for id, role in copies.items() if id not in expected]
        for id, original in expected.items():
            if id not in copies:
                _insert(work, item, original, unit, tree)
            else:
                parent = copy_row(original, unit, lines[unit][0])["parentroleid"]
                work.update(item, copies[id], {"parentroleid": parent})
    _delete(work, doomed)


def _insert(work: Work, item: Item[object], original: Row, unit: UUID, tree: UnitTree) -> None:
    parent = tree.parents[unit]
    assert parent is not None, "only the root has no unit above it, and no role is made above the root"
    work.insert(item, "role", copy_row(original, unit, parent), root=original.reference)


def _delete(work: Work, doomed: Sequence[tuple[Item[object], Row]]) -> None:
    for table in _ASSIGNMENTS if doomed else ():
        held = work.as_system.children(table, "roleid", [role.id for _, role in doomed])
        for item, role in doomed:
            for link in held[role.id]:
                work.delete(item, link, root=role.reference)
    for item, role in doomed:
        work.delete(item, role)

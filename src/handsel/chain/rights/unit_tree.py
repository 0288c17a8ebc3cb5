"""The tree of business units as a round sees it: what is stored, with the units it makes, moves and deletes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from handsel.engine import access
from handsel.engine.work import Work


class UnitTree:
    """Which unit stands below which, from the unit above each. A loop ends where it closes."""

    def __init__(self, parents: Mapping[UUID, UUID | None]) -> None:
        self.parents = parents
        self._children: dict[UUID | None, list[UUID]] = defaultdict(list)
        for id, parent in parents.items():
            self._children[parent].append(id)

    def below(self, unit: UUID) -> Sequence[UUID]:
        """The units below one, each after the one above it; itself not."""
        found = [unit]
        for each in found:
            found += [child for child in self._children[each] if child not in found]
        return found[1:]

    def line(self, unit: UUID) -> Sequence[UUID]:
        """A unit and all units above it, nearest first."""
        found: list[UUID] = []
        at: UUID | None = unit
        while at is not None and at not in found:
            found.append(at)
            at = self.parents.get(at)
        return found


def unit_tree(work: Work) -> UnitTree:
    """The tree as it is once the round is written; one statement."""
    stored = access.all_rows("businessunit").values_list("pk", "parent_business_unit_id")
    parents: dict[UUID, UUID | None] = dict(stored)
    for change in work.changes:
        if change.row.table == "businessunit":
            if change.action == "delete":
                parents.pop(change.row.id, None)
            else:
                parents[change.row.id] = change.row.get("parentbusinessunitid")
    return UnitTree(parents)


def lock_lines(work: Work, units: Collection[UUID]) -> None:
    """Lock some units and all above them, so that who makes a role and who makes or moves a unit take turns."""
    tree = unit_tree(work)
    work.as_system.load("businessunit", {above for unit in units for above in tree.line(unit)}, lock=True)

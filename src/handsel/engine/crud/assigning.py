"""Assigning rows: the rows that belong to a row get its new owner, too (tables 10)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.crud.dependents import dependents
from handsel.engine.crud.hooks import Entry
from handsel.engine.work import Work
from handsel.tables.cascades import Reach
from handsel.tables.info import TableInfo
from handsel.tables.referring import Relation

OWNER = "ownerid"


def assign_along(work: Work, entries: Sequence[Entry]) -> None:
    """Give the rows that follow rows with a new owner that owner, and what follows those, and so on.

    That is done with the rights of the system, whatever their state: the caller needs rights on the rows assigned.
    """
    moved = [entry for entry in entries if entry.item.refusal is None and entry.changed(OWNER)]
    if not moved or not any(_follows(relation) for relation in work.organization.relations_to(moved[0].row.table)):
        return
    found = dependents(work, [entry.row.reference for entry in moved], _follows)
    found.load(work, [entry.row for entry in moved])
    queue = [(entry.item, entry.row, _owner_before(entry.row)) for entry in moved]
    for item, parent, owner_before in queue:
        for edge in found.followed.get(parent.reference, ()):
            child = found.rows.get(edge.child)
            if child is None or not edge.holds(child):
                continue
            info, before = work.info(child.table), child.get(OWNER)
            if _reached(info, child, edge.relation.cascades.assign, owner_before):
                names = (OWNER, *info.columns[OWNER].split.values(), "owningbusinessunit")
                if work.update(item, child, {name: parent.get(name) for name in names}):
                    queue.append((item, child, before))


def _follows(relation: Relation) -> bool:
    return relation.cascades.assign is not Reach.NO_CASCADE and relation.child_is_owned


def _owner_before(row: Row) -> UUID | None:
    before: UUID | None = row.change.before.get(OWNER) if row.change is not None else None
    return before


def _reached(info: TableInfo, row: Row, reach: Reach, owner_before: UUID | None) -> bool:
    if reach is Reach.USER_OWNED:
        return bool(row.get(OWNER) == owner_before)
    return reach is Reach.CASCADE or row.get("statecode") == _active_state(info)


def _active_state(info: TableInfo) -> int:
    """The state that counts as active: 0, but of a table that has a state of that name, this one (tables 10)."""
    labels = info.state_column.labels if info.state_column is not None else {}
    return next((value for value, label in labels.items() if label == "Active"), 0)

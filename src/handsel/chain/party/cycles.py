"""Trees made of lookups (accounts, business units, product families): ancestors of many rows, and cycles."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.work import Work


def ancestors(work: Work, table: str, column: str, rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    """The rows above each row, nearest first, one statement per level of the tree. A cycle ends where it closes."""
    above: dict[UUID, list[Row]] = {}
    ancestors: dict[UUID, Row] = {}
    for row in rows:
        above[row.id] = []
        ancestors[row.id] = row
    while ancestors:
        loaded = work.as_system.load(table, {ancestor.get(column) for ancestor in ancestors.values()})
        following: dict[UUID, Row] = {}
        for start, ancestor in ancestors.items():
            parent = loaded.get(ancestor.get(column))
            if parent is None or parent in above[start]:
                continue
            above[start].append(parent)
            if parent.id != start:
                following[start] = parent
        ancestors = following
    return above


def looped(work: Work, table: str, column: str, rows: Iterable[Row]) -> set[UUID]:
    """The ids of the rows that are their own ancestors."""
    return {
        start
        for start, above in ancestors(work, table, column, rows).items()
        if any(parent.id == start for parent in above)
    }

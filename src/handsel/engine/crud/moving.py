"""Moving everything that refers to one row to another row of its table, as a merge does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from handsel.database.row import ColumnValue, Item, Reference, Row
from handsel.engine.crud.creating import expand
from handsel.engine.crud.dependents import referring
from handsel.engine.work import Work
from handsel.tables.cascades import Reach
from handsel.tables.referring import Relation


def move_references(
    work: Work, item: Item[object], source: Reference, target: Reference, *, without: Collection[str]
) -> dict[str, list[Row]]:
    """Let every row that refers to `source` refer to `target`, of the same table; returns those rows by table.

    Relationships say whether they do (tables 10); columns named in `without` stay. One statement finds the rows, and
    one for each of their tables reads and locks them. Closed and locked rows move as well: what they say stays as it
    is. Neither of the two rows themselves is changed.
    """

    def moves(relation: Relation) -> bool:
        return relation.cascades.merge is Reach.CASCADE and relation.column.logical_name not in without

    found: dict[str, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for edge in referring(work, {source.table: [source.id]}, moves):
        found[edge.child.table][edge.relation.column.logical_name].append(edge.child.id)
    moved: dict[str, list[Row]] = {}
    for table, columns in found.items():
        info = work.info(table)
        rows = work.as_system.load(table, {id for ids in columns.values() for id in ids}, lock=True)
        for name, ids in columns.items():
            for id in sorted(ids):
                row = rows.get(id)
                if row is None or row.reference in (source, target) or row.get(name) != source.id:
                    continue
                values: dict[str, ColumnValue] = {}
                expand(values, info.columns[name], target)
                if work.update(item, row, values):
                    moved.setdefault(table, []).append(row)
    return moved

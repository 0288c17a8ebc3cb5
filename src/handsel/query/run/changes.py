"""Rows of a table changed since a row version: existing rows by their version, deleted ones by their tombstones.

Tombstones are never purged, so reading can continue from any version, however old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from uuid import UUID

from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.privileges import RowsBy, coverage_of
from handsel.query.tree.nodes import ColumnPath, Comparison, Node, Operator, any_of
from handsel.tables.info import TableInfo


def changed_since(info: TableInfo, version: int, columns: Iterable[str], *, narrowed: bool = False) -> Node:
    """Rows with a higher version, and rows that show one of `columns` of a parent with one (decision 0006).

    For a reader whose view is `narrowed` also parts of rows with one: they come into sight with those.
    """
    parent_columns = (column.parent_column for name in columns if (column := info.columns.get(name)) is not None)
    sources = dict.fromkeys(each.lookup for each in parent_columns if each is not None)
    steps = dict(sources)
    if narrowed:
        steps.update(dict.fromkeys(_to_parents(info)))
    paths = [ColumnPath("versionnumber"), *(ColumnPath("versionnumber", (step,)) for step in steps)]
    return any_of([Comparison(path, Operator.GT, Decimal(version)) for path in paths])


def _to_parents(info: TableInfo) -> Iterator[str]:
    """The navigation properties to the rows that a row works through."""
    covered = coverage_of(info.logical_name)
    for lookup in covered.parents if covered.rows_by is RowsBy.PARENT else ():
        column = info.columns[lookup]
        yield from column.navigation.values() if len(column.targets) > 1 else [lookup]


def deleted_since(info: TableInfo, version: int, *, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of rows that were deleted and not created again, in the order of the ids, after the id `after`."""
    condition, parameters = _tombstones(info, version)
    if after is not None:
        condition, parameters = f"{condition} AND d.objectid > {mark()}", [*parameters, key_value(after)]
    found = run(f"SELECT d.objectid {condition} ORDER BY d.objectid LIMIT {mark()}", [*parameters, limit])
    return [id if isinstance(id, UUID) else UUID(id) for (id,) in found]


def count_deleted_since(info: TableInfo, version: int) -> int:
    """The number of ids that `deleted_since` finds in all."""
    condition, parameters = _tombstones(info, version)
    return int(run(f"SELECT count(*) {condition}", parameters)[0][0])


def _tombstones(info: TableInfo, version: int) -> tuple[str, list[object]]:
    condition = (
        f"FROM hs_tombstone AS d WHERE d.objecttypecode = {mark()} AND d.versionnumber > {mark()} "
        f'AND NOT EXISTS (SELECT 1 FROM "{info.logical_name}" AS t WHERE t."{info.primary_key}" = d.objectid)'
    )
    return condition, [info.logical_name, version]

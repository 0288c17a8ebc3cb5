"""Moving everything that refers to one row to another row of its table, as a merge does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import ColumnValue, Item, Reference, Row
from handsel.database.statements import run
from handsel.database.storage import from_json, to_json
from handsel.engine.crud.creating import expand
from handsel.engine.customization.definitions import custom_value
from handsel.engine.work import Work
from handsel.tables.info import ColumnInfo, TableInfo, all_tables


def move_references(
    work: Work, item: Item[object], source: Reference, target: Reference, *, without: Collection[str]
) -> dict[str, list[Row]]:
    """Let every row that refers to `source` refer to `target`, of the same table; returns those rows by table.

    Custom lookups and lookups to several tables are among them, columns named in `without` are not. One statement finds
    the rows, and one for each of their tables reads and locks them. Closed and locked rows move as well: what they say
    stays as it is. Neither of the two rows themselves is changed.
    """
    lookups = list(_lookups(work, source.table, without))
    found = _found(lookups, source.id)
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


def _lookups(work: Work, table: str, without: Collection[str]) -> Iterator[tuple[TableInfo, ColumnInfo]]:
    """Every lookup that may hold the id of a row of the table; of a split one, the joint column."""
    for declared in all_tables():
        info = work.info(declared.logical_name)
        parts = {part for column in info.columns.values() for part in column.split.values()}
        for name, column in info.columns.items():
            is_stored = column.parent_column is None and name != info.primary_key
            if column.is_lookup and table in column.targets and is_stored and name not in parts and name not in without:
                yield info, column


def _found(lookups: Collection[tuple[TableInfo, ColumnInfo]], id: UUID) -> dict[str, dict[str, list[UUID]]]:
    """The ids of the rows that refer to a row, by table and column, in one statement."""
    dialect = current().dialect
    parts, params = [], []
    for info, column in lookups:
        name = column.logical_name
        stored = custom_value(name) if column.is_custom else f'"{name}"'
        parts.append(
            f"SELECT '{info.logical_name}', '{name}', \"{info.primary_key}\" FROM \"{info.logical_name}\" "
            f"WHERE {stored} = {dialect.mark}"
        )
        params.append(dialect.custom_parameter(from_json(to_json(id))) if column.is_custom else dialect.key(id))
    found: dict[str, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for table, name, key in run(" UNION ALL ".join(parts), params) if parts else ():
        found[table][name].append(key if isinstance(key, UUID) else UUID(key))
    return found

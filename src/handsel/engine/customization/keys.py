"""An organization's custom alternate keys: a definition is a row, an index of the database keeps the values unique.

Rows that lack one of the values are not compared, as in Dataverse.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import Reference, Row
from handsel.database.statements import key_value, mark, run
from handsel.database.storage import from_json, to_json
from handsel.engine.access import ReadAs
from handsel.engine.customization.columns import seen_key
from handsel.engine.customization.definitions import count_metadata_change, custom_value
from handsel.engine.lock_order import locked
from handsel.engine.reading import Query, fetch
from handsel.tables.indexes import KEY_INDEX
from handsel.tables.info import AlternateKey, ColumnInfo, TableInfo


def index_of(id: UUID) -> str:
    """The name of a key's index."""
    return f"{KEY_INDEX}{id.hex}"


def key_behind(index: str) -> tuple[str, AlternateKey] | None:
    """The key whose index has this name, and its table; None for any other index."""
    try:
        return seen_key(UUID(index.removeprefix(KEY_INDEX))) if index.startswith(KEY_INDEX) else None
    except ValueError:
        return None


def new_key_definition(info: TableInfo, key: AlternateKey) -> None:
    """Store a checked key and build its index. Waits for transactions that are writing rows of the table."""
    run(
        "INSERT INTO hs_customkey (hs_customkeyid, tablename, logicalname, schemaname, label, columns) "
        f"VALUES ({', '.join([mark()] * 6)})",
        (key_value(key.id), info.logical_name, key.logical_name, key.schema_name, key.label, to_json(key.columns)),
    )
    expressions = ", ".join(_expression(info.columns[name]) for name in key.columns)
    run(f'CREATE UNIQUE INDEX "{index_of(key.id)}" ON "{info.logical_name}" ({expressions})')
    count_metadata_change()


def remove_key_definition(key: AlternateKey) -> None:
    """Remove a key, its index included."""
    run(f'DROP INDEX "{index_of(key.id)}"')
    run(f"DELETE FROM hs_customkey WHERE hs_customkeyid = {mark()}", (key_value(key.id),))
    count_metadata_change()


def duplicate(info: TableInfo, columns: tuple[str, ...]) -> tuple[object, ...] | None:
    """Values that two rows of the table share in all of these columns; None where all are different."""
    expressions = [_expression(info.columns[name]) for name in columns]
    listed, filled = ", ".join(expressions), " AND ".join(f"{expression} IS NOT NULL" for expression in expressions)
    found = run(
        f'SELECT {listed} FROM "{info.logical_name}" WHERE {filled} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1'
    )
    return tuple(found[0]) if found else None


def rows_with(
    info: TableInfo, values: Mapping[str, object], *, lock: bool = False, read_as: ReadAs = ReadAs.USER
) -> list[Row]:
    """The rows the acting user may read with the values of a unique key, given as the columns hold them.

    With `read_as` SYSTEM those that there are.
    """
    plain = {name: value.id if isinstance(value, Reference) else value for name, value in values.items()}
    if set(plain) in [set(key.columns) for key in info.custom_keys]:
        return _found(Query(info.logical_name, info.primary_key, _ids(info, plain), read_as), lock)
    first = next(iter(plain))
    found = _found(Query(info.logical_name, first, [plain[first]], read_as), lock)
    return [row for row in found if all(row.get(name) == value for name, value in plain.items())]


def _found(query: Query, lock: bool) -> list[Row]:
    return locked(query) if lock else fetch(query.table, query.column, query.keys, read_as=query.read_as)


def _ids(info: TableInfo, values: Mapping[str, object]) -> list[UUID]:
    """The ids, found by the key's index, so with the expressions it was built from."""
    wanted = " AND ".join(f"{_expression(info.columns[name])} = {mark()}" for name in values)
    params = [_parameter(info, info.columns[name], value) for name, value in values.items()]
    found = run(f'SELECT "{info.primary_key}" FROM "{info.logical_name}" WHERE {wanted}', params)
    return [id if isinstance(id, UUID) else UUID(id) for (id,) in found]


def _expression(column: ColumnInfo) -> str:
    return custom_value(column.logical_name) if column.is_custom else f'"{column.logical_name}"'


def _parameter(info: TableInfo, column: ColumnInfo, value: Any) -> Any:
    """A value as the database holds it for the column."""
    dialect = current().dialect
    if not column.is_custom:
        encode = dialect.storage(info.logical_name).encoders[column.logical_name]
        return value if encode is None else encode(value)
    return dialect.custom_parameter(from_json(to_json(value)))

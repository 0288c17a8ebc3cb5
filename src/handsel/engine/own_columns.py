"""An organization's own columns: definitions are rows, values live in `hs_own` of the table's rows (design 3)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.engine.row import Row
from handsel.engine.statements import connection, run
from handsel.engine.storage import from_json, to_json
from handsel.tables.columns import PrecisionSource, Required, Writable
from handsel.tables.info import ColumnInfo, TableInfo

KINDS = {
    "text": "String",
    "memo": "Memo",
    "integer": "Integer",
    "decimal": "Decimal",
    "money": "Money",
    "boolean": "Boolean",
    "choice": "Picklist",
    "date": "DateTime",
    "lookup": "Lookup",
}
"""What `handsel column add --type` takes, and the Dataverse kind it makes."""

_DEFAULT_LENGTH = {"String": 100, "Memo": 2000}


def new_definition(
    key: UUID, table: str, name: str, schema_name: str, label: str, kind: str, definition: Mapping[str, Any]
) -> None:
    """Store the definition of a checked column. It counts from the next transaction on, in every process."""
    postgresql = connection().vendor == "postgresql"
    marks = ", ".join(["%s" if postgresql else "?"] * 7)
    run(
        "INSERT INTO hs_owncolumn (hs_owncolumnid, tablename, logicalname, schemaname, label, kind, definition) "
        f"VALUES ({marks})",
        (key if postgresql else key.hex, table, name, schema_name, label, kind, to_json(definition)),
    )
    run("UPDATE organization SET hs_metadataversion = coalesce(hs_metadataversion, 0) + 1")


_known: dict[tuple[str, int], dict[str, tuple[ColumnInfo, ...]]] = {}


def columns_of(alias: str, metadata_version: int) -> dict[str, tuple[ColumnInfo, ...]]:
    """The own columns of a database by table; read again only when an administrator changed them."""
    if metadata_version == 0:
        return {}
    found = _known.get((alias, metadata_version))
    if found is None:
        collected: dict[str, list[ColumnInfo]] = {}
        sql = "SELECT tablename, logicalname, schemaname, label, kind, definition FROM hs_owncolumn ORDER BY hs_owncolumnid"
        for table, name, schema_name, label, kind, definition in run(sql):
            collected.setdefault(table, []).append(_column(name, schema_name, label, kind, from_json(definition)))
        found = {table: tuple(columns) for table, columns in collected.items()}
        _known[(alias, metadata_version)] = found
    return found


def _column(name: str, schema_name: str, label: str, kind: str, stored: dict[str, Any]) -> ColumnInfo:
    number = (lambda value: None if value is None else Decimal(value)) if kind in ("Decimal", "Money", "Integer") else (lambda _value: None)
    return ColumnInfo(
        logical_name=name,
        schema_name=schema_name,
        attribute=name,
        kind=kind,
        label=label,
        required=Required.SYSTEM if stored["required"] else Required.NONE,
        writable=Writable.ALWAYS,
        max_length=stored["max_length"] or _DEFAULT_LENGTH.get(kind),
        minimum=number(stored["minimum"]),
        maximum=number(stored["maximum"]),
        precision=stored["precision"] if stored["precision"] is not None else (2 if kind in ("Decimal", "Money") else None),
        precision_source=PrecisionSource.CURRENCY if kind == "Money" and stored["precision"] is None else PrecisionSource.OWN,
        format="DateOnly" if kind == "DateTime" else None,
        behavior="DateOnly" if kind == "DateTime" else None,
        options={int(value): text for value, text in stored["options"].items()},
        targets=(stored["target"],) if stored["target"] else (),
        is_own=True,
    )


@functools.lru_cache(maxsize=256)
def joined(info: TableInfo, columns: tuple[ColumnInfo, ...]) -> TableInfo:
    """A table with own columns beside the declared ones."""
    return info.with_own_columns(columns)


def revived(info: TableInfo, row: Row) -> Row:
    """Own values as Python holds them: JSON knows neither decimals nor dates nor ids."""
    for column in info.columns.values():
        if column.is_own and isinstance(row.get(column.logical_name), str):
            row[column.logical_name] = _revive(column, row[column.logical_name])
    return row


def _revive(column: ColumnInfo, value: str) -> Any:
    if column.kind in ("Money", "Decimal"):
        return Decimal(value)
    if column.kind == "Lookup":
        return UUID(value)
    return value




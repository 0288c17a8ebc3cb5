"""An organization's own columns: definitions are rows, values live in `hs_own` of the table's rows (design 3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.engine.row import Row
from handsel.engine.statements import connection, run
from handsel.engine.storage import from_json, to_json
from handsel.tables.columns import PrecisionSource, Required, Writable
from handsel.tables.info import ColumnInfo, TableInfo, table_info

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


@dataclasses.dataclass(frozen=True, slots=True)
class Extended:
    """A table with an organization's own columns, and those columns alone."""

    info: TableInfo
    own: tuple[ColumnInfo, ...]


_known: dict[tuple[str, int], dict[str, Extended]] = {}


def extended_tables(alias: str, metadata_version: int) -> dict[str, Extended]:
    """The tables of a database that have own columns; read again only when an administrator changed them."""
    if metadata_version == 0:
        return {}
    found = _known.get((alias, metadata_version))
    if found is None:
        collected: dict[str, list[ColumnInfo]] = {}
        sql = (
            "SELECT tablename, logicalname, schemaname, label, kind, definition "
            "FROM hs_owncolumn ORDER BY hs_owncolumnid"
        )
        for table, name, schema_name, label, kind, definition in run(sql):
            collected.setdefault(table, []).append(_column(name, schema_name, label, kind, from_json(definition)))
        found = {
            table: Extended(table_info(table).with_own_columns(columns), tuple(columns))
            for table, columns in collected.items()
        }
        _known[(alias, metadata_version)] = found
    return found


def _column(name: str, schema_name: str, label: str, kind: str, stored: dict[str, Any]) -> ColumnInfo:
    precision = stored["precision"]
    return ColumnInfo(
        logical_name=name,
        schema_name=schema_name,
        attribute=name,
        kind=kind,
        label=label,
        required=Required.SYSTEM if stored["required"] else Required.NONE,
        writable=Writable.ALWAYS,
        max_length=stored["max_length"] or _DEFAULT_LENGTH.get(kind),
        minimum=_number(stored["minimum"]),
        maximum=_number(stored["maximum"]),
        precision=2 if precision is None and kind in ("Decimal", "Money") else precision,
        precision_source=PrecisionSource.CURRENCY if kind == "Money" and precision is None else PrecisionSource.OWN,
        format="DateOnly" if kind == "DateTime" else None,
        behavior="DateOnly" if kind == "DateTime" else None,
        options={int(value): text for value, text in stored["options"].items()},
        targets=(stored["target"],) if stored["target"] else (),
        navigation={stored["target"]: schema_name} if stored["target"] else {},
        is_own=True,
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def revived(columns: Sequence[ColumnInfo], row: Row) -> Row:
    """Own values as Python holds them: JSON knows neither decimals nor dates nor ids."""
    for column in columns:
        value = row.get(column.logical_name)
        if isinstance(value, str):
            row[column.logical_name] = _revive(column, value)
    return row


def _revive(column: ColumnInfo, value: str) -> Any:
    if column.kind in ("Money", "Decimal"):
        return Decimal(value)
    if column.kind == "Lookup":
        return UUID(value)
    if column.kind == "DateTime":
        return date.fromisoformat(value)
    return value

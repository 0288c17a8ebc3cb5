"""Custom columns: definitions are rows, values live in `hs_custom` of the table's rows (architecture 3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Row
from handsel.database.statements import run
from handsel.database.storage import from_json
from handsel.money.rounding import at_scale
from handsel.tables.cascades import Cascades
from handsel.tables.facts import PrecisionSource, Required, Writable
from handsel.tables.info import AlternateKey, ColumnInfo, TableInfo, table_info

KINDS = {
    "text": "String",
    "memo": "Memo",
    "integer": "Integer",
    "decimal": "Decimal",
    "money": "Money",
    "boolean": "Boolean",
    "choice": "Picklist",
    "date": "DateTime",
    "datetime": "DateTime",
    "lookup": "Lookup",
}
"""What `handsel column add --type` takes, and the Dataverse kind it makes."""


def type_of(column: ColumnInfo) -> str:
    """Which of the types a custom column has."""
    if column.kind == "DateTime":
        return "date" if column.behavior == "DateOnly" else "datetime"
    return next(name for name, kind in KINDS.items() if kind == column.kind)


_DEFAULT_LENGTH = {"String": 100, "Memo": 2000}


@dataclasses.dataclass(frozen=True, slots=True)
class Extended:
    """A table with an organization's custom columns and keys, and those columns alone."""

    info: TableInfo
    custom: tuple[ColumnInfo, ...]


_known: dict[str, tuple[int, dict[str, Extended]]] = {}
"""By database: the metadata version that was read last, and the tables as of then."""


def extended_tables(alias: str, metadata_version: int) -> dict[str, Extended]:
    """The tables of a database that have custom columns; read anew only when an administrator has changed them."""
    if metadata_version == 0:
        return {}
    known = _known.get(alias)
    if known is None or known[0] != metadata_version:
        collected = defined_columns(run(READ_COLUMNS))
        collections: dict[str, dict[str, tuple[str, str]]] = {}
        for table, columns in collected.items():
            for column in columns:
                for target, name_in_target in column.collection.items():
                    collections.setdefault(target, {})[name_in_target] = (table, column.logical_name)
        keys = _keys()
        found: dict[str, Extended] = {}
        for table in collected.keys() | keys.keys() | collections.keys():
            custom = collected.get(table, [])
            info = table_info(table).with_custom_columns(custom, keys.get(table, ()), collections.get(table, {}))
            found[table] = Extended(info, tuple(custom))
        _known[alias] = known = (metadata_version, found)
    return known[1]


READ_COLUMNS = (
    "SELECT tablename, logicalname, schemaname, label, kind, definition FROM hs_customcolumn ORDER BY hs_customcolumnid"
)


def defined_columns(rows: Iterable[tuple[str, str, str, str, str, Any]]) -> dict[str, list[ColumnInfo]]:
    """The custom columns that rows of `READ_COLUMNS` define, by table."""
    collected: dict[str, list[ColumnInfo]] = {}
    for table, name, schema_name, label, kind, definition in rows:
        column = _column(table, name, schema_name, label, kind, from_json(definition))
        collected.setdefault(table, []).append(column)
    return collected


def _keys() -> dict[str, list[AlternateKey]]:
    collected: dict[str, list[AlternateKey]] = {}
    sql = (
        "SELECT hs_customkeyid, tablename, logicalname, schemaname, label, columns FROM hs_customkey "
        "ORDER BY hs_customkeyid"
    )
    for id, table, name, schema_name, label, columns in run(sql):
        key = AlternateKey(
            id if isinstance(id, UUID) else UUID(id), name, schema_name, label, tuple(from_json(columns))
        )
        collected.setdefault(table, []).append(key)
        _seen[key.id] = (table, key)
    return collected


_seen: dict[UUID, tuple[str, AlternateKey]] = {}


def seen_key(id: UUID) -> tuple[str, AlternateKey] | None:
    """A key that was read before, and its table: for errors, which come when the database cannot be asked."""
    return _seen.get(id)


def _column(table: str, name: str, schema_name: str, label: str, kind: str, stored: dict[str, Any]) -> ColumnInfo:
    precision, behavior = stored["precision"], stored.get("behavior") or "DateOnly"
    required, relationship = stored["required"], stored.get("relationship") or ""
    return ColumnInfo(
        logical_name=name,
        schema_name=schema_name,
        attribute=name,
        kind=kind,
        label=label,
        required=Required(required) if isinstance(required, str) else _REQUIRED[required],
        writable=Writable.ALWAYS,
        max_length=stored["max_length"] or _DEFAULT_LENGTH.get(kind),
        minimum=_number(stored["minimum"]),
        maximum=_number(stored["maximum"]),
        precision=2 if precision is None and kind in ("Decimal", "Money") else precision,
        precision_source=PrecisionSource.CURRENCY if kind == "Money" and precision is None else PrecisionSource.OWN,
        format=stored.get("format") or ("DateOnly" if kind == "DateTime" and behavior == "DateOnly" else None),
        behavior=behavior if kind == "DateTime" else None,
        options={int(value): text for value, text in stored["options"].items()},
        targets=(stored["target"],) if stored["target"] else (),
        navigation={stored["target"]: schema_name} if stored["target"] else {},
        collection={stored["target"]: collection_name(table, name, stored["target"], relationship)}
        if stored["target"]
        else {},
        is_custom=True,
        description=stored.get("description") or "",
        relationship=relationship,
        cascades=Cascades.stated(stored["cascades"]) if stored.get("cascades") else None,
    )


def collection_name(table: str, name: str, target: str, relationship: str | None) -> str:
    """The collection of `target` with the rows that refer to it by a custom lookup: the relationship's name."""
    return relationship or f"{target}_{table}_{name}"


_REQUIRED = {False: Required.NONE, True: Required.SYSTEM}


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def revived(columns: Sequence[ColumnInfo], row: Row) -> Row:
    """Custom values as Python holds them: JSON has no type for decimals, dates and ids."""
    for column in columns:
        value = row.get(column.logical_name)
        if isinstance(value, str):
            row[column.logical_name] = _revive(column, value)
    return row


_STORED_DECIMALS = 4
"""Every amount is read with four decimals; declared columns are stored with them."""


def _revive(column: ColumnInfo, value: str) -> Any:
    if column.kind == "Money":
        return at_scale(Decimal(value), _STORED_DECIMALS)
    if column.kind == "Decimal":
        return Decimal(value)
    if column.kind == "Lookup":
        return UUID(value)
    if column.kind == "DateTime":
        return date.fromisoformat(value) if column.behavior == "DateOnly" else datetime.fromisoformat(value)
    return value

"""Values as JSON: encoding, and the check that a value has the JSON type of its column (Web API 1.8, 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.values import parse, unfit
from handsel.json_value import Json, JsonObject
from handsel.tables.facts import Writable
from handsel.tables.info import ColumnInfo, TableInfo

_NUMBERS = frozenset(("Integer", "BigInt", "Decimal", "Double", "Money", "Picklist", "State", "Status"))
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


def plain(value: Json | Mapping[int, Json] | Mapping[UUID, Json]) -> Json:
    """References as objects, keys as text; the encoder knows all other types."""
    if isinstance(value, Reference):
        return {"table": value.table, "id": value.id}
    if isinstance(value, Mapping):
        return plain_object(value)
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value


def plain_object(value: Mapping[str, Json] | Mapping[int, Json] | Mapping[UUID, Json]) -> JsonObject:
    """The same for a mapping."""
    return {str(key) if isinstance(key, (int, UUID)) else key: plain(inner) for key, inner in value.items()}


def check_value(info: TableInfo, column: ColumnInfo, value: Json, *, creating: bool) -> None:
    """Raises InvalidValue for a value of the wrong JSON type, also in a column that this operation ignores.

    A number or an option may come as text if it is exactly one. The engine is more lenient with dates and empty texts.
    """
    if isinstance(value, str):
        is_date = column.kind == "DateTime" and column.behavior == "DateOnly"
        if (column.kind in _NUMBERS and not value) or (is_date and not _DATE.match(value)):
            raise unfit(info, column, value)
    if not column.writable & (Writable.CREATE if creating else Writable.UPDATE):
        parse(info, column, value)

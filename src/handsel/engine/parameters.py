"""The parameters of messages: what a caller gives, brought to the declared type, or refused in a sentence."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.column_set import ColumnSet
from handsel.errors import InvalidArgument, abbreviated

Converter = Callable[[str, str, Any], Any]
"""Brings a value to a type. Takes the message's name, the parameter's API name and the value."""

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})\}?\)?$")


def as_uuid(owner: str, name: str, value: Any) -> UUID:
    """An id given as UUID, text (braces and `set(id)` allowed), row, reference, or JSON row of one known id."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, Mapping) and not isinstance(value, Row):
        ids = [inner for key, inner in value.items() if key == "@odata.id" or (key.endswith("id") and key[0] != "@")]
        value = ids[0] if len(ids) == 1 else value
    if isinstance(value, (Row, Reference)):
        return value.id
    if isinstance(value, str):
        match = _GUID.search(value.strip())
        if match:
            return UUID(match.group(1))
    raise InvalidArgument(f"{owner}: {name} must be an id like 0196f1b2-…, not {abbreviated(value)}.")


def _as_int(owner: str, name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,10}", value):
            return int(value)
        raise InvalidArgument(f"{owner}: {name} must be a whole number, not {abbreviated(value)}.")
    return value


def _as_bool(owner: str, name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidArgument(f"{owner}: {name} must be true or false, not {abbreviated(value)}.")


def _as_text(owner: str, name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidArgument(f"{owner}: {name} must be text, not {abbreviated(value)}.")


def _as_mapping(owner: str, name: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise InvalidArgument(f"{owner}: {name} must be an object of columns and values, not {abbreviated(value)}.")


def _as_decimal(owner: str, name: str, value: Any) -> Decimal:
    if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except ArithmeticError:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise InvalidArgument(f"{owner}: {name} must be a decimal number, not {abbreviated(value)}.")


def _as_moment(owner: str, name: str, value: Any) -> datetime | date:
    if isinstance(value, (datetime, date)):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidArgument(
        f"{owner}: {name} must be a date or time like 2026-01-31T12:00:00Z, not {abbreviated(value)}."
    )


def _as_reference(owner: str, name: str, value: Any) -> Reference:
    if isinstance(value, Reference):
        return value
    if isinstance(value, Row):
        return value.reference
    if isinstance(value, Mapping):
        table, id = value.get("table"), value.get("id")
        if table is None and isinstance(value.get("@odata.type"), str):
            table = value["@odata.type"].rpartition(".")[2]
            id = value.get(f"{table}id", value.get("activityid"))
        if isinstance(table, str) and id is not None:
            return Reference(table, as_uuid(owner, name, id))
    raise InvalidArgument(
        f'{owner}: {name} must name a row like {{"table": "account", "id": "…"}}, not {abbreviated(value)}.'
    )


_BY_TYPE: dict[Any, Converter] = {
    UUID: as_uuid,
    int: _as_int,
    bool: _as_bool,
    str: _as_text,
    Decimal: _as_decimal,
    datetime: _as_moment,
    Reference: _as_reference,
    Mapping: _as_mapping,
    ColumnSet: lambda _owner, _name, value: ColumnSet.of(value),
}


def converter(hint: Any) -> Converter | None:
    """What brings a value to the type of this annotation; None where several forms are allowed, or any value."""
    kinds = [hint]
    if isinstance(hint, types.UnionType):
        kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
    if len(kinds) > 1:
        return None  # several forms are allowed: the message tells them apart
    origin = typing.get_origin(kinds[0])
    if origin is not None and issubclass(origin, Mapping):
        return _as_mapping
    return _BY_TYPE.get(origin or kinds[0])

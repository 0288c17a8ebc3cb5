"""JSON bodies: read, compared with the declaration of their resource, and refused as the API refuses (erp 8.14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from handsel.testing.businesscentral.columns import Column, Kind, Value, encoded, properties
from handsel.testing.businesscentral.refusals import bad_request, empty, read_only, too_long

Json: TypeAlias = "str | bool | int | Decimal | list[Json] | dict[str, Json] | None"
Given: TypeAlias = dict[str, Value]
"""Attributes and their values."""

_decoder = msgspec.json.Decoder(object, float_hook=Decimal)
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LARGEST = Decimal(10) ** 15


def object_of(body: bytes) -> dict[str, Json]:
    """The object that a body is."""
    try:
        found = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise bad_request(f"Invalid JSON. {error}.") from error
    if not isinstance(found, dict):
        raise bad_request("Invalid Request Body. An object was expected.")
    return found


def given_values(
    resource: type[msgspec.Struct], name: str, sent: Mapping[str, Json], *, allowed: frozenset[str] = frozenset()
) -> Given:
    """The values that a body gives to a resource, which the API calls `name`.

    `allowed` are read-only properties that may be written all the same. Annotations (`@odata.…`) are ignored.
    """
    known = properties(resource)
    given: Given = {}
    for key, value in sent.items():
        if key.startswith("@") or "@odata." in key:
            continue
        found = known.get(key)
        if found is None:
            raise bad_request(
                f"The property '{key}' does not exist on type 'Microsoft.NAV.{name}'. Make sure to only use property "
                "names that are defined by the type."
            )
        if found.column.read_only and key not in allowed:
            raise read_only(key)
        if value is None:
            raise empty(key)
        given[found.attribute] = _READERS[found.column.kind](key, value, found.column)
    return given


def _text(name: str, value: Json, column: Column) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "Edm.String")
    if column.longest and len(value) > column.longest:
        raise too_long(value, column.longest)
    return value


def _code(name: str, value: Json, column: Column) -> str:
    return _text(name, value, column).strip().upper()


def _choice(name: str, value: Json, column: Column) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "Edm.Enum")
    found = value if value in column.choices else encoded(value)
    if found not in column.choices:
        raise bad_request(f"The string '{value}' is not a valid enumeration type constant of '{name}'.")
    return found


def _guid(name: str, value: Json, column: Column) -> str:
    if not isinstance(value, str) or not _GUID.fullmatch(value):
        raise _wrong(value, "Edm.Guid")
    return value.lower()


def _date(name: str, value: Json, column: Column) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise _wrong(value, "Edm.Date")


def _number(name: str, value: Json, column: Column) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong(value, "Edm.Decimal")
    number = Decimal(value)
    if abs(number) >= _LARGEST:
        raise _wrong(value, "Edm.Decimal")
    return number


def _whole(name: str, value: Json, column: Column) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
        raise _wrong(value, "Edm.Int32")
    return value


def _flag(name: str, value: Json, column: Column) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "Edm.Boolean")
    return value


_READERS: Mapping[Kind, Callable[[str, Json, Column], Value]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CHOICE: _choice,
    Kind.GUID: _guid,
    Kind.DATE: _date,
    Kind.MOMENT: _text,
    Kind.NUMBER: _number,
    Kind.INTEGER: _whole,
    Kind.FLAG: _flag,
}


def _wrong(value: Json, kind: str) -> Exception:
    shown = "an array or object" if isinstance(value, list | dict) else f"the value '{value}'"
    return bad_request(f"Cannot convert {shown} to the expected type '{kind}'.")

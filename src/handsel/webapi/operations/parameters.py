"""The parameters of an operation as its message takes them: rows, references, enumerations, numbers (Web API 9)."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.message import message_type, parameter_name
from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.tables.info import TableInfo, all_tables
from handsel.webapi.metadata.operations import ROW, Operation
from handsel.webapi.metadata.types import ENUM_TYPES
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_values import check_value
from handsel.webapi.protocol.keys import guid, reference


@functools.cache
def fields_of(message: str) -> Mapping[str, tuple[Any, ...]]:
    """The message's parameters by API name, with the types each takes."""
    cls = message_type(message)
    hints = typing.get_type_hints(cls)
    return {
        parameter_name(field): typing.get_args(hints[field.name]) or (hints[field.name],)
        for field in dataclasses.fields(cls)  # type: ignore[arg-type]
    }


def argument(
    call: Call, operation: Operation, name: str, value: Any, type: str | None, fields: Mapping[str, tuple[Any, ...]]
) -> Any:
    """One parameter as the message takes it."""
    if isinstance(value, int):  # some clients send the value of an enumeration's member instead of its name
        members = ENUM_TYPES.get(type or "", {})
        return next((member for member, number in members.items() if number == value), value)
    kinds = fields.get(name) or fields.get(f"{name}Id") or ()
    if isinstance(value, str) and str not in kinds and _NUMBERS.intersection(kinds):
        whole = "a whole number" if int in kinds else "a decimal number"
        raise InvalidArgument(f"{operation.name}: {name} must be {whole}, not the text '{shown(value)}'.")
    if not isinstance(value, Mapping):
        return [_row(call, each) for each in value] if isinstance(value, list) else value
    if name in _ELSEWHERE:
        return _id_elsewhere(operation, name, value)
    if type == ROW and "@odata.type" not in value and "@odata.id" not in value:
        raise InvalidArgument(f'{operation.name}: {name} may be a row of any table. Say which in "@odata.type".')
    table = type if type not in (None, ROW) else str(value.get("@odata.type", "")).rpartition(".")[2]
    found = _row(call, value)
    if isinstance(found, Reference):
        if type in _tables() and found.table != type:
            raise InvalidArgument(f"{operation.name}: {name} is a row of {type}, not of {found.table}.")
    elif table in _tables():
        _check_columns(call.info(table), found)
    if (UUID in kinds or Reference in kinds) and not isinstance(found, Reference):
        id = found.get(table_named(table).primary_key)
        if id is None:
            raise InvalidArgument(f"{operation.name}: {name} names no row: it needs {table_named(table).primary_key}.")
        if UUID in kinds:
            found = id
    elif UUID in kinds:
        found = found.id
    return found


_NUMBERS = frozenset((int, Decimal))


@functools.cache
def _tables() -> frozenset[str]:
    return frozenset(info.logical_name for info in all_tables())


def _check_columns(info: TableInfo, row: Mapping[str, Any]) -> None:
    """Refuse values of the wrong JSON type in an inline row, such as a close activity."""
    for name, value in row.items():
        column = info.columns.get(name)
        if column is not None and not column.is_lookup:
            check_value(info, column, value, creating=True)


_ELSEWHERE = ("SourceCampaignId", "ProcessInstanceId")
"""Parameters that name rows of tables which are not here, campaigns and business processes: only the id counts."""


def _id_elsewhere(operation: Operation, name: str, value: Mapping[str, Any]) -> UUID:
    address = value.get("@odata.id")
    given = [address.rpartition("(")[2].removesuffix(")")] if isinstance(address, str) else []
    given = given or [str(each) for key, each in value.items() if key.endswith("id") and "@" not in key]
    id = guid(given[0]) if len(given) == 1 else None
    if id is None:
        raise InvalidArgument(f"{operation.name}: {name} names no row: it needs its id, or its address in @odata.id.")
    return id


def _row(call: Call, value: Any) -> Any:
    """An inline row with every address in it brought to one form; a bare address is the row itself."""
    if not isinstance(value, Mapping):
        return value
    if isinstance(value.get("@odata.id"), str):
        return reference(call, value["@odata.id"])
    return {name: _address(call, each) if name.endswith("@odata.bind") else each for name, each in value.items()}


def _address(call: Call, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = reference(call, value)
    return f"/{table_named(found.table).entity_set}({found.id})"

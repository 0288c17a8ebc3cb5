"""Actions and functions: every message, bound or not, and what the interface answers itself (Web API 9)."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from handsel.engine.errors import InvalidArgument
from handsel.engine.execute import execute_many
from handsel.engine.message import message_from, message_type, parameter_name
from handsel.engine.row import Reference
from handsel.engine.values import table_named
from handsel.tables.info import TableInfo
from handsel.webapi import connect
from handsel.webapi.answer import Answer
from handsel.webapi.arguments import arguments_of
from handsel.webapi.bulk_delete import bulk_delete
from handsel.webapi.call import Call
from handsel.webapi.definitions import changes
from handsel.webapi.errors import MethodNotAllowed, NotSupported, shown, unknown_segment
from handsel.webapi.keys import guid, reference
from handsel.webapi.metadata.operations import ROW, Operation, operations
from handsel.webapi.metadata.types import ENUM_TYPES
from handsel.webapi.multiple import MULTIPLE, multiple
from handsel.webapi.outcome import outcome
from handsel.webapi.segments import NAMESPACE, Segment

ON_SERVICE: dict[str, Callable[[Call, Mapping[str, Any]], Answer]] = {
    **connect.FUNCTIONS,
    "BulkDelete": bulk_delete,
    "RetrieveMetadataChanges": changes,
}


def is_operation(segment: Segment) -> bool:
    """Whether a path's first part names an operation."""
    return (segment.operation or segment.name) in operations()


def operate(call: Call, segment: Segment, *, table: TableInfo | None = None, row: Reference | None = None) -> Answer:
    """Do the operation that a path's last part names: on the service, on a table, or on a row of it.

    Messages that Dynamics binds to a row are also done without, and the other way round. Raises NotFound (0x8006088a)
    for an operation that does not exist or does not belong to the table.
    """
    operation = operations().get(segment.operation or segment.name)
    if operation is None or not _fits(operation, table) or (row is not None and operation.name in MULTIPLE):
        raise unknown_segment(segment.name)
    expected = "GET" if operation.kind == "function" else "POST"
    if call.method != expected:
        raise MethodNotAllowed(f"{operation.name} is {_ARTICLES[operation.kind]}. Call it by {expected}.")
    is_function = operation.kind == "function"
    given = arguments_of(segment.arguments, call.options) if is_function else call.json(required=False)
    if operation.message is not None:
        return _message(call, operation, given, row)
    if operation.name in MULTIPLE and table is not None:
        return multiple(call, operation.name, table, _checked(operation, given))
    if operation.name not in ON_SERVICE:
        raise NotSupported(f"{operation.name} is not supported yet.")
    return ON_SERVICE[operation.name](call, _checked(operation, given))


_ARTICLES = {"function": "a function", "action": "an action"}


def _fits(operation: Operation, table: TableInfo | None) -> bool:
    if table is None:
        return ROW not in operation.bound_to
    if operation.bound_to:
        return ROW in operation.bound_to or table.logical_name in operation.bound_to
    return operation.message is not None


def _checked(operation: Operation, given: Mapping[str, Any]) -> Mapping[str, Any]:
    _refuse_unknown(operation, given, {parameter.name for parameter in operation.parameters})
    return given


def _refuse_unknown(operation: Operation, given: Mapping[str, Any], known: set[str]) -> None:
    for name in given:
        if "@" not in name and name not in known:
            takes = ", ".join(parameter.name for parameter in operation.parameters) or "none"
            raise InvalidArgument(f"{operation.name} has no parameter '{shown(name)}'. It takes {takes}.")


def _message(call: Call, operation: Operation, given: Mapping[str, Any], row: Reference | None) -> Answer:
    assert operation.message is not None
    fields = _fields(operation.message)
    declared = {parameter.name: parameter.type for parameter in operation.parameters}
    _refuse_unknown(operation, given, declared.keys() | fields.keys())
    values = {
        name: _argument(call, operation, name, value, declared.get(name), fields)
        for name, value in given.items()
        if "@" not in name
    }
    if row is not None:
        _bind(operation, values, row, fields)
    result = execute_many(call.context, [message_from(operation.message, values)])[0]
    return outcome(call, operation, result)


@functools.cache
def _fields(message: str) -> Mapping[str, tuple[Any, ...]]:
    """The message's parameters by API name, with the types each takes."""
    cls = message_type(message)
    hints = typing.get_type_hints(cls)
    return {
        parameter_name(field): typing.get_args(hints[field.name]) or (hints[field.name],)
        for field in dataclasses.fields(cls)  # type: ignore[arg-type]
    }


def _argument(
    call: Call, operation: Operation, name: str, value: Any, type: str | None, fields: Mapping[str, tuple[Any, ...]]
) -> Any:
    """One parameter as the message takes it."""
    if isinstance(value, int):  # some clients send the value of an enumeration's member instead of its name
        members = ENUM_TYPES.get(type or "", {})
        return next((member for member, number in members.items() if number == value), value)
    if not isinstance(value, Mapping):
        return [_row(call, each) for each in value] if isinstance(value, list) else value
    if name in _ELSEWHERE:
        return _id_elsewhere(operation, name, value)
    if type == ROW and "@odata.type" not in value and "@odata.id" not in value:
        raise InvalidArgument(f'{operation.name}: {name} may be a row of any table. Say which in "@odata.type".')
    found = _row(call, value)
    kinds = fields.get(name) or fields.get(f"{name}Id") or ()
    if (UUID in kinds or Reference in kinds) and not isinstance(found, Reference):
        table = type if type not in (None, ROW) else str(found.get("@odata.type", "")).rpartition(".")[2]
        id = found.get(table_named(table).primary_key)
        if id is None:
            raise InvalidArgument(f"{operation.name}: {name} names no row: it needs {table_named(table).primary_key}.")
        if UUID in kinds:
            found = id
    elif UUID in kinds:
        found = found.id
    return found


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


def _bind(operation: Operation, values: dict[str, Any], row: Reference, fields: Mapping[str, tuple[Any, ...]]) -> None:
    """Put the row that an operation is called on where the message takes it."""
    name = operation.binding or next((each for each in fields if each.lower() == f"{row.table}id"), None)
    if name is None:
        name = next((each for each, kinds in fields.items() if Reference in kinds), None)
    if name is not None:
        values[name] = row.id if UUID in fields[name] else row
        return
    closing = next((each for each in fields if isinstance(values.get(each), Mapping)), None)
    if closing is None:
        closing = next((each for each in fields if each.endswith("Close")), None)
    if closing is None:
        raise unknown_segment(f"{NAMESPACE}{operation.name}")
    given = values.get(closing, {})
    if not isinstance(given, Mapping):
        raise InvalidArgument(f"{operation.name}: {closing} must be an object, not {shown(str(given))}.")
    values[closing] = {**given, f"{row.table}id": str(row.id)}

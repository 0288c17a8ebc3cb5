"""Actions and functions: every message, bound or not, and what the interface answers itself (Web API 9)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.column_set import ColumnSet
from handsel.engine.execute import execute_many
from handsel.engine.message import message_from
from handsel.errors import InvalidArgument
from handsel.tables.info import TableInfo
from handsel.webapi.metadata.endpoint import changes
from handsel.webapi.metadata.operations import ROW, Operation, operations
from handsel.webapi.operations import service
from handsel.webapi.operations.bulk_delete import bulk_delete
from handsel.webapi.operations.multiple import MULTIPLE, multiple
from handsel.webapi.operations.parameters import argument, fields_of
from handsel.webapi.operations.result import operation_result
from handsel.webapi.protocol.arguments import arguments_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import MethodNotAllowed, NotSupported, shown, unknown_segment
from handsel.webapi.protocol.response import Response
from handsel.webapi.protocol.segments import NAMESPACE, Segment

ON_SERVICE: dict[str, Callable[[Call, Mapping[str, Any]], Response]] = {
    **service.FUNCTIONS,
    "BulkDelete": bulk_delete,
    "RetrieveMetadataChanges": changes,
}


def is_operation(segment: Segment) -> bool:
    """Whether a path's first part names an operation."""
    return (segment.operation or segment.name) in operations()


def operate(call: Call, segment: Segment, *, table: TableInfo | None = None, row: Reference | None = None) -> Response:
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


def _message(call: Call, operation: Operation, given: Mapping[str, Any], row: Reference | None) -> Response:
    assert operation.message is not None
    fields = fields_of(operation.message)
    declared = {parameter.name: parameter.type for parameter in operation.parameters}
    _refuse_unknown(operation, given, declared.keys() | fields.keys())
    values = {
        name: argument(call, operation, name, value, declared.get(name), fields)
        for name, value in given.items()
        if "@" not in name
    }
    if row is not None:
        _bind(operation, values, row, fields)
    message = message_from(operation.message, values)
    asked: ColumnSet | None = getattr(message, "column_set", None)
    if asked is not None and not asked.all_columns:
        wider = dataclasses.replace(asked, columns=(*asked.columns, *_IMPLIED_COLUMNS))
        message = dataclasses.replace(message, column_set=wider)  # type: ignore[type-var]
    return operation_result(call, operation, execute_many(call.context, [message])[0], asked)


_IMPLIED_COLUMNS = ("versionnumber", "transactioncurrencyid")
"""What is answered along with the columns asked for: the ETag, and beside an amount its currency (Web API 4).

Every message that takes a column set answers a priced document, which has both.
"""


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

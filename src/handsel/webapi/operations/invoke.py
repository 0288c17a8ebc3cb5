"""Running actions and functions: every message, bound or not, and the operations that are no messages (Web API 9)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.column_set import ColumnSet
from handsel.engine.edm import ROW
from handsel.engine.execute import execute_many
from handsel.engine.message import AnyMessage, made
from handsel.engine.notices import collected_notices
from handsel.engine.operation_info import OperationInfo, field_for_row
from handsel.engine.parameters import ParameterInfo, missing, named, parameters_of
from handsel.errors import InvalidArgument
from handsel.http.errors import MethodNotAllowed, shown
from handsel.http.response import Response
from handsel.json_value import Json, JsonObject
from handsel.tables.info import TableInfo
from handsel.webapi.metadata.operations import operations
from handsel.webapi.operations import bulk_delete, service  # noqa: F401  # they declare their operations
from handsel.webapi.operations.answering import handler_of
from handsel.webapi.operations.multiple import is_multiple, multiple
from handsel.webapi.operations.parameters import argument
from handsel.webapi.operations.result import operation_result
from handsel.webapi.operations.types import described, require_type
from handsel.webapi.protocol.arguments import arguments_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.notices import with_notices
from handsel.webapi.protocol.segments import NAMESPACE, Segment


def is_operation(segment: Segment) -> bool:
    """Whether a path's first part names an operation."""
    return (segment.operation or segment.name) in operations()


def operate(call: Call, segment: Segment, *, table: TableInfo | None = None, row: Reference | None = None) -> Response:
    """Run the operation that a path's last part names, and tell what it had to tell (see `_operate`)."""
    with collected_notices() as notices:
        response = _operate(call, segment, table, row)
    return with_notices(call, response, notices)


def _operate(call: Call, segment: Segment, table: TableInfo | None, row: Reference | None) -> Response:
    """Run the operation: on the service, on a table, or on a row of it.

    Messages that Dynamics binds to a row also run unbound, and the other way round. Raises NotFound (0x8006088a)
    for an operation that does not exist or does not belong to the table.
    """
    operation = operations().get(segment.operation or segment.name)
    if operation is None or not _fits(operation, table) or (row is not None and is_multiple(operation.name)):
        raise unknown_segment(segment.name)
    expected = "GET" if operation.kind == "function" else "POST"
    if call.method != expected:
        raise MethodNotAllowed(f"{operation.name} is {_ARTICLES[operation.kind]}. Call it by {expected}.")
    is_function = operation.kind == "function"
    given = arguments_of(segment.arguments, call.options) if is_function else call.json(required=False)
    if operation.message is not None:
        return _message(call, operation, operation.message, given, row)
    _require_parameters(operation, given)
    if table is not None:
        return multiple(call, operation.name, table, given)
    return handler_of(operation.name)(call, given)


_ARTICLES = {"function": "a function", "action": "an action"}


def _fits(operation: OperationInfo, table: TableInfo | None) -> bool:
    if table is None:
        return ROW not in operation.bound_to
    if operation.bound_to:
        return ROW in operation.bound_to or table.logical_name in operation.bound_to
    return operation.message is not None


def _unknown(operation: OperationInfo, name: str, *others: str) -> InvalidArgument:
    """`others` are parameters that it takes besides those that are declared."""
    takes = ", ".join((*others, *(parameter.name for parameter in operation.parameters))) or "none"
    return InvalidArgument(f"{operation.name} has no parameter '{shown(name)}'. It takes {takes}.")


def _require_parameters(operation: OperationInfo, given: Mapping[str, Json]) -> None:
    """Refuse unknown, missing and wrong parameters of an operation without a message (0x80040203)."""
    known = {parameter.name: parameter.type for parameter in operation.parameters}
    for name, value in given.items():
        if "@" not in name and name not in known:
            raise _unknown(operation, name)
        if value is not None and name in known:
            require_type(operation, name, known[name], value)
    for parameter in operation.parameters:
        if not parameter.nullable and given.get(parameter.name) is None:
            wanted = described(parameter.type)
            raise InvalidArgument(f"{operation.name} needs the parameter {parameter.name}, {wanted}. Send it along.")


def _message(
    call: Call, operation: OperationInfo, cls: type[AnyMessage], given: Mapping[str, Json], row: Reference | None
) -> Response:
    values = {
        parameter.field: argument(call, operation, parameter, name, value)
        for parameter, name, value in _matched(operation, cls, given, row)
    }
    if row is not None:
        _bind(operation, values, row, parameters_of(cls))
    if not call.suppresses_duplicates and any(each.field == _SUPPRESSES for each in parameters_of(cls)):
        values.setdefault(_SUPPRESSES, False)
    lacking = [each for each in parameters_of(cls) if not each.nullable and values.get(each.field) is None]
    if lacking:
        raise missing(operation.name, lacking)
    message = made(cls, values)
    asked: ColumnSet | None = getattr(message, "column_set", None)
    if asked is not None and not asked.all_columns:
        wider = dataclasses.replace(asked, columns=(*asked.columns, *_IMPLIED_COLUMNS))
        message = dataclasses.replace(message, column_set=wider)  # type: ignore[type-var]  # every message is one
    return operation_result(call, operation, execute_many(call.context, [message])[0], asked)


def _matched(
    operation: OperationInfo, cls: type[AnyMessage], given: Mapping[str, Json], row: Reference | None
) -> list[tuple[ParameterInfo, str, Json]]:
    """The parameters that are given, with their names and values.

    Raises InvalidArgument for an unknown name, and for two names of one parameter.
    """
    found: list[tuple[ParameterInfo, str, Json]] = []
    for name, value in given.items():
        if "@" not in name:
            parameter = named(parameters_of(cls), name, exactly=True)
            if parameter is None:
                of_row = [each.name for each in parameters_of(cls) if each.field == operation.binding and row is None]
                raise _unknown(operation, name, *of_row)
            other = next((said for each, said, _ in found if each is parameter), None)
            if other is not None:
                raise InvalidArgument(
                    f"{operation.name}: {shown(name)} and {other} are one parameter. Give one of them."
                )
            found.append((parameter, name, value))
    return found


_SUPPRESSES = "suppress_duplicate_detection"
"""The field of messages that can detect duplicates among the rows they make."""
_IMPLIED_COLUMNS = ("versionnumber", "transactioncurrencyid")
"""What a response holds besides the selected columns: the ETag, and the currency of amounts (Web API 4).

Every message that takes a column set returns a priced document, which has both.
"""


def _bind(operation: OperationInfo, values: JsonObject, row: Reference, parameters: Sequence[ParameterInfo]) -> None:
    """Put the row that an operation is called on into the parameter for it."""
    taking = field_for_row(operation.binding, row.table, parameters)
    if taking is not None:
        values[taking.field] = row.id if UUID in taking.kinds else row
        return
    closing = next((each for each in parameters if Mapping in each.kinds), None)
    if closing is None:
        raise unknown_segment(f"{NAMESPACE}{operation.name}")
    given = values.get(closing.field) or {}
    if not isinstance(given, Mapping):
        raise InvalidArgument(f"{operation.name}: {closing.name} is the new row itself, not the address of one.")
    values[closing.field] = {**given, f"{row.table}id": str(row.id)}

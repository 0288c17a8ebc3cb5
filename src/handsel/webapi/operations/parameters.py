"""The parameters of an operation from JSON: addresses and typed rows as the message takes them (Web API 9)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.edm import ROW
from handsel.engine.number_text import number_of
from handsel.engine.operation_info import OperationInfo
from handsel.engine.parameters import ParameterInfo
from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.json_value import Json, JsonObject
from handsel.tables.info import TableInfo, declared_names, table_info
from handsel.webapi.operations.types import require_type
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_values import check_value
from handsel.webapi.protocol.keys import reference


def argument(call: Call, operation: OperationInfo, parameter: ParameterInfo, name: str, value: Json) -> Json:
    """One parameter as the message takes it: an address is a reference, a row has its addresses in one form.

    `name` is what the caller called it. Raises InvalidArgument (0x80040203) for a value of another type.
    """
    if value is None:
        return None
    if parameter.is_elsewhere:
        return _elsewhere(operation, name, value)
    if value == "" and UUID in parameter.kinds:
        return None  # an id that is not there
    if isinstance(value, str):
        value = _number(operation.name, parameter, name, value)
    type = _type_by_name(parameter, name)
    if parameter.untyped is not None and isinstance(value, Mapping) and "@odata.type" not in value:
        type = parameter.untyped
    if type is not None:
        require_type(operation, name, type, value)
    if isinstance(value, list):
        return [_typed_row(call, parameter, each) if isinstance(each, Mapping) else each for each in value]
    if not isinstance(value, Mapping):
        return value
    found = _typed_row(call, parameter, value)
    if parameter.kinds == {UUID} and not isinstance(found, Reference):
        _require_id(operation, parameter, name, found)
    return found


def _elsewhere(operation: OperationInfo, name: str, value: Json) -> Json:
    """A row of a table that is not here: its table need not be said."""
    if not isinstance(value, Mapping):
        require_type(operation, name, ROW, value)
    return value


def _type_by_name(parameter: ParameterInfo, name: str) -> str | None:
    """The declared type; an id may be given as `OpportunityId`, and as the row `Opportunity`."""
    if name == parameter.name or UUID not in parameter.kinds:
        return parameter.type
    return "Edm.Guid" if name.endswith("Id") else parameter.table or name.lower()


def _require_id(operation: OperationInfo, parameter: ParameterInfo, name: str, row: JsonObject) -> None:
    """Refuse a row that does not say which row it is, with the code for a missing parameter."""
    table = parameter.table or name.lower()
    key = table_info(table).primary_key
    if row.get(key) is None:
        raise InvalidArgument(f'{operation.name}: {name} names no row. Give its id: {{"{key}": "…"}}.', parameter.empty)


def _typed_row(call: Call, parameter: ParameterInfo, value: Mapping[str, Json]) -> Reference | JsonObject:
    """An inline row whose values have the JSON types of their columns, or the reference that its address is."""
    found = _row(call, value)
    if not isinstance(found, Reference):
        table = parameter.table or str(value.get("@odata.type", "")).rpartition(".")[2]
        if Reference in parameter.kinds:
            table_named(table)
        if table in declared_names():
            _check_columns(call.info(table), found)
    return found


def _number(operation: str, parameter: ParameterInfo, name: str, value: str) -> Json:
    """A text for a number as that number. Raises InvalidArgument for one that is not exactly a number (Web API 11)."""
    if str in parameter.kinds or not _NUMBERS & parameter.kinds:
        return value
    try:
        found = number_of(value)
        return int(found) if int in parameter.kinds and found == found.to_integral_value() else found
    except (ValueError, ArithmeticError):
        whole = "a whole number" if int in parameter.kinds else "a decimal number"
        raise InvalidArgument(f"{operation}: {name} must be {whole}, not the text '{shown(value)}'.") from None


_NUMBERS = frozenset((int, Decimal))


def _check_columns(info: TableInfo, row: Mapping[str, Json]) -> None:
    """Refuse values of the wrong JSON type in an inline row, such as a close activity."""
    for name, value in row.items():
        column = info.columns.get(name)
        if column is not None and not column.is_lookup:
            check_value(info, column, value, creating=True)


def _row(call: Call, value: Mapping[str, Json]) -> Reference | JsonObject:
    """An inline row with every address converted to one form; a bare address is the row itself."""
    address = value.get("@odata.id")
    if isinstance(address, str):
        return reference(call, address)
    return {name: _inner(call, name, each) for name, each in value.items()}


def _inner(call: Call, name: str, value: Json) -> Json:
    """A value inside a row or structure; a bare address there is a row, too."""
    if name.endswith("@odata.bind"):
        return _address(call, value)
    address = value.get("@odata.id") if isinstance(value, Mapping) else None
    return reference(call, address) if isinstance(address, str) else value


def _address(call: Call, value: Json) -> Json:
    if not isinstance(value, str):
        return value
    found = reference(call, value)
    return f"/{table_named(found.table).entity_set}({found.id})"

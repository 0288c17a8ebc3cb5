"""The parameters of an operation from JSON: addresses and typed rows as the message takes them (Web API 9)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from handsel.database.row import Reference
from handsel.engine.edm import ROW
from handsel.engine.number_text import number_of
from handsel.engine.parameters import ParameterInfo
from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.json_value import Json, JsonObject
from handsel.tables.info import TableInfo, declared_names
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_values import check_value
from handsel.webapi.protocol.keys import reference


def argument(call: Call, operation: str, parameter: ParameterInfo, value: Json) -> Json:
    """One parameter as the message takes it: an address is a reference, a row has its addresses in one form."""
    if isinstance(value, str):
        return _number(operation, parameter, value)
    if isinstance(value, list):
        return [_row(call, each) if isinstance(each, Mapping) else each for each in value]
    if not isinstance(value, Mapping) or parameter.is_elsewhere:
        return value
    if parameter.type == ROW and "@odata.type" not in value and "@odata.id" not in value:
        raise InvalidArgument(f'{operation}: {parameter.name} may be a row of any table. Say which in "@odata.type".')
    found = _row(call, value)
    if not isinstance(found, Reference):
        table = parameter.table or str(value.get("@odata.type", "")).rpartition(".")[2]
        if Reference in parameter.kinds:
            table_named(table)
        if table in declared_names():
            _check_columns(call.info(table), found)
    return found


def _number(operation: str, parameter: ParameterInfo, value: str) -> Json:
    """A text for a number as that number. Raises InvalidArgument for one that is not exactly a number (Web API 11)."""
    if str in parameter.kinds or not _NUMBERS & parameter.kinds:
        return value
    try:
        found = number_of(value)
        return int(found) if int in parameter.kinds and found == found.to_integral_value() else found
    except (ValueError, ArithmeticError):
        whole = "a whole number" if int in parameter.kinds else "a decimal number"
        raise InvalidArgument(
            f"{operation}: {parameter.name} must be {whole}, not the text '{shown(value)}'."
        ) from None


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
    return {name: _address(call, each) if name.endswith("@odata.bind") else each for name, each in value.items()}


def _address(call: Call, value: Json) -> Json:
    if not isinstance(value, str):
        return value
    found = reference(call, value)
    return f"/{table_named(found.table).entity_set}({found.id})"

"""The response of an operation: nothing, a row, rows, or a structure (Web API 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handsel.database.row import Reference, Row
from handsel.engine.column_set import ColumnSet
from handsel.engine.crud.initializing import NewRow
from handsel.engine.edm import ROW
from handsel.engine.operation_info import OperationInfo
from handsel.http.response import Response, no_content
from handsel.json_value import Json, JsonObject
from handsel.money.rounding import at_scale
from handsel.tables.info import TableInfo, table_info
from handsel.webapi.operations.answering import structure_response
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.json_values import plain, plain_object
from handsel.webapi.protocol.notices import NOTICES, notice_values
from handsel.webapi.rows.entities import entities, shape_of
from handsel.webapi.rows.new_row import new_row


def operation_result(
    call: Call, operation: OperationInfo, result: Json, column_set: ColumnSet | None = None
) -> Response:
    """The response with a message's result; of a row, the columns of its column set."""
    if result is None or operation.returns is None:
        return no_content()
    if isinstance(result, NewRow):
        return json_response(new_row(call, result))
    if isinstance(result, Row):
        info = _table(call, result)
        context = f"{call.root}$metadata#{info.entity_set}/$entity"
        told = {NOTICES: notice_values(call, result.notices)} if result.notices else {}
        return json_response({"@odata.context": context, **told, **_row(call, result, operation, column_set)})
    if isinstance(result, (list, tuple)):
        return json_response(
            {"@odata.context": _context(call, operation, result), "value": _listed(call, operation, result)}
        )
    if isinstance(result, Mapping):
        return structure_response(call, operation.name, plain_object(result))
    if operation.wraps is not None:
        return structure_response(call, operation.name, {operation.wraps: result})
    return json_response({"@odata.context": f"{call.root}$metadata#{operation.returns}", "value": result})


def _listed(call: Call, operation: OperationInfo, rows: Sequence[Json]) -> list[Json]:
    return [_row(call, each, operation) if isinstance(each, (Row, Reference)) else plain(each) for each in rows]


def _row(call: Call, row: Row | Reference, operation: OperationInfo, column_set: ColumnSet | None = None) -> JsonObject:
    info = _table(call, row)
    typed = {"@odata.type": f"#Microsoft.Dynamics.CRM.{row.table}"} if ROW in (operation.returns or "") else {}
    if isinstance(row, Reference):
        return {**typed, info.primary_key: row.id}
    asked = "" if column_set is None or column_set.all_columns else ",".join((info.primary_key, *column_set.columns))
    return {**typed, **entities(call, shape_of(info, asked), [_as_stored(info, row)])[0]}


def _as_stored(info: TableInfo, row: Row) -> Row:
    """A row from memory with as many decimals as one that was read: 75.6000, not 75.60 (Web API 1.8)."""
    found = Row(row.table, row.id, row)
    for name, value in row.items():
        if isinstance(value, Decimal):
            column = info.columns[name]
            places = getattr(column.field, "decimal_places", 4 if column.kind == "Money" else None)
            found[name] = value if places is None else at_scale(value, places)
    return found


def _context(call: Call, operation: OperationInfo, rows: Sequence[Json]) -> str:
    tables = {each.table for each in rows if isinstance(each, (Row, Reference))}
    if len(tables) == 1 and ROW not in (operation.returns or ""):
        return f"{call.root}$metadata#{call.info(tables.pop()).entity_set}"
    returns = (operation.returns or "").removeprefix("Collection(").removesuffix(")")
    return f"{call.root}$metadata#Collection(Microsoft.Dynamics.CRM.{returns})"


def _table(call: Call, row: Row | Reference) -> TableInfo:
    """The table of a row; the organization's custom columns are read only where the row may hold one."""
    declared = table_info(row.table)
    if isinstance(row, Reference) or row.keys() <= declared.columns.keys():
        return declared
    return call.info(row.table)

"""An OpenAPI description of the Web API, made from the same declarations as `$metadata`.

It says what a body may hold and what every response looks like, so that a fuzzer can make good and bad requests. It is
for tests only: `$metadata` and EntityDefinitions are the descriptions that clients read.
"""

from collections.abc import Iterable
from typing import Any

from handsel.engine.operation_info import OperationInfo
from handsel.tables.info import ColumnInfo, TableInfo, table_info
from handsel.webapi.metadata.operations import operations

ROOT = "/api/data/v9.2"
JSON = "application/json"

_TYPES: dict[str, dict[str, Any]] = {
    "Integer": {"type": "integer", "format": "int32"},
    "BigInt": {"type": "integer", "format": "int64"},
    "Decimal": {"type": "number"},
    "Money": {"type": "number"},
    "Double": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "DateTime": {"type": "string", "format": "date-time"},
    "Uniqueidentifier": {"type": "string", "format": "uuid"},
    "Picklist": {"type": "integer"},
    "State": {"type": "integer"},
    "Status": {"type": "integer"},
}
_PARAMETER_TYPES: dict[str, dict[str, Any]] = {
    "Edm.Guid": {"type": "string", "format": "uuid"},
    "Edm.Int32": {"type": "integer", "format": "int32"},
    "Edm.Int64": {"type": "integer", "format": "int64"},
    "Edm.Boolean": {"type": "boolean"},
    "Edm.Decimal": {"type": "number"},
    "Edm.String": {"type": "string"},
    "Edm.DateTimeOffset": {"type": "string", "format": "date-time"},
}
_OPTIONS = ("$select", "$filter", "$orderby", "$top", "$count", "$expand", "$apply", "$skiptoken", "fetchXml", "sql")
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}

ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": "^0x(0|[0-9a-f]{8})$"},
                "message": {"type": "string", "minLength": 1, "maxLength": 2_000},
            },
        }
    },
}


def description(tables: Iterable[str]) -> dict[str, Any]:
    """The description of some tables (logical names) and of all operations."""
    paths: dict[str, Any] = {}
    for name in tables:
        paths |= _of_table(table_info(name))
    for operation in operations().values():
        paths |= _of_operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Handsel", "version": "9.2"},
        "servers": [{"url": ROOT}],
        "paths": paths,
    }


def _of_table(info: TableInfo) -> dict[str, Any]:
    address, row = f"/{info.entity_set}", f"/{info.entity_set}({{id}})"
    options = [{"name": name, "in": "query", "schema": {"type": "string"}, "allowReserved": True} for name in _OPTIONS]
    columns = [column.logical_name for column in info.columns.values()]
    one = {"name": "property", "in": "path", "required": True, "schema": {"enum": columns[:40]}}
    headers = [
        {"name": name, "in": "header", "schema": {"type": "string"}} for name in ("Prefer", "If-Match", "If-None-Match")
    ]
    return {
        address: {
            "get": _call([*options, *headers], rows=True),
            "post": _call(headers, body=_row(info)),
        },
        row: {
            "get": _call([_ID, *options[:1], *options[5:6], *headers]),
            "patch": _call([_ID, *headers], body=_row(info)),
            "delete": _call([_ID, *headers]),
        },
        f"{row}/{{property}}": {
            "get": _call([_ID, one]),
            "put": _call([_ID, one], body={"type": "object", "properties": {"value": {}}}),
            "delete": _call([_ID, one]),
        },
    }


def _row(info: TableInfo) -> dict[str, Any]:
    """The properties that may be written in a row: columns, and binds of its lookups."""
    properties: dict[str, Any] = {}
    for column in info.columns.values():
        if column.is_lookup:
            properties |= {f"{navigation}@odata.bind": {"type": "string"} for navigation in column.navigation.values()}
        else:
            properties[column.logical_name] = _of_column(column)
    return {"type": "object", "properties": properties, "additionalProperties": False, "maxProperties": 12}


def _of_column(column: ColumnInfo) -> dict[str, Any]:
    found = dict(_TYPES.get(column.kind, {"type": "string"}))
    if column.labels:
        found["enum"] = [*column.labels, None]
    if column.max_length is not None:
        found["maxLength"] = column.max_length
    return found if "enum" in found else {**found, "type": [found["type"], "null"]}


def _of_operation(operation: OperationInfo) -> dict[str, Any]:
    if operation.on_collection or operation.name.endswith("Multiple"):
        address = f"/accounts/Microsoft.Dynamics.CRM.{operation.name}"
    elif operation.bound_to and operation.bound_to[0] != "crmbaseentity":
        bound = table_info(operation.bound_to[0]).entity_set
        address = f"/{bound}({{id}})/Microsoft.Dynamics.CRM.{operation.name}"
    else:
        address = f"/{operation.name}"
    path = [_ID] if "{id}" in address else []
    known = {parameter.name: _of_parameter(parameter.type) for parameter in operation.parameters}
    if operation.kind == "function":
        given = [{"name": f"@{name}", "in": "query", "schema": {"type": "string"}, "required": True} for name in known]
        arguments = ",".join(f"{name}=@{name}" for name in known)
        return {f"{address}({arguments})": {"get": _call([*path, *given])}}
    return {address: {"post": _call(path, body={"type": "object", "properties": known})}}


def _of_parameter(type: str) -> dict[str, Any]:
    if type.startswith("Collection("):
        return {"type": "array", "items": {"type": "object"}}
    return _PARAMETER_TYPES.get(type, {"type": "object"})


def _call(
    parameters: list[dict[str, Any]], *, body: dict[str, Any] | None = None, rows: bool = False
) -> dict[str, Any]:
    """One method. Everything that is refused looks the same; a 5xx but the documented 501 is described by nothing."""
    found: dict[str, Any] = {"type": "object", "required": ["@odata.context"]}
    if rows:
        found = {**found, "required": ["@odata.context", "value"], "properties": {"value": {"type": "array"}}}
    answered = {"description": "done", "content": {JSON: {"schema": found}}}
    refused = {"description": "refused", "content": {JSON: {"schema": ERROR}}}
    call: dict[str, Any] = {
        "parameters": parameters,
        "responses": {
            "200": answered,
            "201": answered,
            "204": {"description": "done"},
            "304": {"description": "unchanged"},
            **{str(status): refused for status in (400, 403, 404, 405, 412, 501)},
        },
    }
    if body is not None:
        call["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return call

"""The decorator that declares a function or action of the Web API that is no message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handsel.engine.edm import Type
from handsel.engine.operation import Kind, Operation
from handsel.engine.operation_info import Stated
from handsel.http.response import Response
from handsel.json_value import Json
from handsel.webapi.metadata.operations import declare
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response

Handler = Callable[[Call, Mapping[str, Json]], Response]
"""Takes the call and the given parameters: their names and types are those that it declares."""

_handlers: dict[str, Handler] = {}


def answers(
    name: str, kind: Kind, *parameters: Stated, returns: Type | Mapping[str, Type] | None = None
) -> Callable[[Handler], Handler]:
    """Declare an operation on the service and the function that handles it.

    `returns` is as in `operation.Operation`; parameters are made by `needs` and `takes`.
    """

    def register(handler: Handler) -> Handler:
        declare(name, kind, *parameters, stated=Operation(returns=returns))
        _handlers[name] = handler
        return handler

    return register


def handler_of(name: str) -> Handler:
    """The function that handles an operation."""
    return _handlers[name]


def structure_response(call: Call, name: str, values: Mapping[str, Json]) -> Response:
    """The response of a function or action that returns a structure."""
    return json_response({"@odata.context": f"{call.root}$metadata#Microsoft.Dynamics.CRM.{name}Response", **values})

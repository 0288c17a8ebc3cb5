"""Calls that never raise: an error becomes its response, an unexpected exception a 500 and a log entry."""

from __future__ import annotations

from collections.abc import Callable

from handsel.database.context import entered
from handsel.engine.hidden_rows import as_told
from handsel.errors import BadRequest, Code, HandselError, NotFound
from handsel.http.error_boundary import note_failure, unexpected
from handsel.http.request import without_values
from handsel.http.response import Response
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import error_response
from handsel.webapi.routes import perform


def respond(call: Call, act: Callable[[Call], Response] = perform) -> Response:
    """The response to one call, whatever happens."""
    try:
        return act(call)
    except HandselError as error:
        note_failure(_name(call), error)
        return error_response(_told(call, error))
    except RecursionError:
        return error_response(BadRequest("The request is nested too deep.", Code.QUERY_SYNTAX))
    except Exception as error:  # logged; the caller gets 500 or 503 with a request id
        return error_response(unexpected(call.context.alias, _name(call), error))


def _told(call: Call, error: HandselError) -> HandselError:
    """What the caller may be told of a row that was not found."""
    if not isinstance(error, NotFound):
        return error
    with entered(call.context):
        return as_told(call.context.actor, call.organization.settings, error)


def _name(call: Call) -> str:
    return f"{call.method} {without_values(call.path)}"

"""Calls that never raise: a refusal becomes its answer, what nobody expected a 500 that the log explains."""

from __future__ import annotations

import logging
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError, connections

from handsel.errors import BadRequest, Code, HandselError
from handsel.webapi.http.request import without_values
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.response import Response, error_response, json_response
from handsel.webapi.routes import perform

_GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

log = logging.getLogger("handsel.webapi")


def guarded(call: Call, act: Callable[[Call], Response] = perform) -> Response:
    """Answer one call, whatever happens."""
    try:
        return act(call)
    except HandselError as error:
        return error_response(error)
    except RecursionError:
        return error_response(BadRequest("The request is nested too deep.", Code.QUERY_SYNTAX))
    except Exception as error:
        return unexpected(call.context.alias, f"{call.method} {without_values(call.path)}", error)


def unexpected(alias: str, what: str, error: Exception) -> Response:
    """The answer to what nobody expected: 503 where the database went away, otherwise 500. The log has the reason.

    The server's log puts the request id (`webapi.http.request`) on every line, so also on this one.
    """
    log.error("%s failed", what, exc_info=error)
    if not connections[alias].in_atomic_block:
        connections[alias].close()  # nobody knows what state it is in; the next call opens a new one
    if isinstance(error, _GONE):
        return json_response(
            {"error": {"code": "0x80044150", "message": "The database does not answer. Try again."}}, 503
        )
    text = "The server failed at this request. Its log names the reason under the request id of this answer."
    return _failure(500, "0x80040216", text)


def _failure(status: int, code: str, message: str) -> Response:
    return json_response({"error": {"code": code, "message": message}}, status)

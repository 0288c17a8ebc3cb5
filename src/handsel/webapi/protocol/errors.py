"""What only a web interface refuses, and how every refusal looks on the wire (Web API 11)."""

from __future__ import annotations

import re
from typing import Any

from handsel.errors import BadRequest, Code, HandselError, NotFound

STATUS_BY_CODE = {Code.CANNOT_DELETE_DUE_TO_ASSOCIATION: 405}
"""Codes whose status the error table states apart from the kind of error."""

REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    412: "Precondition Failed",
    413: "Payload Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}


class WebError(HandselError):
    """The root of what is refused before it becomes a message."""

    default_code = Code.QUERY_SYNTAX


class MethodNotAllowed(WebError):
    """The resource exists, but not for this method."""

    status = 405


class PayloadTooLarge(WebError):
    """The body is larger than the server takes."""

    status = 413


class Unauthorized(WebError):
    """No token, or one that is unknown or expired."""

    status = 401

    def as_dict(self) -> dict[str, Any]:
        """Without a code: the table has none for it (Web API 11)."""
        return {**super().as_dict(), "code": "0x0"}


class TooManyRequests(WebError):
    """A limit is reached. Its details are `limit`, which one, and `retry_after`, in seconds."""

    status = 429


class NotSupported(WebError):
    """An option that is recognised but not supported."""

    status = 501


def unknown_segment(name: str) -> NotFound:
    """The refusal of a path whose next part means nothing."""
    return NotFound(f"Resource not found for the segment '{shown(name)}'.", Code.RESOURCE_NOT_FOUND)


def syntax(message: str) -> BadRequest:
    """The refusal of a path, query or batch that cannot be read."""
    return BadRequest(message, Code.QUERY_SYNTAX)


def undeclared(label: str, name: str, hint: str = "") -> BadRequest:
    """The refusal of a name that the table does not have, in a body."""
    return BadRequest(f"{label} has no property '{shown(name)}'.{hint}", Code.INVALID_PAYLOAD, column=name)


def status_of(error: HandselError) -> int:
    """The HTTP status of a refusal."""
    return STATUS_BY_CODE.get(error.code, error.status)


def error_body(error: HandselError) -> dict[str, Any]:
    """The JSON body of a refusal."""
    body = error.as_dict()
    # Whatever of a caller's text is quoted: it shall steer no terminal and no log, and fill neither.
    text = _CONTROL.sub(" ", body["message"])
    return {"error": {**body, "message": text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."}}


_LONGEST = 2_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def shown(text: str) -> str:
    """Text of a caller, safe and short enough for a message."""
    plain = _CONTROL.sub(" ", text)
    return plain if len(plain) <= 100 else f"{plain[:97]}..."

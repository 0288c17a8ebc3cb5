"""Errors that only occur over HTTP, and how callers' text is quoted in errors.

    WebError
    ├── MethodNotAllowed       405
    ├── RequestTimeout         408
    ├── HeadTooLarge           431
    ├── PayloadTooLarge        413
    ├── Unauthorized           401
    ├── TooManyRequests        429
    ├── InternalError          500  an unexpected exception
    └── ServerBusy             503

Each surface decides how an error looks (`http.surface`).
"""

from __future__ import annotations

import re

from handsel.errors import BadRequest, Code, HandselError


class WebError(HandselError):
    """The root of errors that are raised before a request becomes a message."""

    default_code = Code.QUERY_SYNTAX


class MethodNotAllowed(WebError):
    """The resource exists, but not for this method."""

    status = 405


class HeadTooLarge(WebError):
    """The request line and the headers are larger than the server accepts."""

    status = 431


class RequestTimeout(WebError):
    """The request did not arrive in time."""

    status = 408


class PayloadTooLarge(WebError):
    """The body is larger than the server accepts."""

    status = 413


class Unauthorized(WebError):
    """The caller is not authenticated: no token, or one that is unknown or expired."""

    status = 401


class TooManyRequests(WebError):
    """A limit is reached. Its details are `limit` (its name) and `retry_after` (seconds)."""

    status = 429


class InternalError(WebError):
    """An unexpected exception. The log has the reason."""

    status = 500


class ServerBusy(WebError):
    """The server takes no more work for now. Its details are `limit` (its name) and `retry_after` (seconds)."""

    status = 503


def syntax(message: str) -> BadRequest:
    """The error for a path, query or body that cannot be read."""
    return BadRequest(message, Code.QUERY_SYNTAX)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def shown(text: str, longest: int = 100) -> str:
    """A caller's text, safe and short enough for a message: without control characters for terminals and logs."""
    plain = _CONTROL.sub(" ", text)
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."

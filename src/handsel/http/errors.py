"""What only a surface that speaks HTTP refuses, and callers' own text where a refusal quotes it.

    WebError
    ├── MethodNotAllowed       405
    ├── PayloadTooLarge        413
    ├── Unauthorized           401
    ├── TooManyRequests        429
    ├── InternalError          500  nobody expected it
    └── DatabaseUnavailable    503

How a refusal looks is each surface's own (`http.surface`).
"""

from __future__ import annotations

import re

from handsel.errors import BadRequest, Code, HandselError


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
    """The caller does not prove who it is: no token, or one that is unknown or expired."""

    status = 401


class TooManyRequests(WebError):
    """A limit is reached. Its details are `limit`, which one, and `retry_after`, in seconds."""

    status = 429


class InternalError(WebError):
    """What nobody expected. The log has the reason."""

    status = 500


class DatabaseUnavailable(WebError):
    """The database went away."""

    status = 503


def syntax(message: str) -> BadRequest:
    """The refusal of a path, query or body that cannot be read."""
    return BadRequest(message, Code.QUERY_SYNTAX)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def shown(text: str, longest: int = 100) -> str:
    """Text of a caller, safe and short enough for a message: it shall steer no terminal or log, and fill neither."""
    plain = _CONTROL.sub(" ", text)
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."

"""One log line for every request. JSON is encoded directly: through `logging` it would cost several times as much."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from handsel.http.logs import LogSettings, rendering
from handsel.http.request import Request, without_values
from handsel.http.response import Response

_QUIET = frozenset(("/health", "/ready", "/metrics"))
"""Paths that machines ask every few seconds: logged at the level debug only, unless they fail."""

_NEWLINE = b"\n"


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The log line of a request; nothing in it is a secret or the content of a row."""

    time: datetime
    level: str
    event: str
    request_id: str
    method: str
    path: str
    """Without text in quotes: keys and arguments may name persons."""
    status: int
    duration_ms: float
    bytes: int
    """Size of the response's body."""
    remote: str
    options: str = ""
    """The names in the query, without their values."""
    client_request_id: str = ""
    user: UUID | None = None
    caller: UUID | None = None
    """The user who acts on behalf of `user`."""
    limit: str = ""
    """The limit that refused the request."""


class AccessLog:
    """Writes a line for each request to standard error."""

    def __init__(self, settings: LogSettings, write: Callable[[bytes], object] | None = None) -> None:
        self._least = logging.getLevelNamesMapping()[settings.level.upper()]
        self._render = msgspec.json.Encoder().encode if settings.format == "json" else _Text().render
        # One call writes one line, whole, however many threads and processes share the file.
        self._write_line = write or (lambda line: os.write(2, line))

    def write(self, request: Request, response: Response, seconds: float) -> None:
        """Write the line of an answered request."""
        level = logging.INFO
        if response.status >= 500:
            level = logging.ERROR
        elif request.route in _QUIET:
            level = logging.DEBUG
        if level < self._least:
            return
        line = _line(request, response, seconds, _NAMES[level])
        with contextlib.suppress(OSError):  # a log that cannot be written is no reason to fail a request
            self._write_line(self._render(line) + _NEWLINE)


_NAMES = {logging.DEBUG: "debug", logging.INFO: "info", logging.ERROR: "error"}


def _line(request: Request, response: Response, seconds: float, level: str) -> Line:
    actor, query = request.actor, request.query
    return Line(
        time=datetime.now(UTC),
        level=level,
        event="request",
        request_id=request.id,
        method=request.method[:20],
        path=without_values(request.environ.get("PATH_INFO", "")),
        status=response.status,
        duration_ms=round(seconds * 1000, 2),
        bytes=len(response.body),
        remote=request.address,
        options=_names(query) if query else "",
        client_request_id=request.client_id,
        user=actor.user_id if actor else None,
        caller=actor.caller_id if actor else None,
        limit=request.limit,
    )


def _names(query: str) -> str:
    """The options of a query without their values, which may name persons."""
    return "&".join([part.partition("=")[0][:40] for part in query[:2000].split("&", 20)[:20]])


class _Text:
    """Lines for people."""

    def __init__(self) -> None:
        self._steps = rendering("text")

    def render(self, line: Line) -> bytes:
        """The line as text."""
        event = msgspec.to_builtins(line)
        for step in self._steps:
            event = step(None, "info", event)
        return str(event).encode("utf-8", "replace")

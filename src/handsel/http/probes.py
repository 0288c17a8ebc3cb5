"""Health probes: whether the server lives, and whether it can work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handsel.http.request import Request
from handsel.http.response import Response, text_response


@dataclass(frozen=True, slots=True)
class Probes:
    """Answers /health and /ready."""

    is_ready: Callable[[], bool]
    note: Callable[[], str] | None = None
    """A sentence for people that /ready adds, or an empty text."""

    def respond(self, request: Request) -> Response | None:
        """The response to a probe; None for any other path."""
        path = request.path
        if path not in ("/health", "/ready"):
            return None
        request.route = path
        if path == "/health":
            return text_response("ok")
        note = self.note() if self.note is not None else ""
        more = f"\n{note}" if note else ""
        return text_response(f"ready{more}") if self.is_ready() else text_response(f"not ready{more}", 503)

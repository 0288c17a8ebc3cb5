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

    def respond(self, request: Request) -> Response | None:
        """The response to a probe; None for any other path."""
        path = request.path
        if path not in ("/health", "/ready"):
            return None
        request.route = path
        if path == "/health":
            return text_response("ok")
        return text_response("ready") if self.is_ready() else text_response("not ready", 503)

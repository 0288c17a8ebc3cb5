"""What machines ask every few seconds: whether the server lives, and whether it can work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handsel.http.request import Request
from handsel.http.response import Answer, text_answer


@dataclass(frozen=True, slots=True)
class Probes:
    """Answers /health and /ready."""

    is_ready: Callable[[], bool]

    def answer(self, request: Request) -> Answer | None:
        """The answer to a probe; None for any other path."""
        path = request.path
        if path not in ("/health", "/ready"):
            return None
        request.route = path
        if path == "/health":
            return text_answer("ok")
        return text_answer("ready") if self.is_ready() else text_answer("not ready", 503)

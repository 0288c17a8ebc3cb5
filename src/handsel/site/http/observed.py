"""The layer that sees every request: counts it, times it, and tells the log of it."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from structlog.typing import FilteringBoundLogger

from handsel.site.http.metrics import Metrics
from handsel.webapi.answer import Answer
from handsel.webapi.http.request import Handler, Request, without_values

_QUIET = frozenset(("/health", "/ready", "/metrics"))
"""What machines ask every few seconds: told at the level debug only, unless it fails."""


class Observed:
    """The layer. Without a log, requests are only counted."""

    def __init__(self, metrics: Metrics, log: FilteringBoundLogger | None) -> None:
        self.metrics = metrics
        self.log = log

    def __call__(self, handler: Handler) -> Handler:
        """Watch over a handler that never raises."""
        metrics, log = self.metrics, self.log

        def observed(request: Request) -> Answer:
            started = time.perf_counter()
            metrics.running.inc()
            answer = handler(request)
            metrics.running.dec()
            seconds = time.perf_counter() - started
            metrics.count(request, answer.status, seconds)
            if log is not None:
                # A log that cannot be written is no reason to fail a request.
                with contextlib.suppress(OSError, ValueError):
                    _tell(log, request, answer, seconds)
            return answer

        return observed


def _tell(log: FilteringBoundLogger, request: Request, answer: Answer, seconds: float) -> None:
    """One line for the request; nothing in it is a secret or the content of a row."""
    told: dict[str, Any] = {
        "request_id": request.id,
        "method": request.method[:20],
        "path": without_values(request.environ.get("PATH_INFO", "")),
        "status": answer.status,
        "duration_ms": round(seconds * 1000, 2),
        "bytes": len(answer.body),
        "remote": request.address,
    }
    if request.query:
        told["options"] = _names(request.query)
    if request.client_id:
        told["client_request_id"] = request.client_id
    if request.actor is not None:
        told["user"] = str(request.actor.user_id)
        if request.actor.caller_id is not None:
            told["caller"] = str(request.actor.caller_id)
    if request.limit:
        told["limit"] = request.limit
    if answer.status >= 500:
        log.error("request", **told)
    elif request.route in _QUIET:
        log.debug("request", **told)
    else:
        log.info("request", **told)


def _names(query: str) -> str:
    """The options of a query without their values, which may name persons."""
    return "&".join(part.partition("=")[0][:40] for part in query[:2000].split("&")[:20])

"""The layer that sees every request: counts it, times it, and has the log tell of it."""

from __future__ import annotations

import time

from handsel.http.access_log import AccessLog
from handsel.http.metrics import Metrics
from handsel.http.request import Handler, Request
from handsel.http.response import Response


class Observed:
    """The layer. Without a log, requests are only counted."""

    def __init__(self, metrics: Metrics, log: AccessLog | None) -> None:
        self.metrics = metrics
        self.log = log

    def __call__(self, handler: Handler) -> Handler:
        """Watch over a handler that never raises."""
        metrics, log = self.metrics, self.log

        def observed(request: Request) -> Response:
            started = time.perf_counter()
            metrics.running.inc()
            answer = handler(request)
            metrics.running.dec()
            seconds = time.perf_counter() - started
            metrics.count(request, answer.status, seconds)
            if log is not None:
                log.tell(request, answer, seconds)
            return answer

        return observed

"""Middleware that counts, times and logs every request."""

from __future__ import annotations

import time

from handsel.http.access_log import AccessLog
from handsel.http.metrics import Metrics
from handsel.http.request import Handler, Request
from handsel.http.response import Response


class Instrumentation:
    """The middleware. Without a log, requests are only counted."""

    def __init__(self, metrics: Metrics, log: AccessLog | None) -> None:
        self.metrics = metrics
        self.log = log

    def __call__(self, handler: Handler) -> Handler:
        """Wrap a handler that never raises."""
        metrics, log = self.metrics, self.log

        def instrumented(request: Request) -> Response:
            started = time.perf_counter()
            metrics.running.inc()
            response = handler(request)
            metrics.running.dec()
            seconds = time.perf_counter() - started
            metrics.count(request, response.status, seconds)
            if log is not None:
                log.write(request, response, seconds)
            return response

        return instrumented

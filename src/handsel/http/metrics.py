"""The metrics for Prometheus at /metrics; the numbers of all worker processes are added.

`handsel serve` sets the directory that the processes share (PROMETHEUS_MULTIPROC_DIR). For another WSGI server with
several processes the administrator must set it, as prometheus_client describes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from handsel.errors import PrivilegeDenied
from handsel.http.forwarded import Network, is_among, was_forwarded
from handsel.http.request import Request
from handsel.http.response import Response

PATH = "/metrics"

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
_METHODS = frozenset(("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"))


class Metrics:
    """The numbers, and the networks that may read them."""

    def __init__(self, allow: Sequence[Network]) -> None:
        self.allow = allow
        self._registry = CollectorRegistry()
        # The number of requests is this histogram's count: a second counter would cost time on every request.
        self._duration = Histogram(
            "handsel_request_duration_seconds",
            "From a request's arrival to its answer.",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._limited = Counter(
            "handsel_limited_requests", "Requests refused by a limit.", ("limit",), registry=self._registry
        )
        self.running = Gauge(
            "handsel_requests_running",
            "Requests being answered.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        # Looking up a labelled number costs more than counting, and few combinations occur.
        self._known: dict[tuple[str, str, int], Histogram] = {}

    def count(self, request: Request, status: int, seconds: float) -> None:
        """Count an answered request."""
        method = request.method if request.method in _METHODS else "other"
        route = request.route or "other"
        kind = status // 100
        duration = self._known.get((method, route, kind))
        if duration is None:
            duration = self._known[method, route, kind] = self._duration.labels(method, route, f"{kind}xx")
        duration.observe(seconds)
        if request.limit:
            self._limited.labels(request.limit).inc()

    def respond(self, request: Request) -> Response | None:
        """The page /metrics; None for any other path. Raises PrivilegeDenied for an address that may not read it.

        A proxy on this machine makes every caller look local. So a request through a proxy is judged by the address
        that a trusted proxy reports, and refused if no trusted proxy reports one.
        """
        if request.path != PATH:
            return None
        request.route = PATH
        hidden = was_forwarded(request.environ) and request.address == request.environ.get("REMOTE_ADDR")
        if hidden or not is_among(request.address, self.allow):
            raise PrivilegeDenied(
                "Your address may not read the metrics. The configuration says whose: [metrics] allow."
            )
        registry = self._registry
        if DIRECTORY in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return Response(200, {"Content-Type": CONTENT_TYPE_LATEST}, generate_latest(registry))

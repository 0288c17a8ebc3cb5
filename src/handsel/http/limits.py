"""Rate limits of one user: requests, execution time and concurrency, answered with 429 (Web API 11).

Each user has a window that starts with the first request; after it, counting starts anew. A $batch counts once,
as in Dataverse; its execution time counts in full. Every process of a server counts separately, as Dataverse's web
servers do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Annotated

import msgspec

from handsel.errors import Code
from handsel.http.errors import TooManyRequests
from handsel.http.windows import Usage, Windows

Count = Annotated[int, msgspec.Meta(ge=0)]


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The limits of one user in a window: `[limits]` of the configuration. Zero switches a limit off.

    The defaults only stop runaway programs. Dynamics 365 itself allows 6000 requests, 1200 s and 52 at once.
    """

    requests: Count = 120_000
    """Requests in a window; a $batch is one."""
    execution: Count = 1200
    """Execution time of all requests in a window together, in seconds."""
    concurrency: Count = 52
    """Requests running at once."""
    window: Annotated[int, msgspec.Meta(ge=1, le=86_400)] = 300
    """The length of a window, in seconds."""
    bad_tokens: Count = 100
    """Requests with a token that is unknown or expired, from one address in a window."""


class Limits:
    """The limits of every user."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self.allowance = allowance
        self._clock = clock
        self._lock = threading.Lock()
        self._windows = Windows(allowance.window)

    def enter(self, user: Hashable) -> tuple[Usage, float]:
        """Count a request that starts; pass the result to `leave`. Raises TooManyRequests above a limit."""
        now, allowed = self._clock(), self.allowance
        with self._lock:
            usage = self._windows.of(user, now)
            if allowed.concurrency and usage.running >= allowed.concurrency:
                raise _too_many_at_once(allowed)
            if allowed.requests and usage.requests >= allowed.requests:
                raise _too_many(allowed, usage.wait(now))
            if allowed.execution and usage.seconds >= allowed.execution:
                raise _too_long(allowed, usage.wait(now))
            usage.requests += 1
            usage.running += 1
        return usage, now

    def leave(self, entered: tuple[Usage, float], headers: dict[str, str]) -> None:
        """Count the request's time, and set the response's headers with what remains, as Dataverse does."""
        usage, started = entered
        with self._lock:
            usage.running -= 1
            usage.seconds += self._clock() - started
            requests, seconds = self.allowance.requests - usage.requests, self.allowance.execution - usage.seconds
        if self.allowance.requests:
            headers["x-ms-ratelimit-burst-remaining-xrm-requests"] = str(max(0, requests))
        if self.allowance.execution:
            headers["x-ms-ratelimit-time-remaining-xrm-requests"] = f"{max(0.0, seconds):,.2f}"


def _too_many(allowed: Allowance, wait: int) -> TooManyRequests:
    return TooManyRequests(
        f"Number of requests exceeded the limit of {allowed.requests} over time window of {allowed.window} seconds. "
        f"Try again in {wait} seconds.",
        Code.THROTTLING_BURST_REQUEST_LIMIT_EXCEEDED,
        limit="requests",
        retry_after=wait,
    )


def _too_long(allowed: Allowance, wait: int) -> TooManyRequests:
    return TooManyRequests(
        f"Combined execution time of incoming requests exceeded limit of {allowed.execution * 1000:,} milliseconds "
        f"over time window of {allowed.window} seconds. Try again in {wait} seconds, with fewer or shorter requests.",
        Code.THROTTLING_TIME_EXCEEDED,
        limit="execution",
        retry_after=wait,
    )


def _too_many_at_once(allowed: Allowance) -> TooManyRequests:
    return TooManyRequests(
        f"Number of concurrent requests exceeded the limit of {allowed.concurrency}. Try again when one has ended.",
        Code.THROTTLING_CONCURRENCY_LIMIT_EXCEEDED,
        limit="concurrency",
        retry_after=1,
    )

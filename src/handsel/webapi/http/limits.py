"""How much one user may ask for: requests, execution time and concurrency, answered by 429 (Web API 11).

Each user has a window that starts with the first request and is counted anew when it has passed. A $batch counts once,
as in Dataverse; its execution time counts in full. Every process of a server counts for itself, as Dataverse's web
servers do.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Annotated

import msgspec

from handsel.errors import Code
from handsel.webapi.protocol.errors import TooManyRequests

MOST = 10_000
"""Users or addresses remembered at once; the one unseen for longest is forgotten first."""


Count = Annotated[int, msgspec.Meta(ge=0)]


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one user may use in a window: `[limits]` of the configuration. Zero switches a limit off.

    The defaults only stop what runs away. Dynamics 365 itself allows 6000 requests, 1200 s and 52 at once.
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


@dataclass(slots=True)
class Usage:
    """What somebody has used in the window that ends at `ends` (seconds of the clock)."""

    ends: float
    requests: int = 0
    seconds: float = 0.0
    running: int = 0

    def wait(self, now: float) -> int:
        """Whole seconds until the window has passed, at least one."""
        return max(1, math.ceil(self.ends - now))


class Windows:
    """The usages by user or address, a bounded number of them. The caller holds the lock."""

    def __init__(self, length: float) -> None:
        self.length = length
        self._known: OrderedDict[Hashable, Usage] = OrderedDict()

    def of(self, who: Hashable, now: float) -> Usage:
        """The usage in the running window."""
        usage = self._known.get(who)
        if usage is None:
            usage = self._known[who] = Usage(now + self.length)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
            return usage
        self._known.move_to_end(who)
        if now >= usage.ends:
            usage.ends, usage.requests, usage.seconds = now + self.length, 0, 0.0
        return usage


class Limits:
    """The limits of every user."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self.allowance = allowance
        self._clock = clock
        self._lock = threading.Lock()
        self._windows = Windows(allowance.window)

    def enter(self, user: Hashable) -> tuple[Usage, float]:
        """Count a request that starts; give the result to `leave`. Raises TooManyRequests for one too many."""
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
        """Count the request's time, and say in the answer's headers what is left, as Dataverse does."""
        usage, started = entered
        with self._lock:
            usage.running -= 1
            usage.seconds += self._clock() - started
            requests, seconds = self.allowance.requests - usage.requests, self.allowance.execution - usage.seconds
        if self.allowance.requests:
            headers["x-ms-ratelimit-burst-remaining-xrm-requests"] = str(max(0, requests))
        if self.allowance.execution:
            headers["x-ms-ratelimit-time-remaining-xrm-requests"] = f"{max(0.0, seconds):,.2f}"


class FailureThrottle:
    """So many failures from one address in a window; from then on a refusal says to wait. Zero switches it off."""

    def __init__(self, failures: int, window: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.failures = failures
        self._clock = clock
        self._lock = threading.Lock()
        self._windows = Windows(window)

    def failed(self, address: str) -> None:
        """Count a failure. Raises TooManyRequests for one too many."""
        if not self.failures:
            return
        now = self._clock()
        with self._lock:
            usage = self._windows.of(neighbourhood(address), now)
            usage.requests += 1
            too_many, wait = usage.requests > self.failures, usage.wait(now)
        if too_many:
            raise TooManyRequests(
                f"Too many requests with an unknown or expired token came from your address. Try again in {wait} s "
                "with a valid one.",
                Code.THROTTLING_BURST_REQUEST_LIMIT_EXCEEDED,
                limit="tokens",
                retry_after=wait,
            )


def neighbourhood(address: str) -> str:
    """An address, or the network of an IPv6 one: its owner has 2^64 addresses in it to play with."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))


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

"""A brake on failed client authentications: counted for a minute, in this process, in bounded memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from handsel.webapi.http.limits import Windows, neighbourhood

WINDOW = 60
"""Seconds, from the first failure on."""

FAILURES = 10
"""How many a client id, or an address, may have in a window before they are told to wait."""


class FailureThrottle:
    """Counts failures by client id and by address.

    Only failures are told to wait. A secret of 256 random bits is not guessed however often one tries, and to refuse
    the right one as well would let anybody who knows a client's id, which is no secret, keep its owner out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._clients, self._addresses = Windows(WINDOW), Windows(WINDOW)

    def failed(self, client_id: str, address: str) -> int:
        """Count a failure. For how many seconds the caller has to wait: 0 for not yet."""
        now = self._clock()
        with self._lock:
            usages = (self._clients.of(client_id, now), self._addresses.of(neighbourhood(address), now))
            for usage in usages:
                usage.requests += 1
            return max((usage.wait(now) for usage in usages if usage.requests > FAILURES), default=0)

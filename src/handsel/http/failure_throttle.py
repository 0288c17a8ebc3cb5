"""Rate limit for failed sign-ins: after too many in a window, the caller must wait. Counted in this process."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable

from handsel.http.windows import Windows


class FailureThrottle:
    """Counts failures by address and, if the caller names itself, by that name too.

    Only failed attempts are throttled. A secret of 256 random bits cannot be guessed by trying, and to refuse the right
    secret too would let everyone who knows a client's id, which is no secret, lock its owner out.
    """

    def __init__(self, failures: int, window: int, clock: Callable[[], float] = time.monotonic) -> None:
        """At most `failures` in a window of `seconds`, which starts with the first one. Zero failures switch it off."""
        self.failures = failures
        self._clock = clock
        self._lock = threading.Lock()
        self._addresses, self._principals = Windows(window), Windows(window)

    def failed(self, address: str, principal: str | None = None) -> int:
        """Count a failure; `principal` is who the caller claims to be. Returns seconds to wait, 0 below the limit."""
        if not self.failures:
            return 0
        now = self._clock()
        with self._lock:
            usages = [self._addresses.of(neighbourhood(address), now)]
            if principal is not None:
                usages.append(self._principals.of(principal, now))
            for usage in usages:
                usage.requests += 1
            return max((usage.wait(now) for usage in usages if usage.requests > self.failures), default=0)


def neighbourhood(address: str) -> str:
    """An address, or the network of an IPv6 one: its owner has 2^64 addresses to try from."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))

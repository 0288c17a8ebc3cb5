"""Failed sign-ins: whoever fails too often in a window is told to wait. Counted in this process, in bounded memory."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable

from handsel.http.windows import Windows


class FailureThrottle:
    """Counts failures by address and, where the caller says who it is, by that name too.

    Only failures are told to wait. A secret of 256 random bits is not guessed however often one tries, and to refuse
    the right one as well would let anybody who knows a client's id, which is no secret, keep its owner out.
    """

    def __init__(self, failures: int, window: int, clock: Callable[[], float] = time.monotonic) -> None:
        """So many failures in a window of so many seconds, from the first one on. Zero failures switch it off."""
        self.failures = failures
        self._clock = clock
        self._lock = threading.Lock()
        self._addresses, self._principals = Windows(window), Windows(window)

    def failed(self, address: str, principal: str | None = None) -> int:
        """Count a failure; `principal` is who the caller claims to be. Seconds to wait from now on: 0 for not yet."""
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
    """An address, or the network of an IPv6 one: its owner has 2^64 addresses in it to play with."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))

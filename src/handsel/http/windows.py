"""Usage by users and addresses in windows of time, for limits and throttles, in bounded memory."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

MOST = 10_000
"""The largest number of users or addresses remembered; the least recently seen is forgotten first."""


@dataclass(slots=True)
class Usage:
    """The usage in the window that ends at `ends` (seconds of the clock)."""

    ends: float
    requests: int = 0
    seconds: float = 0.0
    running: int = 0

    def wait(self, now: float) -> int:
        """Whole seconds until the end of the window, at least one."""
        return max(1, math.ceil(self.ends - now))


class Windows:
    """A bounded number of usages by user or address. The caller must hold the lock."""

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

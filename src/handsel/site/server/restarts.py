"""What the main process knows of its workers and every worker tells at /ready; and when a dead one is started again."""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime

FORGIVEN = 60.0
"""Seconds after which a death is forgotten."""

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
"""Seconds until a worker that had served is started again: none the first time, then doubled from one to the other."""

LONGEST_FAILING_PAUSE = 30.0
MOST_FAILURES = 10
"""So many workers in a row that never served end the server."""


class Workers:
    """Numbers in memory that all processes share. Only the main process writes them."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self._numbers = multiprocessing.RawArray("d", 3)

    @property
    def running(self) -> int:
        """Workers that accept connections."""
        return int(self._numbers[0])

    @running.setter
    def running(self, count: int) -> None:
        self._numbers[0] = count

    @property
    def restarts(self) -> int:
        """Workers that died and were started again."""
        return int(self._numbers[1])

    def count_restart(self) -> None:
        """Count one, now."""
        self._numbers[1] += 1
        self._numbers[2] = time.time()

    def note(self) -> str:
        """A sentence for /ready; empty as long as no worker died."""
        if not self.restarts:
            return ""
        last = datetime.fromtimestamp(self._numbers[2], UTC).isoformat(timespec="seconds")
        times = "once" if self.restarts == 1 else f"{self.restarts} times"
        return (
            f"{self.running} of {self.wanted} workers run. A worker died and was started again {times}, "
            f"the last time at {last}."
        )


class Backoff:
    """The pauses of one worker."""

    def __init__(self) -> None:
        self.failures = 0
        """Deaths in a row before it served."""
        self._deaths: list[float] = []

    def pause(self, now: float, *, has_served: bool) -> float:
        """Seconds to wait after a death at `now`."""
        self._deaths = [moment for moment in self._deaths if now - moment < FORGIVEN]
        earlier = len(self._deaths)
        self._deaths.append(now)
        self.failures = 0 if has_served else self.failures + 1
        longest = LONGEST_PAUSE if has_served else LONGEST_FAILING_PAUSE
        return min(longest, FIRST_PAUSE * 2 ** (earlier - 1)) if earlier else 0.0

    @property
    def is_hopeless(self) -> bool:
        """Whether it never served, many times."""
        return self.failures >= MOST_FAILURES

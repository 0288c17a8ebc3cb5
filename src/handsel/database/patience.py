"""How long a call may wait for locks: all its waits together, however many parts or tries it has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LOCK_SECONDS = 5.0
"""The time after which a wait for a row, a file or a turn is given up."""


ROW_MILLISECONDS = 500
"""The limit of a single wait for a row, for each second that a call may wait: half of it. Where several wait for a row,
each of them waits twice: to be the next one, and then for the row."""


class Patience:
    """What is left of the waiting time of a call."""

    __slots__ = ("_left",)

    def __init__(self, seconds: float = LOCK_SECONDS) -> None:
        self._left = seconds

    @property
    def left(self) -> float:
        """Seconds, never less than zero."""
        return max(0.0, self._left)

    def spend(self, seconds: float) -> None:
        """Count a wait that has ended."""
        self._left -= seconds

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Count the time of a block that only waits; it is given the seconds that it may take."""
        began = time.monotonic()
        try:
            yield self.left
        finally:
            self.spend(time.monotonic() - began)


_current: ContextVar[Patience | None] = ContextVar("handsel_patience", default=None)


def patience() -> Patience:
    """That of the running call; outside of one, each work has its own."""
    return _current.get() or Patience()


@contextmanager
def one_patience() -> Iterator[None]:
    """Let all waits inside a block share one."""
    token = _current.set(Patience())
    try:
        yield
    finally:
        _current.reset(token)

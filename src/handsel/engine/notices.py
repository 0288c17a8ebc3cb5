"""The notices of messages that were done, for the surface that sent them: whoever collects gets those of its block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from handsel.database.row import Notice

_collected: ContextVar[list[Notice] | None] = ContextVar("handsel_notices", default=None)


@contextmanager
def collected_notices() -> Iterator[list[Notice]]:
    """The notices of every message that is done inside the block, in order. Refused messages have none."""
    notices: list[Notice] = []
    token = _collected.set(notices)
    try:
        yield notices
    finally:
        _collected.reset(token)


def report(notices: Iterable[Notice]) -> None:
    """Hand notices to the innermost block that collects them, if there is one."""
    collected = _collected.get()
    if collected is not None:
        collected.extend(notices)

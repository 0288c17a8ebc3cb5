"""Waiting for events: PostgreSQL tells one when no older transaction runs any more, in other tests either."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(look: Callable[[], list[T]], count: int = 1) -> list[T]:
    """Wait up to a minute until `look` sees `count` events or more; what it saw last."""
    deadline = time.monotonic() + 60
    while len(seen := look()) < count and time.monotonic() < deadline:
        time.sleep(0.05)  # nothing tells when those transactions have ended
    return seen

"""Primary keys: time-ordered UUIDs (version 7), monotonic within a process, so that lines keep their order."""

from __future__ import annotations

import os
import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_COUNTER_BITS = 74


def new_keys(count: int) -> list[UUID]:
    """`count` new keys in ascending order, all greater than the keys that this process made before."""
    global _last
    with _lock:
        now = time.time_ns() // 1_000_000
        start = max(_last + 1, (now << _COUNTER_BITS) | secrets.randbits(_COUNTER_BITS - 1))
        keys = [_uuid(start + step) for step in range(count)]
        _last = start + count
    return keys


def new_key() -> UUID:
    """One new key."""
    return new_keys(1)[0]


def _uuid(counter: int) -> UUID:
    high = counter >> _COUNTER_BITS
    low = counter & ((1 << _COUNTER_BITS) - 1)
    number = (high << 80) | _VERSION | ((low >> 62) << 64) | _VARIANT | (low & ((1 << 62) - 1))
    return UUID(int=number)


def _forget_after_fork() -> None:
    global _last
    _last = 0


os.register_at_fork(after_in_child=_forget_after_fork)

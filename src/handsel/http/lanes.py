"""Connections for requests: a few for those that read, a few for those that write, one for the probe.

A request holds a connection only while it uses the database, and waits for one in the queue of its kind. So writers who
wait for a lock keep no reader waiting, and the number of threads, many of which only wait, does not multiply the
connections. A queue is bounded in length and in time: who finds it full, or waits in vain, is told to come again. As
there are more threads than all queues can hold, one is always left to answer /health.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.patience import patience
from handsel.errors import Busy, HandselError

WAITING = 48
"""How many requests of a kind may wait for a connection."""

SPARE = 16
"""Threads beyond: for probes, metrics, refusals, and requests that wait for something other than a connection."""


class Lanes(Protocol):
    """Lends the running thread a connection, for the length of a block. Raises Busy when there is none in time."""

    def reading(self) -> AbstractContextManager[None]:
        """For a request that reads."""

    def writing(self) -> AbstractContextManager[None]:
        """For a request that may write."""

    def probing(self) -> AbstractContextManager[None]:
        """For the probe."""


class OwnConnections:
    """No lanes: each thread has its own connection, as where another server runs the application."""

    def reading(self) -> AbstractContextManager[None]:
        """Nothing to wait for."""
        return nullcontext()

    writing = probing = reading


@dataclass(frozen=True, slots=True)
class SharedConnections:
    """The lanes of a server that has as many threads as they need."""

    _reading: Lane
    _writing: Lane
    _probing: Lane

    @classmethod
    def of(cls, alias: str, places: int) -> SharedConnections:
        """`places` requests of a kind use the database at once."""
        return cls(Lane(alias, places, WAITING), Lane(alias, places, WAITING), Lane(alias, 1, 4))

    def reading(self) -> AbstractContextManager[None]:
        """See `Lanes`."""
        return self._reading.entered()

    def writing(self) -> AbstractContextManager[None]:
        """See `Lanes`."""
        return self._writing.entered()

    def probing(self) -> AbstractContextManager[None]:
        """See `Lanes`."""
        return self._probing.entered()


def threads_for(places: int) -> int:
    """How many threads a process needs so that all lanes may be full and some threads are left."""
    return 2 * (places + WAITING) + SPARE


class Lane:
    """Some connections and the queue for them."""

    def __init__(self, alias: str, places: int, waiting: int) -> None:
        self._alias = alias
        self._free: queue.LifoQueue[BaseDatabaseWrapper | None] = queue.LifoQueue()  # the latest one is warm
        for _ in range(places):
            self._free.put(None)  # opened when it is needed
        self._most = places + waiting
        self._present = 0
        self._lock = threading.Lock()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Lend this thread a connection. Raises Busy when the queue is full, or does not move in time."""
        with self._lock:
            if self._present >= self._most:
                raise Busy("The server has more requests than it can hold. Try again in a moment.")
            self._present += 1
        try:
            connection = self._taken()
            try:
                connections[self._alias] = connection
                yield
            except HandselError:
                raise
            except BaseException:
                if not connection.in_atomic_block:
                    connection.close()  # its state is unknown
                raise
            finally:
                del connections[self._alias]
                self._free.put(connection)
        finally:
            with self._lock:
                self._present -= 1

    def _taken(self) -> BaseDatabaseWrapper:
        try:
            with patience().waiting() as seconds:
                found = self._free.get(timeout=seconds)
        except queue.Empty:
            raise Busy("Other requests kept all connections to the database for too long. Try again.") from None
        if found is not None:
            return found
        made: BaseDatabaseWrapper = connections.create_connection(self._alias)
        made.inc_thread_sharing()
        return made

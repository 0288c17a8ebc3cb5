"""Ends connections that hold the server up: requests that arrive too slowly, answers that are not taken, too many.

Only what is unfinished is watched. A request that arrives at once costs nothing here; no thread waits for another.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from handsel.http.failure_throttle import neighbourhood
from handsel.http.forwarded import Network, is_among
from handsel.site.server.limits import ConnectionLimits

log = logging.getLogger(__name__)

SETTLING = 1.0
"""Seconds after which something unfinished counts against its address: many clients may connect at one moment."""

STOP_GRACE = 5.0
"""Seconds in which an answer must be taken once the server stops."""


class Part(Enum):
    """The unfinished part of an exchange."""

    HEAD = "head"
    BODY = "body"
    ANSWER = "answer"


class Ending(Enum):
    """Why a connection is ended."""

    SLOW = "too slow"
    CUT = "the caller sends no more"
    MANY = "too many of its address"
    FULL = "no room for more connections"
    MEMORY = "too many bytes of unfinished requests"
    STOPPING = "the server stops"


class Connection(Protocol):
    """What the guard needs to know of a connection."""

    address: str
    received: int
    """Bytes that were received since the unfinished part began."""
    buffered: int
    """Bytes of bodies that are held in memory."""
    pending: int
    """Requests that arrived as a whole and are not answered yet."""

    def unsent(self) -> int:
        """Bytes of the answer that the caller has not taken yet."""

    def end(self, why: Ending) -> None:
        """End the connection, or what is unfinished in it."""


@dataclass(slots=True)
class _Held:
    part: Part
    since: float
    unsent: int


class Guard:
    """The connections of one worker. All its methods are called on the event loop."""

    def __init__(
        self,
        limits: ConnectionLimits,
        *,
        exempt: Sequence[Network] = (),
        most: int,
        memory: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """At most `most` connections and `memory` bytes of bodies; the limit by address is not for `exempt`."""
        self.limits = limits
        self.most = most
        self.memory = memory
        self.stopping = False
        self._exempt = exempt
        self._clock = clock
        self._connections: dict[Connection, None] = {}
        """The least recently used one first."""
        self._held: dict[Connection, _Held] = {}
        """The oldest unfinished one first."""
        self._buffered = 0

    def opened(self, connection: Connection) -> None:
        """A connection was accepted; its first request is unfinished. If there is no room, another one must go."""
        if len(self._connections) >= self.most:
            self._victim(connection).end(Ending.FULL)
        self._connections[connection] = None
        self.watch(connection, Part.HEAD)

    def closed(self, connection: Connection) -> None:
        """It is gone."""
        self._connections.pop(connection, None)
        self._held.pop(connection, None)
        self.release(connection)

    def watch(self, connection: Connection, part: Part) -> None:
        """Something is unfinished from now on; the same part again changes nothing."""
        held = self._held.get(connection)
        if held is not None and held.part is part:
            return
        if held is not None:
            del self._held[connection]
        connection.received = 0
        unsent = connection.unsent() if part is Part.ANSWER else 0
        self._held[connection] = _Held(part, self._clock(), unsent)

    def finished(self, connection: Connection) -> None:
        """Nothing is unfinished any more."""
        self._held.pop(connection, None)
        self._connections.pop(connection, None)
        self._connections[connection] = None

    def buffer(self, connection: Connection, size: int) -> None:
        """Count bytes of a body. If they are too many, the unfinished request of whoever holds most is ended."""
        connection.buffered += size
        self._buffered += size
        if self._buffered > self.memory:
            self._greediest(connection).end(Ending.MEMORY)

    def release(self, connection: Connection) -> None:
        """The bodies of a connection are no longer held."""
        self._buffered -= connection.buffered
        connection.buffered = 0

    def sweep(self) -> None:
        """End what is too slow or too much. Called again and again."""
        now = self._clock()
        ended: dict[Ending, int] = defaultdict(int)
        owners: dict[str, list[Connection]] = defaultdict(list)
        for connection, held in list(self._held.items()):
            age = now - held.since
            if held.part is not Part.ANSWER and connection.pending:
                continue  # an earlier request of this connection is being answered
            if self._is_slow(connection, held, age):
                connection.end(Ending.SLOW)
                ended[Ending.SLOW] += 1
            elif age >= SETTLING:
                owners[neighbourhood(connection.address)].append(connection)
        for address, connections in owners.items():
            excess = len(connections) - self.limits.unfinished
            if excess > 0 and not is_among(address.partition("/")[0], self._exempt):
                for connection in connections[:excess]:
                    connection.end(Ending.MANY)
                ended[Ending.MANY] += excess
        for why, count in ended.items():
            log.warning("Ended %d connections: %s.", count, why.value)

    def stop(self) -> None:
        """End what never became a request, and give answers little time to be taken."""
        self.stopping = True
        now = self._clock()
        for connection, held in list(self._held.items()):
            if held.part is Part.ANSWER:
                held.since, held.unsent = now, connection.unsent()
            elif not connection.pending and not self.is_new(connection):
                connection.end(Ending.STOPPING)
                held.since = now

    def is_new(self, connection: Connection) -> bool:
        """Whether a head began to arrive a moment ago, so that the rest may be on its way."""
        held = self._held.get(connection)
        return held is not None and held.part is Part.HEAD and self._clock() - held.since < SETTLING

    def _is_slow(self, connection: Connection, held: _Held, age: float) -> bool:
        limits = self.limits
        if held.part is Part.HEAD:
            return age > (SETTLING if self.stopping else limits.head)
        if held.part is Part.BODY and self.stopping:
            return age > SETTLING  # it got its refusal, but TLS waits for the caller's farewell
        if held.part is Part.BODY:
            return age > limits.body or (age > limits.grace and connection.received < limits.rate * age)
        taken = held.unsent - connection.unsent()
        if self.stopping:
            return age > STOP_GRACE
        return age > limits.answer or (age > limits.grace and taken < limits.rate * age)

    def _victim(self, newcomer: Connection) -> Connection:
        """The connection that must go for a new one: the oldest unfinished one, else the one idle for the longest."""
        for connection in self._held:
            return connection
        for connection in self._connections:
            if not connection.pending:
                return connection
        return newcomer

    def _greediest(self, newest: Connection) -> Connection:
        """The oldest unfinished body of the address whose bodies take most memory."""
        owners: dict[str, list[Connection]] = defaultdict(list)
        for connection, held in self._held.items():
            if held.part is Part.BODY and connection.buffered:
                owners[neighbourhood(connection.address)].append(connection)
        if not owners:
            return newest
        return max(owners.values(), key=lambda all: sum(each.buffered for each in all))[0]

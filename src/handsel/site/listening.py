"""The address a server listens at, taken before any worker starts: a busy port gives one clear error.

All workers accept from this one socket. If one dies, connections wait for another instead of being lost.
"""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass

from handsel.errors import SetupError

MOST_TRIED = 100
"""The number of ports that are tried, if the next free one is accepted."""


BACKLOG = 2048
"""Connections that may wait to be accepted."""


@dataclass(frozen=True, slots=True)
class BoundAddress:
    """A numeric address and a port at which this server listens. `close` gives it up."""

    host: str
    port: int
    listener: socket.socket

    def close(self) -> None:
        """Give up the port."""
        self.listener.close()


def take(host: str, port: int, *, next_free: bool = False) -> BoundAddress:
    """Bind a port, any free one for port 0; with `next_free` the first free one from there.

    Raises SetupError, which says why it cannot be bound.
    """
    family, address = _resolved(host)
    last = min(port + MOST_TRIED - 1, 65_535) if next_free and port else port
    for number in range(port, last + 1):
        try:
            return _taken(family, address, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise SetupError(f"Cannot listen at {host}, port {number}: {error.strerror}.") from error
    if last > port:
        raise SetupError(f"The ports {port} to {last} at {host} are all in use. Take another one with --port.")
    raise SetupError(
        f"Port {port} at {host} is in use. Take another one with --port, any free one with --port 0, or the next free "
        "one with --next-port."
    )


def _resolved(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise SetupError(f"'{host}' names no address. Take one such as 127.0.0.1 or 0.0.0.0.") from error
    return family, str(address[0])


def _taken(family: socket.AddressFamily, address: str, port: int) -> BoundAddress:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # Lingering connections of an earlier server do not matter, but every server that listens does.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    number: int = listener.getsockname()[1]
    return BoundAddress(address, number, listener)

"""The address a server listens on, bound before any worker starts, so that a busy port gives one clear error."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass

from handsel.errors import SetupError

MOST_TRIED = 100
"""The number of ports that are tried, if the next free one is accepted."""


@dataclass(frozen=True, slots=True)
class BoundAddress:
    """A numeric address and a port that is bound by this server. `close` gives it up."""

    host: str
    port: int
    held: socket.socket | None

    def close(self) -> None:
        """Give up the port."""
        if self.held is not None:
            self.held.close()


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
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Lingering connections of an earlier server do not matter, but every server that listens does.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((address, port))
        number: int = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()  # on other systems this socket would block the server's
            return BoundAddress(address, number, None)
        # From now on the workers, which share the port among themselves, may bind it too, and no other server.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        held.close()
        raise
    return BoundAddress(address, number, held)

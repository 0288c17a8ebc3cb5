"""The address a server listens at, taken before any worker starts, so that a busy port is refused in one sentence."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass

from handsel.errors import SetupError

MOST_TRIED = 100
"""Ports tried one after the other, when the next free one will do."""


@dataclass(frozen=True, slots=True)
class BoundAddress:
    """A numeric address and a port that is this server's own. `close` gives it up."""

    host: str
    port: int
    held: socket.socket | None

    def close(self) -> None:
        """Let others have the port."""
        if self.held is not None:
            self.held.close()


def take(host: str, port: int, *, next_free: bool = False) -> BoundAddress:
    """Take a port, any free one for port 0; with `next_free` the first free one from there.

    Raises SetupError that says why it cannot be had.
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
        # Not disturbed by connections of an earlier server that still linger, but by every server that listens.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((address, port))
        number: int = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()  # elsewhere the server's own socket would be in the way
            return BoundAddress(address, number, None)
        # From now on the workers, which share the port among themselves, may bind it too, and no other server.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        held.close()
        raise
    return BoundAddress(address, number, held)

"""Requests over https by kept connections, one for each thread and server, with a time limit; no redirects, no retries.

Every failure is an Unreachable with a sentence. `Lost` is one where the request may have been carried out.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock, local
from urllib.parse import SplitResult, urlsplit

from handsel.connectors.contract import Unreachable
from handsel.errors import InvalidArgument, abbreviated
from handsel.http.naming import is_loopback

SECONDS = 60.0
"""How long an answer may take."""
_MOST_BYTES = 64 * 1024 * 1024


class Lost(Unreachable):
    """The connection ended, or the time, before there was an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes


class Wire:
    """Connections to servers. Any number of threads may ask at once."""

    def __init__(self) -> None:
        self._own = local()
        self._all: set[http.client.HTTPConnection] = set()
        self._lock = Lock()

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        repeatable: bool = False,
    ) -> Answer:
        """Send a request; its answer, whatever the status. Raises Unreachable, and Lost where it may have arrived.

        A read, and what is `repeatable`, goes again by a new connection if the kept one turns out to have been closed.
        """
        parts = urlsplit(address)
        connection, is_kept = self._connection(parts)
        try:
            return _exchange(connection, method, parts, headers, body)
        except Lost:
            self._drop(parts, connection)
            if not is_kept or not (repeatable or method == "GET"):
                raise
        except BaseException:
            self._drop(parts, connection)
            raise
        return self.ask(method, address, headers, body, repeatable=repeatable)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _connection(self, parts: SplitResult) -> tuple[http.client.HTTPConnection, bool]:
        kept: dict[str, http.client.HTTPConnection] = self._own.__dict__
        server = f"{parts.scheme}://{parts.netloc}"
        found = kept.get(server)
        if found is not None:
            return found, True
        host = parts.hostname or ""
        made = (
            http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=ssl.create_default_context())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
        )
        kept[server] = made
        with self._lock:
            self._all.add(made)
        return made, False

    def _drop(self, parts: SplitResult, connection: http.client.HTTPConnection) -> None:
        connection.close()
        self._own.__dict__.pop(f"{parts.scheme}://{parts.netloc}", None)
        with self._lock:
            self._all.discard(connection)


def sentence(text: str) -> str:
    """A text, with a full stop unless it has one."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def require_address(name: str, address: str) -> str:
    """An address that secrets may be sent to, without a slash at its end. Raises InvalidArgument."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InvalidArgument(f"--{name} {abbreviated(address)} is no address: {error}.") from error
    host = parts.hostname or ""
    if not host or port == 0 or parts.query or parts.fragment or parts.username is not None:
        raise InvalidArgument(f"--{name} {abbreviated(address)} is no plain address. Give it as https://host/path.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise InvalidArgument(f"--{name} {abbreviated(address)} must begin with https://, as secrets are sent there.")
    return address.rstrip("/")


def _exchange(
    connection: http.client.HTTPConnection,
    method: str,
    parts: SplitResult,
    headers: Mapping[str, str],
    body: bytes | None,
) -> Answer:
    server = parts.netloc
    if connection.sock is None:
        try:
            connection.connect()
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(f"The certificate of {server} is not trusted: {error.verify_message}.") from error
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{server} cannot be reached: {_said(error)}.") from error
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, target, body, dict(headers))
        answer = connection.getresponse()
        content = answer.read(_MOST_BYTES + 1)
    except TimeoutError as error:
        raise Lost(f"{server} has not answered within {SECONDS:g} seconds.") from error
    except (OSError, http.client.HTTPException) as error:
        raise Lost(f"The connection to {server} ended before the answer: {_said(error)}.") from error
    if len(content) > _MOST_BYTES:
        raise Lost(f"{server} answers with more than {_MOST_BYTES:,} bytes.")
    return Answer(answer.status, {name.lower(): text for name, text in answer.getheaders()}, content)


def _said(error: Exception) -> str:
    return (str(getattr(error, "strerror", None) or error) or type(error).__name__).rstrip(".")

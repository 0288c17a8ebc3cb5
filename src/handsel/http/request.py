"""One HTTP request, and the facts found out while it is handled: user, route, limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import uuid4

from handsel.database.context import Actor
from handsel.errors import HandselError
from handsel.http.errors import PayloadTooLarge, syntax
from handsel.http.forwarded import Caller, Network, caller_of
from handsel.http.naming import Naming
from handsel.http.response import Response

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

request_id: ContextVar[str] = ContextVar("handsel_request_id", default="")
"""The id of the request that is being answered, so that every line of the log can carry it."""

_ID = re.compile(r"[A-Za-z0-9\-]{8,64}\Z")
_BODY_OF_UNKNOWN_SIZE = ("HTTP_TRANSFER_ENCODING", "wsgi.input_terminated")
_QUOTED = re.compile(r"'(?:[^']++|'')*+(?:'|\Z)")


class Request:
    """One request. `id` is sent back as x-ms-service-request-id; `environ` is that of WSGI."""

    __slots__ = (
        *("_body", "_caller", "_headers", "_naming", "_proxies"),
        *("actor", "environ", "id", "is_reading", "limit", "max_body", "method", "refused", "route"),
    )

    def __init__(
        self, environ: WSGIEnvironment, proxies: Sequence[Network], max_body: int, naming: Naming | None = None
    ) -> None:
        self.environ = environ
        self.max_body = max_body
        self.method: str = environ["REQUEST_METHOD"]
        self.id = str(uuid4())
        self.actor: Actor | None = None
        """The acting user, once the token has been checked."""
        self.route = ""
        """The path without ids and arguments, once it has been resolved: an entity set, an operation."""
        self.limit = ""
        """The limit that refused the request, if one did."""
        self.is_reading: Callable[[], bool] | None = None
        """For a method that may write: whether this request only reads after all."""
        self._body: bytes | None = None
        self.refused: HandselError | None = None
        """Why the server refuses it before it is looked at."""
        self._proxies = proxies
        self._naming = naming
        self._caller: Caller | None = None
        self._headers: dict[str, str] | None = None

    @property
    def path(self) -> str:
        """The decoded path. Raises BadRequest for one that is not UTF-8."""
        raw: str = self.environ.get("PATH_INFO", "")
        if raw.isascii():
            return raw
        try:
            return raw.encode("latin-1").decode()
        except UnicodeError:
            raise syntax("The path is not UTF-8 text.") from None

    @property
    def query(self) -> str:
        """The query as it was sent, still encoded."""
        found: str = self.environ.get("QUERY_STRING", "")
        return found

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers by lower-case name."""
        if self._headers is None:
            self._headers = {
                name[5:].replace("_", "-").lower(): value
                for name, value in self.environ.items()
                if name.startswith("HTTP_") and isinstance(value, str)
            }
            self._headers["content-type"] = self.environ.get("CONTENT_TYPE", "")
        return self._headers

    @property
    def origin(self) -> str:
        """Scheme, host and port as callers know them: as configured, as a trusted proxy says, or a believed Host."""
        return self._seen().origin

    @property
    def address(self) -> str:
        """The caller's address; behind trusted proxies the one that they saw."""
        return self._seen().address

    @property
    def client_id(self) -> str:
        """The caller's x-ms-client-request-id; empty if it cannot be sent back."""
        given: str = self.environ.get("HTTP_X_MS_CLIENT_REQUEST_ID", "")
        return given if given and _ID.match(given) else ""

    def only_reads(self) -> bool:
        """Whether the request changes nothing; known for sure only once it has been resolved."""
        return self.method in ("GET", "HEAD") or (self.is_reading is not None and self.is_reading())

    def body(self) -> bytes:
        """The body. Raises PayloadTooLarge, and BadRequest for one that ended before its announced length."""
        if self._body is None:
            self._body = self._read_body()
        return self._body

    def _read_body(self) -> bytes:
        limit, length = self.max_body, self.environ.get("CONTENT_LENGTH") or ""
        # Nineteen digits are more than any limit; Python reads no more than some thousand.
        size = int(length[:19]) if length.isascii() and length.isdigit() else None
        if size is None and not any(self.environ.get(sign) for sign in _BODY_OF_UNKNOWN_SIZE):
            return b""
        body = b""
        if size is None or size <= limit:
            body = self.environ["wsgi.input"].read(limit + 1 if size is None else size)
        if max(len(body), size or 0) > limit:
            raise PayloadTooLarge(f"The body is larger than {limit:,} bytes. Send it in several requests.")
        if size is not None and len(body) < size:
            raise syntax(f"The body ended after {len(body):,} of the {size:,} bytes that Content-Length announced.")
        return body

    def _seen(self) -> Caller:
        if self._caller is None:
            self._caller = caller_of(self.environ, self._proxies, self._naming)
        return self._caller


def without_values(path: str) -> str:
    """A path for the log, without text in quotes: a key or an argument may name a person."""
    path = path[:500]
    return _QUOTED.sub("'…'", path) if "'" in path else path


Handler = Callable[[Request], Response]
Middleware = Callable[[Handler], Handler]
"""Wraps the handling of every request: calls the handler that it is given, or answers itself."""

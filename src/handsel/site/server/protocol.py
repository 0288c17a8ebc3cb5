"""One connection: Uvicorn's protocol over httptools, which also tells the guard what is unfinished.

Only what asyncio, httptools and ASGI define is overridden and used here, nothing that is Uvicorn's alone.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any, cast

from httptools import HttpParserInvalidMethodError
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from handsel.errors import HandselError
from handsel.http.application import unknown_method
from handsel.http.errors import HeadTooLarge, RequestTimeout, syntax
from handsel.site.server.guard import Ending, Guard, Part
from handsel.site.server.heads import Head
from handsel.site.server.writing import JoinedWrites

LARGEST_HEAD = 128 * 1024
"""Bytes of request line and headers; a query of 32 KB may stand in both, percent-encoded."""

MOST_HEADERS = 200

Refuse = Callable[[HandselError, str], bytes]
"""The whole response to a request that cannot be read, by the error and the caller's address."""


class GuardedProtocol(HttpToolsProtocol):
    """A connection. In the ASGI scope it is `state["connection"]`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        own_state = {"connection": self}
        super().__init__(config, server_state, own_state, _loop)
        self.guard: Guard = app_state["guard"]
        self._refuse: Refuse = app_state["refuse"]
        self.address = ""
        self.received = self.buffered = self.pending = 0
        self.reader: asyncio.Task[None] | None = None
        """The task that waits for the rest of a body."""
        self.ending: Ending | None = None
        """Why what is unfinished was ended."""
        self._own_state = own_state
        self._is_open = False
        self._is_arriving = False
        self._is_head = True
        self._head_size = 0
        self._head = Head()
        self._headers_left = MOST_HEADERS
        self._is_paused = False
        self._is_answered_early = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.writes = JoinedWrites(cast("asyncio.Transport", transport))
        super().connection_made(self.writes)
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._is_open = True
        self.guard.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_open = False
        self.guard.closed(self)
        super().connection_lost(exc)
        self._own_state.clear()  # it refers to this connection

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        if self._is_head:
            self._head_size += len(data)
            data = self._head.mended(data)
        super().data_received(data)
        if not self._is_open or self._is_paused or self.transport.is_closing():
            return
        if self._is_head and self._head_size > LARGEST_HEAD:
            self._refuse_head(HeadTooLarge("Request line and headers are too large. Send long texts in a body."))
        elif self._is_arriving or not self.pending:
            self.guard.watch(self, Part.HEAD if self._is_head else Part.BODY)
        else:
            self.guard.finished(self)

    def eof_received(self) -> bool:  # type: ignore[override]  # Uvicorn declares None; asyncio asks whether to stay open
        """The caller sends no more, and may still read. A body that is not there as a whole gets its refusal."""
        self.loop.call_soon(self._cut)  # the task that reads it has begun by then
        return self._is_arriving and not self._is_head

    def _cut(self) -> None:
        if self._is_open and self._is_arriving:
            self.end(Ending.CUT)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._headers_left = MOST_HEADERS
        self._is_arriving = True

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers_left -= 1
        if self._headers_left < 0:
            raise ValueError("too many headers")  # which the parser turns into its refusal
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_head = False
        self._head_size = 0
        self._head = Head()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._is_arriving = False
        self._is_head = True
        if not self._is_answered_early:
            self.pending += 1
        self._is_answered_early = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self._is_paused = True
        self.guard.watch(self, Part.ANSWER)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_paused = False
        if self._is_open:
            self.guard.finished(self)

    def unsent(self) -> int:
        """Bytes of answers that wait for the caller."""
        return self.transport.get_write_buffer_size() if self._is_open else 0

    def answered(self) -> None:
        """A request was answered, or given up. It may have been refused before its body arrived."""
        if self.pending:
            self.pending -= 1
        else:
            self._is_answered_early = self._is_arriving
        self.guard.release(self)

    def end(self, why: Ending) -> None:
        """End what is unfinished: a body by a refusal, which the reading task sends, everything else at once."""
        if self.reader is not None and self.ending is None:
            self.ending = why
            self.reader.cancel()
            return
        is_first_time, self.ending = self.ending is None, why
        if is_first_time and why is Ending.SLOW and self._is_head and self._is_arriving and not self.pending:
            self._refuse_head(RequestTimeout("The request did not arrive in time. Send it again."))
        elif is_first_time and not self.unsent():
            self.transport.close()
        else:
            self.transport.abort()

    def shutdown(self) -> None:
        """The server stops: close it as soon as nothing runs. Whoever has just connected may still ask once."""
        if not self.guard.is_new(self):
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """What was received is no HTTP, or has a method that nobody knows."""
        if self._headers_left < 0:
            self._refuse_head(HeadTooLarge(f"A request has at most {MOST_HEADERS} headers."))
        elif isinstance(sys.exception(), HttpParserInvalidMethodError):
            self._refuse_head(unknown_method())
        else:
            self._refuse_head(syntax("The request is no HTTP that can be read."))

    def _refuse_head(self, error: HandselError) -> None:
        self.transport.write(self._refuse(error, self.address))
        self.transport.close()

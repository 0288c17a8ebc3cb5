"""Reads a whole request on the event loop, then hands it to a thread: no thread ever waits for a caller."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from handsel.errors import HandselError
from handsel.http.application import Answer, Application
from handsel.http.errors import RequestTimeout, ServerBusy, syntax
from handsel.http.response import REASONS
from handsel.site.server.guard import Ending
from handsel.site.server.protocol import GuardedProtocol

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

HEALTH = "/health"
PROBES = ("/ready", "/metrics")
"""Paths with a thread of their own each: they are answered while all others are busy."""

PROBE_SECONDS = 5.0
"""Seconds after which a probe is refused, if it is not answered by then."""

PROBES_WAITING = 100


class Lane:
    """Threads that answer requests in the order in which they came. A database connection belongs to its thread."""

    def __init__(self, answer: Callable[[WSGIEnvironment], Answer], threads: int, most: int) -> None:
        """At most `most` requests wait."""
        self.most = most
        self.waiting = 0
        """Requests that wait or run, as the event loop sees it."""
        self._answer = answer
        self._threads = threads
        self._queue: SimpleQueue[tuple[WSGIEnvironment, asyncio.Future[Answer], asyncio.AbstractEventLoop]]
        self._queue = SimpleQueue()

    def start(self) -> None:
        """Start the threads. They end with the process, whatever they do."""
        for number in range(self._threads):
            threading.Thread(target=self._work, name=f"handsel-{number + 1}", daemon=True).start()

    @property
    def is_full(self) -> bool:
        """Whether no further request may wait."""
        return self.waiting >= self.most + self._threads

    async def run(self, environ: WSGIEnvironment) -> Answer:
        """The answer, from one of the threads."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        self.waiting += 1
        self._queue.put((environ, future, loop))
        return await future

    def _work(self) -> None:
        while True:
            environ, future, loop = self._queue.get()
            answer: Answer | None = None
            failure: BaseException | None = None
            try:
                if not future.cancelled():  # a probe that was given up meanwhile is not worth another wait
                    answer = self._answer(environ)
            except BaseException as error:  # the application answers every error; this is one of the application itself
                failure = error
            try:
                loop.call_soon_threadsafe(self._done, future, answer, failure)
            except RuntimeError:  # the loop has ended, nobody waits for the answer
                return

    def _done(self, future: asyncio.Future[Answer], answer: Answer | None, failure: BaseException | None) -> None:
        self.waiting -= 1
        if future.done():
            return
        if answer is None:
            future.set_exception(failure or RuntimeError("no answer"))
        else:
            future.set_result(answer)


class Gateway:
    """The ASGI application."""

    def __init__(self, application: Application, *, threads: int, waiting: int) -> None:
        """`threads` answer; at most `waiting` whole requests wait for one."""
        self.application = application
        self.work = Lane(application.answer, threads, waiting)
        self.probes = {path: Lane(application.answer, 1, PROBES_WAITING) for path in PROBES}
        self._base: WSGIEnvironment = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def start(self) -> None:
        """Start the threads."""
        self.work.start()
        for lane in self.probes.values():
            lane.start()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """One request."""
        assert scope["type"] == "http"
        connection: GuardedProtocol = scope["state"]["connection"]
        environ = self._environ(scope)
        try:
            answer = await self._answer(connection, environ, receive)
            if answer is not None:
                connection.writes.hold()
                try:
                    closing = connection.ending is not None or connection.guard.stopping
                    await _send(answer, send, closing=closing)
                finally:
                    connection.writes.release()
        finally:
            connection.answered()

    async def _answer(
        self, connection: GuardedProtocol, environ: WSGIEnvironment, receive: ASGIReceiveCallable
    ) -> Answer | None:
        """The answer; None if the caller has gone."""
        path: str = environ["PATH_INFO"]
        limit = self.application.body_limit(path)
        declared = environ.get("CONTENT_LENGTH", "")
        # Nineteen digits are more than any limit; Python reads no more than some thousand.
        is_sent = declared not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
        if is_sent and (not declared.isdigit() or int(declared[:19]) <= limit):
            try:
                body = await _read(connection, receive, limit)
            except asyncio.CancelledError:
                if connection.ending is None:
                    raise
                task = asyncio.current_task()
                assert task is not None
                task.uncancel()
                return self.application.answer(environ, _refusal(connection, declared))
            if body is None:
                return None
            if len(body) > limit:
                # It is refused by its size, after the caller has been authenticated.
                environ["CONTENT_LENGTH"], body = str(len(body)), b""
            environ["wsgi.input"] = io.BytesIO(body)
        if path == HEALTH:
            return self.application.answer(environ)  # at once: it asks no database
        if path in self.probes:
            return await self._probe(self.probes[path], environ)
        if self.work.is_full:
            return self.application.answer(environ, _busy("Too many requests wait. Try again."))
        return await self.work.run(environ)

    def refuse(self, error: HandselError, address: str) -> bytes:
        """The whole response to a request of which not even the headers could be read."""
        environ = {**self._base, "REQUEST_METHOD": "", "PATH_INFO": "", "REMOTE_ADDR": address}
        answer = self.application.answer(environ, error)
        lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Error')}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body

    async def _probe(self, lane: Lane, environ: WSGIEnvironment) -> Answer:
        if lane.is_full:
            return self.application.answer(environ, _busy("Too many probes wait. Try again."))
        try:
            return await asyncio.wait_for(lane.run(environ), PROBE_SECONDS)
        except TimeoutError:
            text = f"No answer was found within {PROBE_SECONDS:.0f} s: the database may be blocked."
            return self.application.answer(environ, _busy(text))

    def _environ(self, scope: HTTPScope) -> WSGIEnvironment:
        client, server = scope["client"], scope["server"] or ("localhost", 80)
        environ = {
            **self._base,
            "REQUEST_METHOD": scope["method"],
            "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
            "QUERY_STRING": scope["query_string"].decode("latin-1"),
            "SERVER_NAME": server[0],
            "SERVER_PORT": str(server[1]),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "REMOTE_ADDR": client[0] if client else "",
            "wsgi.url_scheme": scope["scheme"],
            "wsgi.input": io.BytesIO(),
        }
        for name, value in _variables(scope["headers"]):
            if name in environ:
                # The same header twice is one list (RFC 9110, 5.3).
                environ[name] += f"{'; ' if name == 'HTTP_COOKIE' else ', '}{value}"
            else:
                environ[name] = value
        return environ


def _variables(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
    """Headers under their names in WSGI. One with an underscore is left out: it could pass for another header."""
    for raw, value in headers:
        name = raw.decode("latin-1")
        if "_" in name:
            continue
        name = name.upper().replace("-", "_")
        yield name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}", value.decode("latin-1")


async def _read(connection: GuardedProtocol, receive: ASGIReceiveCallable, limit: int) -> bytes | None:
    """The body, at most a piece more than `limit`; None if the caller has gone."""
    pieces: list[bytes] = []
    size, guard = 0, connection.guard
    connection.reader = asyncio.current_task()
    try:
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            piece = message["body"]
            if piece:
                pieces.append(piece)
                size += len(piece)
                guard.buffer(connection, len(piece))
            if not message["more_body"] or size > limit:
                return pieces[0] if len(pieces) == 1 else b"".join(pieces)
    finally:
        connection.reader = None


def _refusal(connection: GuardedProtocol, declared: str) -> HandselError:
    """The error for a body that was not waited for; `declared` is its announced length."""
    ending = connection.ending
    if ending is Ending.CUT:
        of_all = f" of the {int(declared):,} bytes that Content-Length announced" if declared else " bytes, too early"
        return syntax(f"The body ended after {connection.buffered:,}{of_all}.")
    if ending is Ending.SLOW:
        return RequestTimeout("The request did not arrive in time. Send it again, faster or in parts.")
    if ending is Ending.STOPPING:
        return _busy("The server stops. Nothing was done: send the request again.")
    return _busy("Too much of what was sent is unfinished. Nothing was done: send the request again.")


def _busy(text: str) -> ServerBusy:
    return ServerBusy(text, limit="connections", retry_after=1)


async def _send(answer: Answer, send: ASGISendCallable, *, closing: bool) -> None:
    headers = [(name.encode("latin-1"), _encoded(value)) for name, value in answer.headers]
    if closing:
        headers.append((b"Connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})


def _encoded(value: str) -> bytes:
    return value.encode("latin-1") if value.isascii() else value.encode()

"""One worker process: its application, its event loop, its threads."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import multiprocessing
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from uvicorn import Config, Server

from handsel.errors import SetupError
from handsel.http.application import Application
from handsel.http.forwarded import Network
from handsel.site.server.asgi import Gateway
from handsel.site.server.guard import Guard
from handsel.site.server.limits import ConnectionLimits
from handsel.site.server.protocol import GuardedProtocol

STOP_SECONDS = 30
"""How long running requests may take when the server stops."""

SWEEP_SECONDS = 0.5
HANDSHAKE_SECONDS = 10.0
GOODBYE_SECONDS = 1.0
"""How long a caller may take to end TLS as it should; idle ones often do not look."""
BACKLOG = 2048
MOST_CONNECTIONS = 10_000
MEMORY = 512 * 1024 * 1024
"""Bytes of bodies that one worker holds, if the largest body needs no more."""

_HELD = (signal.SIGTERM, signal.SIGINT)

REFUSED = 78
"""The exit status of a worker that has said why it cannot work, and will fail the next time too."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every worker is started with."""

    load: Callable[[], Application]
    """Makes the application, in the worker. Raises SetupError."""
    listener: socket.socket
    workers: int
    threads: int
    limits: ConnectionLimits
    trusted_proxies: tuple[Network, ...]
    max_body: int
    certificate: tuple[Path, Path] | None
    """Chain and key."""


def run(setting: Setting, ready: Pipe) -> None:
    """Serve until SIGTERM, or until the main process has gone. `ready` is told when connections are accepted."""
    _own_signals()
    try:
        application = setting.load()
        context = _tls(setting.certificate)
    except SetupError as error:  # the database may have been upgraded before this worker started
        logging.getLogger(__name__).error(error.message)
        sys.exit(REFUSED)
    gateway = Gateway(application, threads=setting.threads, waiting=setting.limits.waiting)
    guard = Guard(
        setting.limits,
        exempt=setting.trusted_proxies,
        most=_most_connections(),
        memory=max(MEMORY, 2 * setting.max_body),
    )
    config = Config(
        gateway,
        loop="auto",
        http=GuardedProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=setting.limits.idle,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    gateway.start()
    shared = {"guard": guard, "refuse": gateway.refuse}
    _Server(config, setting, shared, context, ready).run(sockets=[setting.listener])


@contextlib.contextmanager
def signals_held() -> Iterator[None]:
    """Signals come only after the block. A process that is started in it has to let them through itself."""
    if sys.platform == "win32":
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)


def _own_signals() -> None:
    """Forget the signal handlers of the main process."""
    signal.set_wakeup_fd(-1)
    # Ctrl-C reaches the workers as well as their parent, which ends them by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)


class _Server(Server):
    """Uvicorn's server, with the guard, with accepting by turns, and with signals as its parent sends them."""

    def __init__(
        self, config: Config, setting: Setting, shared: dict[str, Any], context: ssl.SSLContext | None, ready: Pipe
    ) -> None:
        super().__init__(config)
        self._setting = setting
        self._shared = shared
        self._guard: Guard = shared["guard"]
        self._context = context
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        make = functools.partial(GuardedProtocol, self.config, self.server_state, self._shared, loop)
        options: dict[str, Any] = {"ssl": self._context}
        if self._context is not None:
            options["ssl_handshake_timeout"] = HANDSHAKE_SECONDS
            options["ssl_shutdown_timeout"] = GOODBYE_SECONDS
        listener = self._setting.listener
        self.servers: list[Any] = []
        if self._setting.workers == 1 or sys.platform == "win32":
            self.servers.append(await loop.create_server(make, sock=listener, backlog=BACKLOG, **options))
        else:
            self.servers.append(_Turns(loop, listener, make, options))
        parent = multiprocessing.parent_process()
        if parent is not None and sys.platform != "win32":
            loop.add_reader(parent.sentinel, self._orphaned, parent.sentinel)
        loop.call_later(SWEEP_SECONDS, self._sweep)
        self.started = True
        self._ready.send(True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        self._guard.stop()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        signal.signal(signal.SIGTERM, self.handle_exit)
        yield
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def _sweep(self) -> None:
        self._guard.sweep()
        asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep)

    def _orphaned(self, sentinel: int) -> None:
        asyncio.get_running_loop().remove_reader(sentinel)
        logging.getLogger(__name__).error("The main process has gone. This worker ends too.")
        self.should_exit = True


class _Turns:
    """Accepts one connection at a time, so that of several workers the one with time takes the next."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        listener: socket.socket,
        make: Callable[[], asyncio.Protocol],
        options: dict[str, Any],
    ) -> None:
        listener.setblocking(False)
        self._loop = loop
        self._listener = listener
        self._make = make
        self._options = options
        self._opening: set[asyncio.Task[None]] = set()
        loop.add_reader(listener.fileno(), self._accept)

    def close(self) -> None:
        if self._listener.fileno() != -1:
            self._loop.remove_reader(self._listener.fileno())
            self._listener.close()

    async def wait_closed(self) -> None:
        """Nothing to wait for."""

    def _accept(self) -> None:
        try:
            accepted, _ = self._listener.accept()
        except OSError:  # another worker was faster, or the caller has gone
            return
        accepted.setblocking(False)
        task = self._loop.create_task(self._open(accepted))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, accepted: socket.socket) -> None:
        try:
            await self._loop.connect_accepted_socket(self._make, accepted, **self._options)
        except (OSError, ssl.SSLError, TimeoutError):  # no handshake
            accepted.close()


def _tls(certificate: tuple[Path, Path] | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Integrations on .NET Framework speak no newer TLS.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(*certificate, password="")
    except (OSError, ssl.SSLError, ValueError) as error:
        raise SetupError(f"The certificate cannot be read: {error}.") from error
    return context


def _most_connections() -> int:
    """How many connections a process may have; its other files need some room."""
    try:
        import resource
    except ImportError:
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            soft = hard
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(64, min(MOST_CONNECTIONS, soft - 200))

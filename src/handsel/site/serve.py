"""Serving HTTP in the foreground with Granian: WSGI, one process per worker, requests finished before it stops."""

from __future__ import annotations

import functools
import http.client
import logging
import os
import signal
import ssl
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels, logger
from granian.server.mp import MPServer

from handsel.errors import SetupError
from handsel.http import logs
from handsel.http.lanes import threads_for
from handsel.site.configuration import Configuration
from handsel.site.listening import BoundAddress, take
from handsel.site.wsgi import DEFAULT_MAX_BODY, logging_application

if TYPE_CHECKING:
    from handsel.http.application import Application

STOP_SECONDS = 30
"""How long running requests may take when the server stops."""

METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""The directory of the metrics that processes share. prometheus_client reads it when a worker imports it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, and how. Port 0 is any free one; with `next_port` the next free one is used for a busy port."""

    host: str = "127.0.0.1"
    port: int = 8000
    next_port: bool = False
    workers: int = 1
    threads: int = 4
    tls_cert: Path | None = None
    tls_key: Path | None = None

    def url(self, port: int) -> str:
        """The URL for clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{port}"


@dataclass(frozen=True, slots=True)
class Served:
    """The settings of every worker."""

    database: str
    configuration: Configuration
    trusted_proxies: str = ""
    max_body: int = DEFAULT_MAX_BODY
    places: int = 4
    """How many requests that read, and how many that write, use the database at once."""


def serve(served: Served, address: Address, announce: Callable[[str], None]) -> None:
    """Serve until the process gets a signal to stop; `announce` is called with the URL as soon as it answers.

    Raises SetupError for a certificate that cannot be used and a port that cannot be bound.
    """
    _check_certificate(address)
    bound = take(address.host, address.port, next_free=address.next_port)
    with tempfile.TemporaryDirectory(prefix="handsel-metrics-") as directory:
        os.environ[METRICS] = directory
        try:
            server = _server(served, address, bound, announce)
            try:
                server.serve(target_loader=functools.partial(_load, served, directory), wrap_loader=False)
            except SystemExit:
                # Ctrl-C reaches the workers too. A worker that ends before its parent ends it is then no failure.
                if not server.interrupt_signal:
                    raise
        finally:
            del os.environ[METRICS]
            bound.close()


class _Call(threading.Event):
    """Wakes the server from its sleep. A signal handler may set it, whatever it interrupts.

    Python's Event has a lock, which the interrupted code may hold: the handler would wait for it for ever.
    """

    def __init__(self) -> None:
        self._came = False

    def is_set(self) -> bool:
        return self._came

    def set(self) -> None:
        self._came = True

    def clear(self) -> None:
        self._came = False

    def wait(self, timeout: float | None = None) -> bool:
        ends = None if timeout is None else time.monotonic() + timeout
        while not self._came and (ends is None or time.monotonic() < ends):
            time.sleep(0.05)
        return self._came


class _TypedServer(MPServer):
    """Granian's server, whose methods have no types, with the types of those called here."""

    if TYPE_CHECKING:

        def startup(self, spawn_target: object, target_loader: object) -> None: ...
        def shutdown(self, exit_code: int = 0) -> None: ...
        def signal_handler_interrupt(self, *args: object, **kwargs: object) -> None: ...


class _Server(_TypedServer):
    """Granian, which also announces when it answers."""

    announce: Callable[[], None]
    at_terminal = False

    def startup(self, spawn_target: object, target_loader: object) -> None:
        super().startup(spawn_target, target_loader)
        if self._answers():
            self.announce()
        elif not self.interrupt_signal:
            # A worker that cannot start will fail the next time too.
            self.shutdown(exit_code=1)

    def signal_handler_interrupt(self, *args: object, **kwargs: object) -> None:
        for worker in self.wrks:
            worker.interrupt_by_parent = True
        super().signal_handler_interrupt(*args, **kwargs)

    def signal_handler_reload(self, *args: object, **kwargs: object) -> None:
        # SIGHUP restarts a server's workers. But if a terminal is closed, the server in it should end.
        handler = self.signal_handler_interrupt if self.at_terminal else super().signal_handler_reload
        handler(*args, **kwargs)

    def _answers(self) -> bool:
        """Wait until a worker answers; False if the server was stopped or failed before."""
        anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
        host = anywhere.get(self.bind_addr, self.bind_addr)
        while not self.main_loop_interrupt.is_set():
            connection = _connection(host, self.bind_port, is_secure=self.ssl_ctx[0])
            try:
                connection.request("GET", "/health")
                connection.getresponse().read()
                return True
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
            finally:
                connection.close()
        return False


def _connection(host: str, port: int, *, is_secure: bool) -> http.client.HTTPConnection:
    """A connection to this server itself, whose certificate is for other names than an address."""
    if not is_secure:
        return http.client.HTTPConnection(host, port, timeout=5)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=5, context=context)


def _server(served: Served, address: Address, bound: BoundAddress, announce: Callable[[str], None]) -> _Server:
    server = _Server(
        "handsel.site.wsgi:application",
        address=bound.host,
        port=bound.port,
        interface=Interfaces.WSGI,
        workers=address.workers,
        blocking_threads=threads_for(address.threads),
        websockets=False,
        ssl_cert=address.tls_cert,
        ssl_key=address.tls_key,
        # Integrations on .NET Framework speak no newer TLS.
        ssl_protocol_min=SSLProtocols.tls12,
        log_level=LogLevels.info if served.configuration.log.level == "debug" else LogLevels.warning,
        log_dictconfig=logs.log_config(served.configuration.log),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    logger.addFilter(lambda record: "Python threads" not in record.getMessage())  # most of them only wait
    server.main_loop_interrupt = _Call()
    server.announce = functools.partial(announce, address.url(bound.port))
    server.at_terminal = sys.stdin is not None and sys.stdin.isatty()
    return server


def _load(served: Served, directory: str) -> Application:
    """The application, in a worker."""
    # Ctrl-C reaches the workers as well as their parent, which ends them by SIGTERM. Two signals at once may both be
    # delivered to a thread that is not Python's main one, and then the worker would never notice them.
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until Granian sets its own handler
    _forget_the_dead(Path(directory))
    try:
        return logging_application(
            served.database,
            served.configuration,
            trusted_proxies=served.trusted_proxies,
            max_body=served.max_body,
            places=served.places,
        )
    except SetupError as error:  # the database may have been upgraded before this worker started
        logging.getLogger(__name__).error(error.message)
        sys.exit(1)


def _forget_the_dead(directory: Path) -> None:
    """Remove the running requests of a dead worker from the metrics."""
    from prometheus_client.multiprocess import mark_process_dead

    for file in directory.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except OSError:
            mark_process_dead(pid, str(directory))


def _check_certificate(address: Address) -> None:
    cert, key = address.tls_cert, address.tls_key
    if (cert is None) is not (key is None):
        raise SetupError("--tls-cert and --tls-key go together.")
    if cert is None or key is None:
        return
    for file in (cert, key):
        if not file.is_file():
            raise SetupError(f"There is no file {file}.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (ssl.SSLError, ValueError) as error:
        raise SetupError(f"{cert} and {key} are no certificate with its key, without a password: {error}.") from error

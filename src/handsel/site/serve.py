"""Serving HTTP in the foreground: one process per worker, requests finished before it stops."""

from __future__ import annotations

import functools
import logging
import os
import ssl
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handsel.errors import SetupError
from handsel.http import logs
from handsel.http.lanes import threads_for
from handsel.http.naming import Naming, is_loopback
from handsel.site.configuration import Configuration
from handsel.site.database import register, sqlite_file
from handsel.site.listening import take
from handsel.site.private_files import make_private
from handsel.site.server.restarts import Workers
from handsel.site.server.supervisor import Supervisor
from handsel.site.server.worker import Setting
from handsel.site.wsgi import DEFAULT_MAX_BODY, logging_application, naming_of, networks

if TYPE_CHECKING:
    from handsel.http.application import Application

METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""The directory of the metrics that processes share. prometheus_client reads it when a worker imports it."""

log = logging.getLogger(__name__)


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
    public_url: str = ""
    """Under which address callers know the server; empty to go by the Host header."""
    allowed_hosts: str = ""
    """Names, joined by commas, that are believed in a Host header."""

    def url(self, port: int) -> str:
        """The URL for clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url.rstrip("/") or f"{'https' if self.tls_cert else 'http'}://{host}:{port}"

    def naming(self) -> Naming:
        """How links name the server. Raises SetupError if other machines reach it and nothing says how they call it."""
        is_local = is_loopback(self.host)
        if not is_local and not self.public_url and not self.allowed_hosts:
            raise SetupError(
                f"Other machines reach {self.host}, and what they write into a Host header is not believed. Say how "
                "they call this server: --public-url https://sales.example, or --allowed-hosts sales.example,10.0.0.5."
            )
        return naming_of(self.public_url, self.allowed_hosts, is_local=is_local)


@dataclass(frozen=True, slots=True)
class Served:
    """The settings of every worker."""

    database: str
    configuration: Configuration
    trusted_proxies: str = ""
    max_body: int = DEFAULT_MAX_BODY
    places: int = 4
    """How many requests that read, and how many that write, use the database at once."""


def serve(served: Served, address: Address, announce: Callable[[str], None]) -> int:
    """Serve until the process gets a signal to stop; `announce` is called with the URL as soon as it answers.

    Returns the exit status: 1 if no worker can start. Raises SetupError for a certificate that cannot be used, a port
    that cannot be bound, and an address beyond this machine without a name.
    """
    naming = address.naming()
    certificate = _certificate(address)
    bound = take(address.host, address.port, next_free=address.next_port)
    logs.configure(served.configuration.log)
    _warn(served, address)
    workers = Workers(address.workers)
    with tempfile.TemporaryDirectory(prefix="handsel-metrics-") as directory, bound.listener:
        os.environ[METRICS] = directory
        setting = Setting(
            load=functools.partial(_load, served, naming, directory, workers),
            listener=bound.listener,
            workers=address.workers,
            threads=threads_for(address.threads),
            limits=served.configuration.connections,
            trusted_proxies=networks(served.trusted_proxies),
            max_body=served.max_body,
            certificate=certificate,
        )
        at_terminal = sys.stdin is not None and sys.stdin.isatty()
        say = functools.partial(announce, address.url(bound.port))
        try:
            return Supervisor(setting, workers, say, at_terminal=at_terminal).run()
        finally:
            del os.environ[METRICS]
            _complete_file(served.database)


def _load(served: Served, naming: Naming, directory: str, workers: Workers) -> Application:
    """The application, in a worker."""
    _forget_the_dead(Path(directory))
    return logging_application(
        served.database,
        served.configuration,
        trusted_proxies=served.trusted_proxies,
        max_body=served.max_body,
        places=served.places,
        naming=naming,
        workers=workers.note,
    )


def _complete_file(database: str) -> None:
    """Bring what stands in the log beside a SQLite file into the file, so that it can be copied alone.

    The workers end without closing their connections. SQLite does it at the closing of the last one.
    """
    if sqlite_file(database) is None:
        return
    from django.db import DatabaseError, connections

    connection = connections[register(database)]
    try:
        connection.ensure_connection()
        connection.close()
    except DatabaseError as error:
        log.warning("The latest changes are still in the log beside the database file: %s", error)


def _warn(served: Served, address: Address) -> None:
    """Say what is open to others and should not be."""
    if not is_loopback(address.host) and address.tls_cert is None:
        log.warning(
            "Plain http beyond this machine (%s): tokens and data can be read on the way. Give --tls-cert and "
            "--tls-key, or listen at 127.0.0.1 behind a proxy that speaks https.",
            address.host,
        )
    for sentence in make_private(served.database):
        log.warning("%s", sentence)


def _forget_the_dead(directory: Path) -> None:
    """Remove the running requests of a dead worker from the metrics."""
    from prometheus_client.multiprocess import mark_process_dead

    for file in directory.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except OSError:
            mark_process_dead(pid, str(directory))


def _certificate(address: Address) -> tuple[Path, Path] | None:
    """Chain and key, if they can be used."""
    cert, key = address.tls_cert, address.tls_key
    if (cert is None) is not (key is None):
        raise SetupError("--tls-cert and --tls-key go together.")
    if cert is None or key is None:
        return None
    for file in (cert, key):
        if not file.is_file():
            raise SetupError(f"There is no file {file}.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (ssl.SSLError, ValueError) as error:
        raise SetupError(f"{cert} and {key} are no certificate with its key, without a password: {error}.") from error
    return cert, key

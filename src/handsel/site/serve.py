"""Serving HTTP in the foreground with Granian: WSGI, one process per worker, requests finished before it stops."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from handsel.engine.errors import SetupError

STOP_SECONDS = 30
"""How long running requests may take when the server is told to stop."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, and how."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def url(self) -> str:
        """The address that a client takes."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"


def serve(database: str, address: Address, *, trusted_proxies: str = "", max_body: int | None = None) -> None:
    """Serve until the process is told to stop. Raises SetupError for half a certificate."""
    if (address.tls_cert is None) is not (address.tls_key is None):
        raise SetupError("--tls-cert and --tls-key go together.")
    for file in (address.tls_cert, address.tls_key):
        if file is not None and not file.is_file():
            raise SetupError(f"There is no file {file}.")
    # Workers are processes of their own and learn from the environment what to serve.
    os.environ["HANDSEL_DATABASE_URL"] = database
    os.environ["HANDSEL_TRUSTED_PROXIES"] = trusted_proxies
    if max_body is not None:
        os.environ["HANDSEL_MAX_BODY"] = str(max_body)
    Granian(
        "handsel.site.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=address.workers,
        blocking_threads=address.threads,
        # A database connection belongs to its thread, so threads stay.
        blocking_threads_idle_timeout=600,
        websockets=False,
        ssl_cert=address.tls_cert,
        ssl_key=address.tls_key,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()

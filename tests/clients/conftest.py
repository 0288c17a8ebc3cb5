"""`handsel serve` as clients find it: over https with a throw-away certificate, or over plain http."""

import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryFile
from uuid import uuid4

import pytest
import trustme

from tests.databases import PostgreSQL
from tests.webapi.conftest import make_token


@dataclass(frozen=True)
class Certificate:
    """A throw-away certificate for 127.0.0.1, and the authority that signed it."""

    authority: Path
    chain: Path
    key: Path


@dataclass(frozen=True)
class Server:
    """A running `handsel serve`."""

    address: str
    token: str
    database_url: str


@pytest.fixture(scope="session")
def certificate_files(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate made for this run."""
    directory = tmp_path_factory.mktemp("certificate")
    made = Certificate(directory / "authority.pem", directory / "chain.pem", directory / "key.pem")
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(made.authority)
    issued.private_key_pem.write_to_path(made.key)
    for part in issued.cert_chain_pems:
        part.write_to_path(made.chain, append=True)
    return made


@pytest.fixture(scope="package")
def certificate(certificate_files: Certificate) -> Iterator[Certificate]:
    """The same, trusted by requests, by httpx, by aiohttp and by Node as long as the tests of this folder run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
            patch.setenv(name, str(certificate_files.authority))
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, "127.0.0.1")
        yield certificate_files


@dataclass(frozen=True)
class Starter:
    """Starts servers over https, each on a database of its own."""

    postgresql: PostgreSQL
    template: str
    names: Iterator[str]
    certificate: Certificate

    @contextmanager
    def started(self) -> Iterator[Server]:
        """A server until the end of the block."""
        with (
            self.postgresql.database(next(self.names), template=self.template) as url,
            serving(url, self.certificate) as server,
        ):
            yield server


@pytest.fixture(scope="package")
def starter(
    postgresql: PostgreSQL, postgresql_template: str, database_names: Iterator[str], certificate: Certificate
) -> Starter:
    return Starter(postgresql, postgresql_template, database_names, certificate)


@pytest.fixture(scope="module")
def server(starter: Starter) -> Iterator[Server]:
    """One server for the whole module; each test names its rows by `mark`."""
    with starter.started() as server:
        yield server


@pytest.fixture
def mark() -> str:
    """A word that no other row contains."""
    return uuid4().hex


@contextmanager
def serving(database_url: str, certificate: Certificate | None) -> Iterator[Server]:
    """Serve a database until the end of the block, over plain http without a certificate."""
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    token = make_token(database_url)
    command = [sys.executable, "-c", "from handsel.site.cli import main; raise SystemExit(main())", "serve"]
    secured = ["--tls-cert", str(certificate.chain), "--tls-key", str(certificate.key)] if certificate else []
    address = f"{'https' if certificate else 'http'}://127.0.0.1:{port}"
    # Into a file: a pipe without a reader would block the server once its log has filled it.
    with TemporaryFile() as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--database", database_url, *secured],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONWARNINGS": ""},
        )
        try:
            if not _is_ready(process, address, certificate):
                log.seek(0)
                raise AssertionError(f"The server did not start: {log.read().decode()}")
            yield Server(address, token, database_url)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _is_ready(process: subprocess.Popen[bytes], address: str, certificate: Certificate | None) -> bool:
    authority = certificate.authority if certificate else None
    trusting = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=authority))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), trusting)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(f"{address}/ready", timeout=5):
                return True
        except OSError:
            time.sleep(0.05)
    return False

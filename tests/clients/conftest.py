"""`handsel serve` over https, as clients that insist on it find it."""

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

import pytest
import trustme

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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certificate]:
    """A certificate that requests trusts as long as the tests run."""
    directory = tmp_path_factory.mktemp("certificate")
    made = Certificate(directory / "authority.pem", directory / "chain.pem", directory / "key.pem")
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(made.authority)
    issued.private_key_pem.write_to_path(made.key)
    for part in issued.cert_chain_pems:
        part.write_to_path(made.chain, append=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(made.authority))
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield made


@contextmanager
def serving(database_url: str, certificate: Certificate) -> Iterator[Server]:
    """Serve a database until the end of the block."""
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    token = make_token(database_url)
    command = [sys.executable, "-c", "from handsel.site.cli import main; raise SystemExit(main())", "serve"]
    secured = ["--tls-cert", str(certificate.chain), "--tls-key", str(certificate.key)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--database", database_url, *secured],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    address = f"https://127.0.0.1:{port}"
    try:
        _wait(process, address, certificate)
        yield Server(address, token)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait(process: subprocess.Popen[str], address: str, certificate: Certificate) -> None:
    trusting = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(certificate.authority)))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), trusting)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(f"{address}/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    process.terminate()
    raise AssertionError(f"The server did not start: {process.communicate(timeout=5)[0]}")

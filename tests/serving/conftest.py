"""The application with a configuration, in this process; and `handsel serve` as a separate process."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from handsel.site.configuration import Configuration
from handsel.site.start import start
from tests.databases import sqlite_database
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

start()

COMMAND = [sys.executable, "-c", "from handsel.site.cli import main; raise SystemExit(main())"]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("HANDSEL_CONFIG", "HANDSEL_DATABASE_URL")},
    "PYTHONWARNINGS": "",
}


@pytest.fixture
def configured(sqlite_url: str) -> Callable[[str], Api]:
    """The Web API as admin, configured by a text in TOML. The database makes no difference here."""
    from handsel.site.wsgi import make_application

    def make(text: str = "", *, trusted_proxies: str = "") -> Api:
        configuration = msgspec.toml.decode(text, type=Configuration)
        application = make_application(sqlite_url, configuration=configuration, trusted_proxies=trusted_proxies)
        return Api(application, make_token(sqlite_url), sqlite_url)

    return make


@dataclass
class Server:
    """A running `handsel serve`; what it prints goes to `out`, what it logs to `log`."""

    process: subprocess.Popen[str]
    port: int
    token: str
    log: Path
    lines: list[str] = field(default_factory=list)

    def request(
        self, method: str, path: str, body: Any = None, *, below: str = "/api/data/v9.2/", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = None if body is None else json.dumps(body)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        connection.request(method, f"{below}{path}", data, sent)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, content

    def number(self, sample: str) -> float:
        """One number of /metrics; 0 if it is missing."""
        for line in self.request("GET", "metrics", below="/")[2].decode().splitlines():
            name, _, value = line.rpartition(" ")
            if name == sample:
                return float(value)
        return 0

    def logged(self) -> list[dict[str, Any]]:
        """The log so far, line by line."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sent)
        return self.process.wait(timeout=40)


@contextmanager
def serving(url: str, log: Path, *options: str, token: str | None = None) -> Iterator[Server]:
    """Serve a database until the end of the block; at any free port unless the options name one."""
    token = make_token(url) if token is None else token
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--database", url, *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=ENVIRONMENT,
            start_new_session=True,
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(("Serving http://", "Serving https://")), log.read_text()
        yield Server(process, int(line.removesuffix("/api/data/v9.2/\n").rpartition(":")[2]), token, log, [line])
    finally:
        process.terminate()
        process.communicate(timeout=40)


@pytest.fixture(scope="package")
def shared_server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server, as it is without options, for all tests that neither stop it nor count what is in its database."""
    directory = tmp_path_factory.mktemp("shared")
    file = directory / "shared.sqlite3"
    with sqlite_database(file, template=sqlite_template) as url, serving(url, directory / "log") as server:
        yield server


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where a server's standard error goes."""
    return tmp_path / "log"


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait until another process has made a condition true."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)

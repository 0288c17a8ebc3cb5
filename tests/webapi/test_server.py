"""A real server over a socket, on each kind of database: what only a server can show."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.webapi.conftest import make_token


@dataclass
class Server:
    """A running `handsel serve`."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = None if body is None else json.dumps(body)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        connection.request(method, f"/api/data/v9.2/{path}", data, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


@pytest.fixture
def server(database_url: str) -> Iterator[Server]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    token = make_token(database_url)
    command = [sys.executable, "-c", "from handsel.site.cli import main; raise SystemExit(main())", "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--database", database_url],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    try:
        _wait(process, port)
        yield Server(process, port, token)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError(f"The server did not start: {process.communicate(timeout=5)[0]}")


def test_rows_over_a_socket(server: Server) -> None:
    status, headers, body = server.request("POST", "accounts", {"name": "Zoë"})
    assert (status, body) == (204, b"")
    path = headers["odata-entityid"].removeprefix(f"http://127.0.0.1:{server.port}/api/data/v9.2/")
    status, headers, body = server.request("GET", f"{path}?%24select=name")
    assert (status, json.loads(body)["name"]) == (200, "Zoë")
    assert headers["odata-version"] == "4.0"
    assert server.request("GET", path, Authorization="Bearer x")[0] == 401
    assert server.request("DELETE", path)[0] == 204


def test_a_chunked_body_and_none_at_all(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for chunks in ([b'{"name":', b'"A"}'], []):
        sent = {"Authorization": f"Bearer {server.token}", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/api/data/v9.2/accounts", iter(chunks), sent, encode_chunked=True)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == (204 if chunks else 400)
    connection.close()


def test_many_at_once(server: Server) -> None:
    statuses: list[int] = []

    def work(number: int) -> None:
        statuses.extend(server.request("POST", "accounts", {"name": f"{number}-{each}"})[0] for each in range(10))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 40
    assert server.request("GET", "accounts/$count")[2] == b"40"


def test_it_stops_when_told_to(server: Server) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0

"""A real server over a socket: behaviour that needs one."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.conftest import Server, serving


@pytest.fixture
def server(postgresql_url: str, log: Path) -> Iterator[Server]:
    with serving(postgresql_url, log) as server:
        yield server


def test_rows_over_a_socket(database_url: str, log: Path) -> None:
    with serving(database_url, log) as server:
        status, headers, body = server.request("POST", "accounts", {"name": "Zoë"})
        assert (status, body) == (204, b"")
        path = headers["odata-entityid"].removeprefix(f"http://127.0.0.1:{server.port}/api/data/v9.2/")
        status, headers, body = server.request("GET", f"{path}?%24select=name")
        assert (status, json.loads(body)["name"]) == (200, "Zoë")
        assert headers["odata-version"] == "4.0"
        assert server.request("GET", path, Authorization="Bearer x")[0] == 401
        assert server.request("DELETE", path)[0] == 204


def test_a_chunked_body_and_none_at_all(shared_server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", shared_server.port, timeout=30)
    for chunks in ([b'{"name":', b'"A"}'], []):
        sent = {"Authorization": f"Bearer {shared_server.token}", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/api/data/v9.2/accounts", iter(chunks), sent, encode_chunked=True)
        response = connection.getresponse()
        response.read()
        assert response.status == (204 if chunks else 400)
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


def test_a_body_that_is_too_large(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log, "--max-body", "20") as server:
        assert server.request("POST", "accounts", {"name": "A"})[0] == 204
        status, _, body = server.request("POST", "accounts", {"name": "A longer name"})
        assert (status, json.loads(body)["error"]["code"]) == (413, "0x80060888")


@pytest.mark.parametrize("method", ["TRACE", "get", "Patch", "FOO"])
def test_a_method_that_nobody_knows(shared_server: Server, method: str) -> None:
    status, headers, body = shared_server.request(method, "accounts")
    assert (status, headers["allow"]) == (405, "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS")
    assert json.loads(body)["error"]["code"] == "0x80060888"

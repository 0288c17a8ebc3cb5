"""Bad HTTP over a real socket: nothing is half written, and the server answers the next request."""

import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.serving.conftest import Server, serving

LIMIT = 1_000_000
CHUNK = b"%x\r\n%s\r\n" % (LIMIT // 4, b"x" * (LIMIT // 4))


@pytest.fixture(scope="module")
def server(run_directory: Path, database_names: Iterator[str], sqlite_template: Path) -> Iterator[Server]:
    from tests.databases import sqlite_database

    name = next(database_names)
    with (
        sqlite_database(run_directory / f"{name}.sqlite3", template=sqlite_template) as url,
        serving(url, run_directory / f"{name}.log", "--max-body", str(LIMIT)) as server,
    ):
        yield server


def post(server: Server, *lines: str, start: str = "POST /api/data/v9.2/accounts HTTP/1.1") -> bytes:
    """A head up to its empty line."""
    sent = (start, "Host: x", f"Authorization: Bearer {server.token}", "Content-Type: application/json", *lines)
    return "\r\n".join((*sent, "", "")).encode("latin-1")


def sent(server: Server, parts: Iterable[bytes], *, ends: bool = True) -> bytes:
    """Send parts over a new connection and read until the server closes it or has sent one response."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server has closed the connection
        return _response(connection)


def _response(connection: socket.socket) -> bytes:
    found = b""
    try:
        while more := connection.recv(65_536):
            found += more
            head, end, body = found.partition(b"\r\n\r\n")
            _, announced, length = head.lower().partition(b"content-length: ")
            if end and announced and len(body) >= int(length.split(b"\r\n")[0]):
                break
    except ConnectionResetError:
        pass
    return found


def still_sound(server: Server) -> None:
    assert server.process.poll() is None
    status, _, count = server.request("GET", "accounts/$count")
    assert (status, count) == (200, b"0")


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /health HT",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 2_000_000 + b"\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_no_http(server: Server, text: bytes) -> None:
    response = sent(server, [text])
    assert not response or response.startswith(b"HTTP/1.1 4"), response
    still_sound(server)


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (["Content-Length: -1"], b""),
        (["Content-Length: x"], b""),
        (["Content-Length: 2", "Content-Length: 3"], b"{}"),
        (["Content-Length: 2", "Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b"zz\r\n{}\r\n0\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b'40\r\n{"name":'),
    ],
)
def test_a_length_that_is_none(server: Server, lines: list[str], body: bytes) -> None:
    response = sent(server, [post(server, *lines), body])
    assert not response or response.startswith(b"HTTP/1.1 400 "), response
    still_sound(server)


def test_a_body_that_ends_early(server: Server) -> None:
    response = sent(server, [post(server, "Content-Length: 100"), b'{"name":"x"}'])
    assert response.startswith(b"HTTP/1.1 400 "), response
    assert b"after 12 of the 100 bytes" in response
    still_sound(server)


def test_a_slow_body_holds_up_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as slow:
        slow.sendall(post(server, "Content-Length: 100") + b'{"name"')
        still_sound(server)
    still_sound(server)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (f"Content-Length: {100 * 1024 * 1024}", []),
        (f"Content-Length: {100 * 1024 * 1024}", [b"x" * 65_536] * 1_600),
        ("Transfer-Encoding: chunked", [CHUNK] * 400),
    ],
    ids=["announced", "sent", "in chunks"],
)
def test_a_body_of_a_hundred_megabytes(server: Server, line: str, parts: list[bytes]) -> None:
    response = sent(server, [post(server, line), *parts], ends=False)
    # A client that continues to send may find the connection closed before the response is read.
    if response or not parts:
        assert response.startswith(b"HTTP/1.1 413 "), response
        assert b"1,000,000 bytes" in response
    still_sound(server)

"""Callers that send or read slowly hold up nobody: no thread waits for them, and they are ended."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from handsel.http.lanes import WAITING
from handsel.testing.certificate import issue
from tests.serving.conftest import Server, eventually, serving

BODY = b"POST /oauth2/token HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\ng"
HEAD = b"GET /api/data/v9.2/WhoAmI HTTP/1.1\r\nHost: a\r\nX-"
CHUNKED = b"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"


@contextmanager
def callers(port: int, begun: bytes, count: int) -> Iterator[list[socket.socket]]:
    """Connections on which requests were begun and are not finished."""
    opened = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(count)]
    try:
        for each in opened:
            each.sendall(begun)
        yield opened
    finally:
        for each in opened:
            each.close()


@pytest.fixture
def configured_log(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    """The options for a configuration."""

    def options(text: str) -> tuple[str, ...]:
        file = tmp_path / "handsel.toml"
        file.write_text(text)
        return ("--config", str(file))

    return options


Options = Callable[[str], tuple[str, ...]]


def is_ended(caller: socket.socket) -> bool:
    """Whether the server has closed a connection; what it said before is passed over."""
    caller.setblocking(False)
    try:
        while caller.recv(65_536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def all_of(caller: socket.socket) -> bytes:
    """What the server says until it closes the connection."""
    said = b""
    try:
        while piece := caller.recv(65_536):
            said += piece
    except ConnectionResetError:
        pass
    return said


@pytest.mark.parametrize("begun", [BODY, HEAD, CHUNKED, b""], ids=["body", "head", "chunked", "nothing"])
def test_two_hundred_slow_senders_do_not_stop_a_server(sqlite_url: str, log: Path, begun: bytes) -> None:
    with serving(sqlite_url, log) as server, callers(server.port, begun, 200) as slow:
        rounds, ended, deadline = 0, 0, time.monotonic() + 30
        while ended < 100 and time.monotonic() < deadline:
            for path, below in (("health", "/"), ("ready", "/"), ("WhoAmI", "/api/data/v9.2/")):
                started = time.monotonic()
                assert server.request("GET", path, below=below)[0] == 200
                assert time.monotonic() - started < 5
            assert server.request("POST", "accounts", {"name": f"A{rounds}"})[0] == 204
            rounds, ended = rounds + 1, sum(map(is_ended, slow))
        # Of one address 100 may be unfinished: the others were ended.
        assert sum(map(is_ended, slow)) == 100, "the address may hold as many as it likes"
        assert sum(is_ended(each) for each in slow[:100]) == 100  # the oldest
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("begun", [BODY, CHUNKED])
def test_a_body_that_stops_arriving_is_refused(
    sqlite_url: str, log: Path, configured_log: Options, begun: bytes
) -> None:
    options = configured_log("[connections]\ngrace = 0.5\n")
    with serving(sqlite_url, log, *options) as server, callers(server.port, begun, 1) as (caller,):
        head, _, body = all_of(caller).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert b"\r\nconnection: close" in head.lower()
        assert (
            json.loads(body)["error"]["message"]
            == "The request did not arrive in time. Send it again, faster or in parts."
        )
        (line,) = [each for each in server.logged() if each.get("status") == 408]
        assert line["method"] == "POST"


def test_a_body_that_drips_has_a_total_time(sqlite_url: str, log: Path, configured_log: Options) -> None:
    options = configured_log("[connections]\nbody = 1.5\nrate = 0\n")
    with serving(sqlite_url, log, *options) as server, callers(server.port, BODY, 1) as (caller,):
        caller.settimeout(0.1)
        started = time.monotonic()
        said = b""
        while not said and time.monotonic() - started < 20:
            try:
                said = caller.recv(1000)
            except TimeoutError:
                caller.sendall(b"x")
        assert said.startswith(b"HTTP/1.1 408 ")
        assert 1 < time.monotonic() - started < 10


def test_a_slow_head_is_refused(sqlite_url: str, log: Path, configured_log: Options) -> None:
    options = configured_log("[connections]\nhead = 0.5\n")
    with serving(sqlite_url, log, *options) as server, callers(server.port, HEAD, 1) as (caller,):
        started = time.monotonic()
        caller.settimeout(0.2)
        said = b""
        while not said and time.monotonic() - started < 20:
            try:
                said = caller.recv(10_000)
            except TimeoutError:
                caller.sendall(b"x")
        assert said.startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - started < 10
        with callers(server.port, b"", 1) as (silent,):
            assert all_of(silent) == b""


def test_a_request_in_pieces_is_answered(shared_server: Server) -> None:
    body = b'{"name":"A"' + b" " * 900_000 + b"}"
    head = f"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {shared_server.token}\r\n"
    whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    with callers(shared_server.port, b"", 1) as (caller,):
        for start in range(0, len(whole), 40_000):
            caller.sendall(whole[start : start + 40_000])
        assert caller.recv(10_000).startswith(b"HTTP/1.1 204 ")
        # The next one on the same connection, a byte at a time; and two at once.
        for byte in b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n":
            caller.sendall(bytes([byte]))
        assert caller.recv(10_000).endswith(b"ok")
        caller.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n" * 2)
        said = b""
        while said.count(b"HTTP/1.1 200") < 2:
            said += caller.recv(10_000)


@pytest.mark.parametrize("tls", [False, True])
def test_slow_readers_hold_up_nobody_and_are_ended(
    sqlite_url: str, log: Path, configured_log: Options, tmp_path: Path, tls: bool
) -> None:
    options = [*configured_log("[connections]\ngrace = 1\nidle = 1\n")]
    certificate = issue(tmp_path)
    if tls:
        options += ["--tls-cert", str(certificate.chain), "--tls-key", str(certificate.key)]
    with serving(sqlite_url, log, *options) as server:
        ask = (
            f"GET /api/data/v9.2/$metadata HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {server.token}\r\n\r\n".encode()
        )
        slow = []
        context = ssl.create_default_context(cafile=str(certificate.authority))
        for _ in range(20):
            plain = socket.socket()
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            plain.connect(("127.0.0.1", server.port))
            plain.settimeout(30)
            slow.append(context.wrap_socket(plain, server_hostname="127.0.0.1") if tls else plain)
            slow[-1].sendall(ask * 20)  # more than the buffers of the sockets take

        def ended() -> bool:
            return any("Ended" in str(line.get("event")) for line in server.logged())

        def others_are_answered() -> bool:
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as other:
                one = context.wrap_socket(other, server_hostname="127.0.0.1") if tls else other
                one.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                answered = all_of(one).endswith(b"ok")
                if tls:
                    one.close()
            return answered

        assert others_are_answered()
        eventually(lambda: others_are_answered() and ended(), "slow readers are not ended")
        assert others_are_answered()
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < 10
        for each in slow:
            each.close()


def test_probes_are_answered_while_all_threads_are_busy(postgresql_url: str, log: Path) -> None:
    statuses: list[int] = []
    with serving(postgresql_url, log, "--threads", "2") as server, psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE account IN EXCLUSIVE MODE")
        work = [
            threading.Thread(target=lambda: statuses.append(server.request("POST", "accounts", {"name": "A"})[0]))
            for _ in range(4)
        ]
        for each in work:
            each.start()
        eventually(lambda: server.number("handsel_requests_running") == 5, "the requests never ran")  # with this one
        for path in ("health", "ready", "metrics"):
            started = time.monotonic()
            assert server.request("GET", path, below="/")[0] == 200
            assert time.monotonic() - started < 3
        other.commit()
        for each in work:
            each.join()
    assert statuses == [204] * 4


def test_more_requests_than_may_wait_are_refused(postgresql_url: str, log: Path) -> None:
    """One writes and 48 wait for their turn; four more are refused at once, and the others are done."""
    replies: list[tuple[int, dict[str, str], bytes]] = []

    def ask(server: Server) -> None:
        replies.append(server.request("POST", "accounts", {"name": "A"}))

    with serving(postgresql_url, log, "--threads", "1") as server, psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE account IN EXCLUSIVE MODE")
        work = [threading.Thread(target=ask, args=(server,)) for _ in range(1 + WAITING + 4)]
        for each in work:
            each.start()
        eventually(lambda: len(replies) == 4, "one writes, 48 wait, and four are refused")
        for status, headers, body in replies:
            assert (status, "retry-after" in headers) == (503, True)
            assert "more requests than it can hold" in json.loads(body)["error"]["message"]
        other.commit()
        for each in work:
            each.join()
        assert [status for status, _headers, _body in replies[4:]] == [204] * (1 + WAITING)


def test_too_large_a_body_is_refused_before_it_is_sent(shared_server: Server) -> None:
    for token, status in ((shared_server.token, b"413"), ("x", b"401")):
        head = f"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
        for length in (16 * 1024 * 1024 + 1, 10**30):
            with callers(shared_server.port, f"{head}Content-Length: {length}\r\n\r\n".encode(), 1) as (caller,):
                assert caller.recv(10_000).split()[1] == (status if length < 10**19 else b"400")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / nonsense\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"405"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", b"400"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 30_000 + b"\r\n", b"431"),
    ],
)
def test_what_is_no_http_is_refused_in_words(shared_server: Server, sent: bytes, status: bytes) -> None:
    with callers(shared_server.port, sent, 1) as (caller,):
        head, _, body = all_of(caller).partition(b"\r\n\r\n")
        assert head.split()[1] == status
        assert json.loads(body)["error"]["message"]
        assert shared_server.request("GET", "WhoAmI")[0] == 200


def test_an_offer_to_upgrade_is_passed_over(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log) as server, callers(server.port, b"", 1) as (caller,):
        offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
        head = f"/api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {server.token}\r\n{offer}"
        caller.sendall(f"GET {head}\r\n".encode())
        assert caller.recv(10_000).startswith(b"HTTP/1.1 200 ")
        posted = f'POST {head}Content-Length: 12\r\n\r\n{{"name":"A"}}'.encode()
        caller.sendall(posted)
        assert caller.recv(10_000).startswith(b"HTTP/1.1 204 ")
        for byte in posted:
            caller.sendall(bytes([byte]))
        assert caller.recv(10_000).startswith(b"HTTP/1.1 204 ")
        caller.sendall(f"GET {head}\r\n".encode())
        assert b'"name":"A"' in caller.recv(10_000)


def test_expecting_to_continue(shared_server: Server) -> None:
    with callers(shared_server.port, b"", 1) as (caller,):
        head = f"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {shared_server.token}\r\n"
        caller.sendall(f"{head}Expect: 100-continue\r\nContent-Length: 12\r\n\r\n".encode())
        assert caller.recv(10_000).startswith(b"HTTP/1.1 100 Continue\r\n")
        caller.sendall(b'{"name":"A"}')
        assert caller.recv(10_000).startswith(b"HTTP/1.1 204 ")


def test_letters_beyond_ascii_in_an_address(shared_server: Server) -> None:
    with callers(shared_server.port, b"", 1) as (caller,):
        assert shared_server.request("POST", "accounts", {"name": "Zo\u00eb"})[0] == 204
        head = f"Host: a\r\nAuthorization: Bearer {shared_server.token}\r\n\r\n"
        for name in ("Zo\u00eb", "Zo%C3%AB"):
            caller.sendall(f"GET /api/data/v9.2/accounts?$filter=name%20eq%20'{name}' HTTP/1.1\r\n{head}".encode())
            assert '"name":"Zo\u00eb"'.encode() in caller.recv(20_000)

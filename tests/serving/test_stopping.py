"""When stopped, the server finishes running requests, takes no new ones, and ends with status 0."""

import http.client
import signal
import socket
import threading
import time
from pathlib import Path

import psycopg
import pytest

import handsel
from handsel.site.server.guard import SETTLING
from tests.serving.conftest import Server, eventually, serving


def refuses(port: int) -> bool:
    """Whether no process listens there any more."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def running(server: Server) -> float:
    """The requests that run, besides the one that asks."""
    return server.number("handsel_requests_running") - 1


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_what_never_became_a_request_is_ended_at_once(
    sqlite_url: str, log: Path, workers: str, sent: signal.Signals
) -> None:
    with serving(sqlite_url, log, "--workers", workers) as server:
        idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        idle.request("GET", "/health")
        assert idle.getresponse().read() == b"ok"
        head = f"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {server.token}\r\n"
        begun = f'{head}Content-Length: 12\r\n\r\n{{"name":'.encode()
        starts = [b"", b"GET /health HT", begun]
        clients = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in starts]
        for client, start in zip(clients, starts, strict=True):
            client.sendall(start)
        time.sleep(SETTLING + 0.5)  # the guard counts them as new for so long, and nothing outside shows it
        started = time.monotonic()
        server.process.send_signal(sent)
        assert server.process.wait(timeout=30) == 0
        assert time.monotonic() - started < 5
        answers = [client.recv(10_000) for client in clients]
        assert answers[:2] == [b"", b""]
        assert answers[2].startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"Nothing was done: send the request again." in answers[2]
        assert b"\r\nretry-after: 1\r\n" in answers[2].lower()
        for client in clients:
            client.close()
        idle.close()
    assert "Traceback" not in log.read_text()
    with handsel.open(sqlite_url) as session:
        assert session.count("account") == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_request_that_waits_for_a_lock_is_finished(postgresql_url: str, log: Path, workers: str) -> None:
    statuses: list[int] = []
    with serving(postgresql_url, log, "--workers", workers) as server, psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE account IN EXCLUSIVE MODE")
        work = threading.Thread(target=lambda: statuses.append(server.request("POST", "accounts", {"name": "A"})[0]))
        work.start()
        eventually(lambda: running(server) == 1, "the request never ran")
        server.process.send_signal(signal.SIGTERM)
        eventually(lambda: refuses(server.port), "the server still takes connections")
        other.commit()
        work.join()
        assert server.process.wait(timeout=30) == 0
        assert statuses == [204]
        assert other.execute("SELECT count(*) FROM account").fetchone() == (1,)

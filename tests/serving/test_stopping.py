"""When stopped, the server finishes running requests, takes no new ones, and ends with status 0."""

import http.client
import signal
import socket
import threading
from pathlib import Path

import psycopg
import pytest

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
def test_a_body_on_its_way_is_waited_for(sqlite_url: str, log: Path, workers: str, sent: signal.Signals) -> None:
    with serving(sqlite_url, log, "--workers", workers) as server:
        idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        idle.request("GET", "/health")
        assert idle.getresponse().read() == b"ok"
        client = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        head = f"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {server.token}\r\n"
        client.sendall(f'{head}Content-Length: 12\r\n\r\n{{"name":'.encode())
        eventually(lambda: running(server) == 1, "the request never ran")
        server.process.send_signal(sent)
        eventually(lambda: refuses(server.port), "the server still takes connections")
        assert server.process.poll() is None
        client.sendall(b'"A"}')
        assert client.recv(1000).startswith(b"HTTP/1.1 204")
        client.close()
        idle.close()
        assert server.process.wait(timeout=30) == 0
    assert "Traceback" not in log.read_text()


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

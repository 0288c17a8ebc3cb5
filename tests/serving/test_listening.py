"""Ports: any free one, a busy one, the next free one; and a run to try things with."""

import http.client
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import handsel
from handsel.errors import SetupError
from handsel.site.listening import take
from tests.serving.conftest import COMMAND, ENVIRONMENT, serving


@pytest.fixture
def busy() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_is_refused_in_a_sentence(sqlite_url: str, busy: int) -> None:
    command = [*COMMAND, "serve", "--port", str(busy), "--database", sqlite_url]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=ENVIRONMENT)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"handsel: Port {busy} at 127.0.0.1 is in use.")
    assert ended.stderr.count("\n") == 1


def test_two_servers_never_share_a_port(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log) as server, pytest.raises(SetupError, match="is in use"):
        take("127.0.0.1", server.port)


def test_a_port_is_taken_from_the_first_moment() -> None:
    bound = take("127.0.0.1", 0)
    with pytest.raises(SetupError, match=f"Port {bound.port} at 127.0.0.1 is in use"):
        take("127.0.0.1", bound.port)
    bound.close()
    take("127.0.0.1", bound.port).close()


def test_the_next_free_port(busy: int) -> None:
    bound = take("127.0.0.1", busy, next_free=True)
    assert busy < bound.port < busy + 100
    bound.close()


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("nowhere.invalid", "'nowhere.invalid' names no address"),
        ("192.0.2.1", "Cannot listen at 192.0.2.1, port 0"),
    ],
)
def test_a_host_that_is_not_ours(host: str, sentence: str) -> None:
    with pytest.raises(SetupError, match=sentence):
        take(host, 0)


def test_a_name_and_an_ipv6_address() -> None:
    for host in ("localhost", "::1"):
        bound = take(host, 0)
        assert bound.host in ("127.0.0.1", "::1")
        bound.close()


def test_a_run_to_try_things_with(sqlite_url: str, log: Path, busy: int) -> None:
    tokens = []
    for _ in range(2):
        with serving(sqlite_url, log, "--try", "--next-port", "--port", str(busy), token="") as server:
            assert server.port > busy
            assert server.process.stdout is not None
            lines = [server.process.stdout.readline() for _ in range(5)]
            assert lines[0] == "User admin, with a token for one day:\n"
            server.token = lines[1].strip()
            tokens.append(server.token)
            assert server.request("GET", "WhoAmI")[0] == 200
            line = shlex.split(lines[3])
            assert line[:3] == ["curl", "-H", f"Authorization: Bearer {server.token}"]
            assert answered(server.port, line[3], line[2]) == 200
            assert server.stop(signal.SIGINT) == 0
        text = log.read_text()
        assert "Traceback" not in text
        assert server.token not in text
        assert "/api/data/v9.2/WhoAmI" in text
    with handsel.open(sqlite_url, user="admin") as session, session.entered():
        from handsel.site.identity.tokens import actor_of

        assert [actor_of(token) is not None for token in tokens] == [False, True]  # they do not pile up


def answered(port: int, address: str, header: str) -> int:
    """The status that a pasted line gets."""
    name, _, value = header.partition(": ")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address.removeprefix(f"http://127.0.0.1:{port}"), headers={name: value})
    status = connection.getresponse().status
    connection.close()
    return status

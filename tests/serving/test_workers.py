"""Workers that die are started again; one that cannot start at all, many times, ends the server."""

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from handsel.http.application import Application
from handsel.site.server import restarts, supervisor
from handsel.site.server.limits import ConnectionLimits
from handsel.site.server.restarts import Backoff, Workers
from handsel.site.server.supervisor import Supervisor
from handsel.site.server.worker import Setting
from tests.serving.conftest import Server, eventually, serving


def workers(server: Server) -> list[psutil.Process]:
    """The living processes below the main one, without multiprocessing's own."""
    found = []
    for each in psutil.Process(server.process.pid).children():
        with suppress(psutil.NoSuchProcess):  # it may end while it is looked at
            if each.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(each.cmdline()):
                found.append(each)
    return found


@pytest.mark.parametrize("count", [1, 2])
def test_workers_that_die_again_and_again_are_replaced(sqlite_url: str, log: Path, count: int) -> None:
    with serving(sqlite_url, log, "--workers", str(count)) as server:
        assert server.request("GET", "ready", below="/")[2] == b"ready"
        for _ in range(4):
            eventually(lambda: len(workers(server)) == count, "no new worker")
            for each in workers(server):
                each.kill()
            assert server.request("GET", "WhoAmI")[0] == 200  # it waits in the queue of the socket
        eventually(lambda: len(workers(server)) == count, "no new worker")
        eventually(lambda: str(count).encode() + b" of" in server.request("GET", "ready", below="/")[2], "not all run")
        status, _, body = server.request("GET", "ready", below="/")
        assert (status, body.splitlines()[0]) == (200, b"ready")
        assert body.startswith(f"ready\n{count} of {count} workers run. A worker died and ".encode())
        assert f"was started again {4 * count} times, the last time at 2".encode() in body
        deaths = [line["event"] for line in server.logged() if "died" in line["event"]]
        assert len(deaths) == 4 * count
        assert deaths[0] == "Worker 1 died (SIGKILL). Another one is started at once." or count == 2
        assert any("is started in " in each for each in deaths)
        assert server.stop() == 0


def test_workers_go_when_the_main_process_is_killed(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log, "--workers", "2") as server:
        left = workers(server)
        server.process.kill()
        _, alive = psutil.wait_procs(left, timeout=20)
        assert alive == []


def test_reloading_loses_no_request(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log, "--workers", "2") as server:
        before = {each.pid for each in workers(server)}
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 60
        while before & {each.pid for each in workers(server)} and time.monotonic() < deadline:
            assert server.request("GET", "WhoAmI")[0] == 200
        assert not before & {each.pid for each in workers(server)}
        eventually(lambda: len(workers(server)) == 2, "not two workers")
        assert server.request("GET", "ready", below="/")[2] == b"ready"
        assert server.stop() == 0


def setting(load: Callable[[], Application], count: int = 1) -> Setting:
    listener = socket.create_server(("127.0.0.1", 0))
    return Setting(load, listener, count, 1, ConnectionLimits(), (), 1000, None)


def broken() -> Application:
    os._exit(3)


def test_a_worker_that_never_starts_ends_the_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(restarts, "MOST_FAILURES", 4)
    announced: list[bool] = []
    assert Supervisor(setting(broken), Workers(1), lambda: announced.append(True)).run() == 1
    assert announced == []
    assert [record.getMessage() for record in caplog.records] == [
        "Worker 1 died (exit status 3). Another one is started at once.",
        "Worker 1 died (exit status 3). Another one is started in 0.1 s.",
        "Worker 1 died (exit status 3). Another one is started in 0.2 s.",
        "Worker 1 died (exit status 3). Another one is started in 0.4 s.",
        "A worker cannot start: it ended 4 times before it served.",
    ]
    assert supervisor.multiprocessing.active_children() == []


def test_pauses_grow_and_are_forgotten() -> None:
    backoff = Backoff()
    assert [backoff.pause(number, has_served=True) for number in range(9)] == [
        *(0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0)
    ]
    assert backoff.pause(8 + 60, has_served=True) == 0
    assert not backoff.is_hopeless
    failing = Backoff()
    pauses = [failing.pause(0, has_served=False) for _ in range(10)]
    assert pauses == [0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6]
    assert failing.is_hopeless
    failing.pause(0, has_served=True)
    assert not failing.is_hopeless


def test_the_note_of_the_workers() -> None:
    known = Workers(3)
    assert known.note() == ""
    known.running = 2
    known.count_restart()
    assert known.note().startswith("2 of 3 workers run. A worker died and was started again once, the last time at 2")

"""`python -m handsel.testing`, for tests in any language."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

COMMAND = [sys.executable, "-m", "handsel.testing"]


@contextmanager
def start(*options: str, stdin: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([*COMMAND, *options], stdin=stdin, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()  # so that a test that failed ends


def announced(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def say(process: subprocess.Popen[str], line: str) -> Any:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return announced(process)


def test_one_line_of_json_then_orders_by_line() -> None:
    with start("--tls") as process:
        server = announced(process)
        asked = {
            "headers": {"Authorization": f"Bearer {server['token']}"},
            "verify": server["ca_file"],
            "timeout": 30,
        }
        assert requests.get(f"{server['api_url']}/WhoAmI", **asked).json()["UserId"] == server["user_id"]
        requests.post(f"{server['api_url']}/accounts", json={"name": "A"}, **asked).raise_for_status()
        assert say(process, "reset") == {"reset": True}
        assert requests.get(f"{server['api_url']}/accounts", **asked).json()["value"] == []
        assert "Write reset" in say(process, "rseet")["error"]
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{server['url']}/ready", timeout=30, verify=False)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_started_in_the_background_it_runs_until_it_is_told_to_stop(stop: signal.Signals) -> None:
    with start(stdin=subprocess.DEVNULL) as process:
        server = announced(process)
        assert requests.get(f"{server['url']}/ready", timeout=30).status_code == 200
        process.send_signal(stop)
        assert process.wait(30) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{server['url']}/ready", timeout=30)


def test_a_server_that_cannot_be() -> None:
    done = subprocess.run([*COMMAND, "--currency", "XXX"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "XXX cannot be the base currency" in done.stderr

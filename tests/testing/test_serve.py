"""A throw-away server: its facts, the reset of its data, its end."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

import handsel
from handsel.testing import Server, restoring, serve


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serve() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.reset()
    return running


def call(server: Server, method: str, path: str, body: Any = None, token: str | None = None) -> requests.Response:
    return requests.request(method, f"{server.api_url}/{path}", json=body, headers=bearer(server, token), timeout=30)


def bearer(server: Server, token: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token or server.token}"}


def names(server: Server) -> list[str]:
    return [row["name"] for row in call(server, "GET", "accounts?$select=name&$orderby=name").json()["value"]]


# What it is


def test_who_the_token_belongs_to(server: Server) -> None:
    response = call(server, "GET", "WhoAmI").json()
    assert (response["UserId"], response["OrganizationId"]) == (server.user_id, server.organization_id)


def token_of(server: Server) -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": server.client_id,
        "client_secret": server.client_secret,
        "scope": f"{server.url}/.default",
    }
    token: str = requests.post(server.token_url, data=form, timeout=30).json()["access_token"]
    return token


def test_client_credentials(server: Server) -> None:
    assert call(server, "GET", "WhoAmI", token=token_of(server)).json()["UserId"] == server.user_id


def test_data_arranged_and_checked_directly(server: Server) -> None:
    with server.session() as session:
        session.execute(handsel.Create("account", {"name": "Arranged"}))
        assert names(server) == ["Arranged"]
        call(server, "POST", "accounts", {"name": "Posted"}).raise_for_status()
        assert [row["name"] for row in session.rows("account", order_by="name")] == ["Arranged", "Posted"]


def test_the_sample_company_in_another_currency_over_tls() -> None:
    before = dict(os.environ)
    with serve(sample=True, tls=True, currency="EUR") as server:
        assert server.url.startswith("https://127.0.0.1:")
        assert len(names(server)) == 6
        codes = call(server, "GET", "organizations?$select=name&$expand=basecurrencyid($select=isocurrencycode)").json()
        assert codes["value"][0]["basecurrencyid"]["isocurrencycode"] == "EUR"
        assert server.ca_file is not None
        with serve(tls=True) as other:  # which is trusted beside the first
            assert names(other) == []
            assert len(names(server)) == 6
    assert dict(os.environ) == before


def test_a_proxy_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert names(server) == []


def test_its_log_tells_of_requests_since_the_reset(server: Server) -> None:
    call(server, "GET", "accounts?$filter=name eq 'marked'")
    call(server, "GET", "nothings")
    assert "/nothings" in server.output
    server.reset()
    assert server.output == ""


def test_its_log_can_be_read_when_it_has_ended() -> None:
    with serve() as server:
        call(server, "GET", "nothings")
    assert "/nothings" in server.output
    assert not server.is_running


# Resetting


def test_what_a_test_did_is_gone(server: Server) -> None:
    for _ in range(2):
        made = [call(server, "POST", "quotes", {"name": name}).headers["OData-EntityId"] for name in ("A", "B")]
        numbers = [requests.get(f"{url}?$select=quotenumber", headers=bearer(server)).json() for url in made]
        # A quote's number ends in random letters (behaviour 10).
        assert [row["quotenumber"][:9] for row in numbers] == ["QUO-01000", "QUO-01001"]
        server.reset()
    assert call(server, "GET", "quotes").json()["value"] == []


def test_a_client_keeps_its_access_token(server: Server) -> None:
    token = token_of(server)
    for _ in range(2):
        server.reset()
        assert call(server, "GET", "WhoAmI", token=token).status_code == 200


def test_custom_columns_of_one_test_are_unknown_to_the_next(server: Server) -> None:
    for mine, others in (("new_one", "new_two"), ("new_two", "new_one")):
        with server.session() as session:
            session.execute(handsel.AddColumn("account", mine, "text"))
        call(server, "POST", "accounts", {"name": "A", mine: "x"}).raise_for_status()
        assert call(server, "GET", f"accounts?$select={mine}").json()["value"][0][mine] == "x"
        assert call(server, "GET", f"accounts?$select={others}").status_code == 400
        server.reset()
        assert call(server, "GET", f"accounts?$select={mine}").status_code == 400


def test_a_database_that_is_not_left_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "PATIENCE", 0.1)
    call(server, "POST", "accounts", {"name": "Kept"}).raise_for_status()
    file = server.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        with pytest.raises(TimeoutError, match="has kept the test server's database"):
            server.reset()
    assert names(server) == ["Kept"]


# Starting and ending


def test_the_program_under_test_keeps_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Django project and a strict one, with its own Handsel settings: none of it reaches the server."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "their.settings")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("HANDSEL_CONFIG", "/nowhere.toml")
    program = "import sys\nfrom handsel.testing import serve\nwith serve() as server: print(server.url)\n"
    program += "print('django' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[1] == "False"


def test_a_configuration(tmp_path: Path) -> None:
    file = tmp_path / "busy.toml"
    file.write_text("[limits]\nrequests = 2\n")
    with serve(config=file) as server:
        responses = [call(server, "GET", "WhoAmI") for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert int(responses[2].headers["Retry-After"]) > 0


def test_a_server_that_does_not_start(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("[nonsense]\n")
    with (
        pytest.raises(handsel.SetupError, match=r"(?s)ended before it served.*wrong\.toml.*nonsense"),
        serve(config=file),
    ):
        pass


def test_tls_without_what_makes_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(handsel.SetupError, match=r"install `handsel\[testing\]`"), serve(tls=True):
        pass


def test_it_ends_with_a_program_that_is_killed() -> None:
    program = (
        "import json, sys\nfrom handsel.testing import serve\n"
        "with serve() as server:\n"
        "    print(json.dumps([server.url, server.database_url]), flush=True)\n"
        "    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url, database = json.loads(process.stdout.readline())
        assert requests.get(f"{url}/ready", timeout=30).status_code == 200
        process.send_signal(signal.SIGKILL)
    directory = Path(database.removeprefix("sqlite:///")).parent
    deadline = time.monotonic() + 30
    while directory.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not directory.exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/ready", timeout=30)

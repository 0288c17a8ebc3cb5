"""The log: a line for every request, with the id in its response, and no secret in it."""

import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from handsel.http import logs
from handsel.http.access_log import AccessLog
from handsel.http.logs import LogSettings
from handsel.site.wsgi import make_application
from tests.serving.conftest import serving
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

Logged = Callable[..., tuple[Api, list[bytes]]]


@pytest.fixture
def logged(sqlite_url: str) -> Logged:
    """The Web API as admin, and its log lines of requests."""

    def make(settings: LogSettings, *, trusted_proxies: str = "") -> tuple[Api, list[bytes]]:
        lines: list[bytes] = []
        application = make_application(
            sqlite_url, access_log=AccessLog(settings, lines.append), trusted_proxies=trusted_proxies
        )
        return Api(application, make_token(sqlite_url), sqlite_url), lines

    return make


def test_a_line_for_every_request(logged: Logged) -> None:
    api, lines = logged(LogSettings(), trusted_proxies="127.0.0.1")
    sent = {"x-ms-client-request-id": "11111111-2222", "X-Forwarded-For": "192.0.2.7"}
    reply = api("GET", "accounts?$select=name&$filter=name eq 'Zoë Secret'", headers=sent)
    line = json.loads(lines[0])
    assert line.pop("time").endswith("Z")
    assert line.pop("duration_ms") > 0
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": reply.headers["x-ms-service-request-id"],
        "client_request_id": "11111111-2222",
        "user": str(UUID(api.get("WhoAmI").json["UserId"])),
        "method": "GET",
        "path": "/api/data/v9.2/accounts",
        "options": "$select&$filter",
        "status": 200,
        "bytes": len(reply.body),
        "remote": "192.0.2.7",
    }


def test_neither_tokens_nor_people_are_logged(logged: Logged) -> None:
    api, lines = logged(LogSettings(level="debug"))
    api.get("accounts(emailaddress1='zoe@home.example')?$filter=name eq 'Zoe'")
    api.get("accounts(emailaddress1='it''s zoe@home.example")
    api.get("WhoAmI", Authorization="Bearer hs_wrong-secret")
    api.post("accounts", {"name": "Zoe"})
    text = b"".join(lines).decode()
    assert len(text.splitlines()) == 4
    for secret in (api.token, "hs_wrong-secret", "zoe@home", "Zoe"):
        assert secret not in text
    assert "accounts(emailaddress1='…')" in text


def test_probes_are_logged_at_debug_only(logged: Logged) -> None:
    api, lines = logged(LogSettings())
    for page in ("health", "ready", "metrics"):
        assert api("GET", page, below="/").status == 200
    assert lines == []


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_caller_cannot_write_lines(logged: Logged, form: str) -> None:
    api, lines = logged(LogSettings(format=form))
    api("GET", 'x\n{"level": "error"}\x1b[31m', below="/")
    assert len(b"".join(lines).splitlines()) == 1
    assert b"\x1b[31m" not in lines[0]


def test_a_log_that_cannot_be_written_fails_no_request(sqlite_url: str) -> None:
    def full(_line: bytes) -> None:
        raise OSError("no space left")

    application = make_application(sqlite_url, access_log=AccessLog(LogSettings(), full))
    assert Api(application, make_token(sqlite_url), sqlite_url).get("WhoAmI").status == 200


def test_text_for_people_shows_the_reason_without_values() -> None:
    handler = logging.StreamHandler(stream := io.StringIO())
    handler.setFormatter(logs.formatter("text"))
    try:
        secret = "hs_" + "secret"
        raise ValueError(len(secret))
    except ValueError as error:
        reason = (ValueError, error, error.__traceback__)
        handler.emit(logging.LogRecord("handsel", logging.ERROR, "", 0, "%s failed", ("x",), reason))
    text = stream.getvalue()
    assert "x failed" in text
    assert "ValueError: 9" in text
    assert "hs_secret" not in text


def test_a_failure_is_explained_under_the_id_of_its_response(postgresql_url: str, log: Path) -> None:
    with serving(postgresql_url, log) as server:
        assert server.request("GET", "accounts")[0] == 200
        with psycopg.connect(postgresql_url) as other:
            other.execute("ALTER TABLE account RENAME TO gone")
        status, headers, _ = server.request("GET", "accounts")
        assert status == 503
        reason, line = [line for line in server.logged() if line["level"] in ("warning", "error")]
        assert reason["request_id"] == line["request_id"] == headers["x-ms-service-request-id"]
        assert 'relation "account" does not exist' in reason["event"]
        assert (line["event"], line["status"]) == ("request", 503)
        assert server.token not in log.read_text()


def test_requests_need_not_be_logged(sqlite_url: str, log: Path, tmp_path: Path) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text("[log]\naccess = false\n")
    with serving(sqlite_url, log, "--config", str(file)) as server:
        assert server.request("GET", "WhoAmI")[0] == 200
        assert server.stop() == 0
    assert log.read_text() == ""

"""What a server does when its database makes it wait, can only be read, is full, or is no longer there."""

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

import handsel
from tests.serving.conftest import Server, eventually, serving
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

LINK = '<link-entity name="account" from="statecode" to="statecode">{0}</link-entity>'


def endless() -> str:
    """A question about each account beside each other one, twice over: as often as a question may ask it."""
    links = ""
    for _ in range(2):
        links = LINK.replace("{0}", links)
    inside = f'<attribute name="accountid" alias="number" aggregate="count"/>{links}'
    return f"accounts?fetchXml=<fetch aggregate='true'><entity name='account'>{inside}</entity></fetch>".replace(
        '"', "'"
    )


@contextmanager
def locked(url: str, row: str = "") -> Iterator[None]:
    """Another program holds the row of an account; on SQLite the file, so that nobody else can write."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
    else:
        with psycopg.connect(url) as connection:
            connection.execute("SELECT 1 FROM account WHERE accountid = %s FOR UPDATE", (row,))
            yield
            connection.rollback()


def application(url: str) -> Api:
    from handsel.site.wsgi import make_application

    return Api(make_application(url), make_token(url), url)


# Time


def test_a_question_that_takes_too_long_is_stopped_in_the_database(database_url: str) -> None:
    api = application(f"{database_url}?query_seconds=1")
    with handsel.open(database_url) as session:
        session.execute_many([handsel.Create("account", {"name": str(number)}) for number in range(1_500)])
    began = time.monotonic()
    reply = api.get(endless())
    assert time.monotonic() - began < 4
    assert (reply.status, reply.code) == (503, "0x80044151"), reply.body
    assert "takes longer" in reply.message
    assert "Retry-After" not in reply.headers  # asked again, it would take as long
    assert api.get("accounts/$count").body == b"1500"
    if database_url.startswith("postgresql"):
        with psycopg.connect(database_url, autocommit=True) as connection:
            running = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
                "AND pid <> pg_backend_pid()"
            ).fetchone()
        assert running == (0,)


def test_a_search_for_a_pattern_is_stopped_too(sqlite_url: str) -> None:
    """A hundred thousand letters against a pattern of nine hundred: 90 million steps of Python in a single call."""
    api = application(f"{sqlite_url}?query_seconds=1")
    account = api.made("accounts", {"name": "A"})
    note = {"notetext": "a" * 100_000, "objectid_account@odata.bind": f"/accounts({account})"}
    assert api.post("annotations", note).status == 204
    pattern = "%_" + "a" * 900 + "b%"
    fetch = (
        "<fetch><entity name='annotation'><filter><condition attribute='notetext' operator='like' "
        f"value='{pattern}'/></filter></entity></fetch>"
    )
    began = time.monotonic()
    reply = api.get(f"annotations?fetchXml={fetch}")
    assert time.monotonic() - began < 6
    assert (reply.status, reply.code) == (503, "0x80044151"), reply.body


def test_a_batch_ends_with_the_question_that_was_stopped(sqlite_url: str) -> None:
    api = application(f"{sqlite_url}?query_seconds=1")
    with handsel.open(sqlite_url) as session:
        session.execute_many([handsel.Create("account", {"name": str(number)}) for number in range(1_500)])
    parts = "".join(
        f"--b\nContent-Type: application/http\n\nGET {path} HTTP/1.1\n\n"
        for path in ("accounts/$count", endless(), endless(), "accounts/$count")
    )
    began = time.monotonic()
    reply = api.batch(f"{parts}--b--\n", prefer="odata.continue-on-error")
    assert time.monotonic() - began < 4
    statuses = [line.split()[1] for line in reply.body.splitlines() if line.startswith(b"HTTP/1.1")]
    assert statuses == [b"200", b"503", b"503", b"503"]
    assert reply.body.count(b"0x80044151") == 1
    assert reply.body.count(b"was not tried") == 2


def test_without_a_limit_it_takes_as_long_as_it_takes(database_url: str) -> None:
    with handsel.open(f"{database_url}?query_seconds=0") as session, session.entered():
        from handsel.database.statements import run

        endless_or_so = {
            "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
            "SELECT count(*) FROM n",
            "postgresql": "SELECT 3000000 FROM pg_sleep(1.5)",
        }
        assert run(endless_or_so[session.context.dialect.name]) == [(3_000_000,)]


# Locks


def test_writers_that_wait_keep_nobody_else_waiting(database_url: str, log: Path) -> None:
    with serving(database_url, log, "--threads", "2") as server:
        made = server.request("POST", "accounts", {"name": "A"})[1]["odata-entityid"]
        id = made.rpartition("(")[2].removesuffix(")")
        answers: list[tuple[int, str, float]] = []

        def write() -> None:
            began = time.monotonic()
            status, headers, _ = server.request("PATCH", f"accounts({id})", {"name": "B"})
            answers.append((status, headers.get("retry-after", ""), time.monotonic() - began))

        with locked(database_url, id):
            writers = [threading.Thread(target=write) for _ in range(20)]
            for writer in writers:
                writer.start()
            eventually(lambda: server.number("handsel_requests_running") == 21, "not all writers wait")  # with this one
            while any(writer.is_alive() for writer in writers):
                for path, below in (("accounts", "/api/data/v9.2/"), ("health", "/"), ("ready", "/")):
                    began = time.monotonic()
                    assert server.request("GET", path, below=below)[0] == 200
                    assert time.monotonic() - began < 2
                writers[0].join(0.2)
        assert [answer[:2] for answer in answers] == [(503, "1")] * 20
        assert max(answer[2] for answer in answers) < 8
        assert server.request("PATCH", f"accounts({id})", {"name": "B"})[0] == 204


def test_metrics_do_not_wait_for_the_database(postgresql_url: str, log: Path) -> None:
    """Not even behind a /ready that waits for it."""
    with serving(postgresql_url, log) as server, psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        statuses: list[int] = []
        probe = threading.Thread(target=lambda: statuses.append(server.request("GET", "ready", below="/")[0]))
        probe.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        eventually(lambda: other.execute(waiting).fetchone() == (1,), "/ready does not wait")
        assert probe.is_alive()
        for path in ("metrics", "health"):
            assert server.request("GET", path, below="/")[0] == 200
        assert probe.is_alive()
        other.rollback()
        probe.join()
        assert statuses == [200]


def test_a_batch_that_only_reads_does_not_wait_with_the_writers(sqlite_url: str, log: Path) -> None:
    statuses: list[int] = []
    with serving(sqlite_url, log, "--threads", "1") as server:
        waiting = threading.Thread(target=lambda: statuses.append(server.request("POST", "accounts", {"name": "A"})[0]))
        with locked(sqlite_url):
            waiting.start()
            eventually(lambda: server.number("handsel_requests_running") == 2, "it does not wait")  # with this one
            began = time.monotonic()
            status, _, body = batch(
                server, "--b\nContent-Type: application/http\n\nGET accounts/$count HTTP/1.1\n\n--b--\n"
            )
            assert (status, time.monotonic() - began < 2) == (200, True)
            assert b"HTTP/1.1 200 OK" in body
            assert waiting.is_alive()
        waiting.join()
    assert statuses == [204]


def test_a_file_that_nobody_else_may_even_read(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handsel.site.database.LOCK_SECONDS", 0.5)  # of an address that is registered from now on
    with handsel.open(sqlite_url) as session:
        session.execute(handsel.Create("account", {"name": "A"}))
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(handsel.SetupError, match="locked"):
            handsel.open(sqlite_url)
        assert time.monotonic() - began < 4


# The file


def test_a_file_that_was_moved_away(sqlite_url: str, log: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with serving(sqlite_url, log) as server:
        assert server.request("POST", "accounts", {"name": "A"})[0] == 204
        assert server.request("GET", "ready", below="/")[0] == 200
        away = file.with_suffix(".away")
        file.rename(away)
        refused(server, "was removed or moved away")
        assert not file.exists()
        away.rename(file)
        assert server.request("POST", "accounts", {"name": "B"})[0] == 204
        assert server.request("GET", "ready", below="/")[0] == 200
        assert server.request("GET", "accounts/$count")[2] == b"2"


@pytest.mark.parametrize("how", ["a copy", "an empty one", "a link", "emptied", "without its log", "a link without it"])
def test_a_file_that_was_changed_from_outside(sqlite_url: str, log: Path, how: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    if how == "a link without it":
        how = "without its log"
        link = file.with_suffix(".link")
        link.symlink_to(file)
        sqlite_url = f"sqlite:///{link}"
    with serving(sqlite_url, log) as server:
        assert server.request("POST", "accounts", {"name": "A"})[0] == 204
        if how == "emptied":
            os.truncate(file, 0)
        elif how == "without its log":
            Path(f"{file}-wal").unlink()
        else:
            other = file.with_suffix(".other")
            if how == "a link":  # the same file under another name: its log would stand beside that one
                file.rename(file.with_suffix(".real"))
                other.symlink_to(file.with_suffix(".real"))
            elif how == "a copy":
                shutil.copyfile(file, other)
            else:
                other.touch()
            other.replace(file)
        words = {"emptied": "emptied", "without its log": "a part of the database, was removed"}
        status, _, body = server.request("POST", "accounts", {"name": "B"})
        assert status == 503
        assert words.get(how, "replaced") in json.loads(body)["error"]["message"]
        if how != "without its log":
            refused(server, words.get(how, "replaced"))


def refused(server: Server, words: str) -> None:
    """Nothing is acknowledged, and everybody is told why."""
    for method, path, body in (("POST", "accounts", {"name": "C"}), ("GET", "accounts", None)):
        status, headers, content = server.request(method, path, body)
        assert (status, headers["retry-after"]) == (503, "5")
        error = json.loads(content)["error"]
        assert error["code"] == "0x80044150"
        assert words in error["message"]
    assert server.request("GET", "ready", below="/")[0] == 503
    assert server.request("GET", "health", below="/")[0] == 200
    assert any(words in line["event"] for line in server.logged() if line["level"] == "warning")


def test_a_database_of_another_version_is_not_ready(database_url: str, log: Path) -> None:
    with serving(database_url, log) as server:
        with handsel.open(database_url) as session, session.entered():
            from handsel.database.statements import run

            run("INSERT INTO django_migrations (app, name, applied) VALUES ('handsel', '9999_later', '2030-01-01')")
            assert server.request("GET", "ready", below="/")[0] == 503
            run("DELETE FROM django_migrations WHERE name = '9999_later'")
        assert server.request("GET", "ready", below="/")[0] == 200


def test_a_stopped_server_leaves_all_in_the_file(sqlite_url: str, log: Path, tmp_path: Path) -> None:
    """So that whoever copies the file alone has what was acknowledged."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with serving(sqlite_url, log, "--workers", "2") as server:
        for _ in range(3):
            assert server.request("POST", "accounts", {"name": "A"})[0] == 204
        assert server.stop() == 0
    assert not Path(f"{file}-wal").exists()
    shutil.copyfile(file, tmp_path / "copy.sqlite3")
    with handsel.open(f"sqlite:///{tmp_path / 'copy.sqlite3'}") as session:
        assert session.count("account") == 3


# Room


def test_a_full_disk_is_said_and_recovers(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    from django.db import connections

    api = application(sqlite_url)
    assert api.get("accounts/$count").body == b"0"
    with handsel.open(sqlite_url) as session:
        alias = session.context.alias
    connections[alias].ensure_connection()
    [(pages,)] = connections[alias].connection.execute("PRAGMA page_count").fetchall()
    connections[alias].connection.execute(f"PRAGMA max_page_count={pages}")
    many = [{"lastname": str(number), "description": "x" * 1_000} for number in range(500)]
    reply = api.post("accounts", {"name": "A", "contact_customer_accounts": many})
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "0x80044150", "30")
    assert "no room left" in reply.message
    assert "database or disk is full" in caplog.text
    assert api.get("accounts/$count").body == b"0"
    # The connection was given up with its limit.
    assert api.post("accounts", {"name": "A", "description": "x" * 1_000}).status == 204


def test_a_database_that_can_only_be_read_is_said_and_recovers(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    api = application(database_url)
    assert api.post("accounts", {"name": "A"}).status == 204
    text = (
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: application/http\nContent-ID: 1\n\n"
        'POST accounts HTTP/1.1\nContent-Type: application/json\n\n{"name": "C"}\n--c--\n--b--\n'
    )
    with only_to_be_read(database_url):
        assert api.batch(text).status == 503
        for _ in range(2):
            reply = api.post("accounts", {"name": "B"})
            assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "0x80044150", "30")
            assert "can only be read" in reply.message
        assert api.get("accounts/$count").body == b"1"
    assert "read" in caplog.text
    assert api.batch(text).status == 200
    assert api.post("accounts", {"name": "B"}).status == 204


@contextmanager
def only_to_be_read(url: str) -> Iterator[None]:
    """Let nobody change the database. Permissions do not bind the superuser, so the connection is told instead."""
    from django.db import connections

    with handsel.open(url) as session:
        alias = session.context.alias
    if url.startswith("sqlite"):
        from handsel.database.sqlite import base

        allowed = base.can_write
        connections[alias].close()
        base.can_write = lambda _file: False
        try:
            yield
        finally:
            base.can_write = allowed
        return
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        connections[alias].close()
        yield
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


def batch(server: Server, text: str) -> tuple[int, dict[str, str], bytes]:
    """Send a batch."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    sent: dict[str, Any] = {
        "Authorization": f"Bearer {server.token}",
        "Content-Type": "multipart/mixed; boundary=b",
    }
    connection.request("POST", "/api/data/v9.2/$batch", text, sent)
    response = connection.getresponse()
    found = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return found

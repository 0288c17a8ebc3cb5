"""A database of another version is refused by every surface, before anything is read or written in it."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import handsel
from handsel.site.cli import COMMANDS
from handsel.site.database import masked
from handsel.site.schema import Schema, refusal
from handsel.site.wsgi import make_application
from tests.cli.conftest import Command
from tests.serving.conftest import eventually, serving
from tests.upgrade.conftest import CURRENT, ROOT, ask, content

NEWEST = "0904_tightened"
FUTURE = "9999_of_the_future"

USES = {
    "init": (),
    "demo": (),
    "list": ("quotes",),
    "show": ("QUO-01000",),
    "new": ("account", "name=A"),
    "set": ("QUO-01000", "name=A"),
    "line": ("remove", "QUO-01000", "1"),
    "message": ("Create", '{"Table": "account", "Values": {"name": "A"}}'),
    "convert": ("opportunity", "--to", "quote", "--all"),
    "maps": (),
    "column": ("list",),
    "price_trace": ("QUO-01000",),
    "events": (),
    "serve": ("--port", "0"),
    "token": ("create",),
    "client": ("list",),
    "user": ("list",),
    "role": ("list",),
    "team": ("list",),
    "unit": ("list",),
    "share": ("QUO-01000", "--list"),
    "export": ("orders",),
    "can": ("admin", "Read", "account"),
    "who": ("Read", "account"),
    "whoami": (),
    "connector": ("list",),
    "delivery": ("list",),
    "deliver": ("--once",),
}
"""A use of every command that works with a database. `doctor` and `upgrade` say what they find."""


def make_newer(url: str) -> None:
    """The database as a newer Handsel would have upgraded it."""
    ask(url, f"INSERT INTO django_migrations (app, name, applied) VALUES ('handsel', '{FUTURE}', '2026-01-01')")


def test_every_command_is_here() -> None:
    assert {*USES, "doctor", "upgrade"} == set(COMMANDS)


def test_an_older_database(handsel_command: Command, stored_url: str, ahead: None) -> None:
    sentence = f"has schema {CURRENT}, and this Handsel needs {NEWEST}. Run `handsel upgrade --database "
    assert_refused(handsel_command, stored_url, USES, sentence)


def test_a_newer_database(handsel_command: Command, stored_url: str) -> None:
    make_newer(stored_url)
    sentence = f"has schema {FUTURE}, and this Handsel knows none newer than {CURRENT}. Install "
    assert_refused(handsel_command, stored_url, {**USES, "upgrade": ()}, sentence)


def assert_refused(handsel_command: Command, url: str, uses: Mapping[str, tuple[str, ...]], sentence: str) -> None:
    before = content(url)
    for command, arguments in uses.items():
        outcome = handsel_command(command.replace("_", "-"), *arguments, url=url)
        assert (outcome.status, outcome.out) == (1, ""), command
        assert sentence in outcome.err, command
        assert len(outcome.err.splitlines()) == 1, command
    assert content(url) == before


def test_doctor_names_both_versions(handsel_command: Command, stored_url: str, ahead: None) -> None:
    outcome = handsel_command("doctor", url=stored_url)
    assert f"✗ tables: schema {CURRENT}, and this Handsel needs {NEWEST}\n  → Run `handsel upgrade" in outcome.out
    make_newer(stored_url)
    outcome = handsel_command("doctor", url=stored_url)
    assert f"✗ tables: schema {FUTURE}, and this Handsel needs {NEWEST}\n  → Install " in outcome.out


def test_the_errors_tell_programs_which_it_is(stored_url: str, ahead: None) -> None:
    for open_database in (handsel.open, make_application, handsel.create):
        with pytest.raises(handsel.SchemaTooOld) as refused:
            open_database(stored_url)
        assert masked(stored_url) in refused.value.message
    make_newer(stored_url)
    for open_database in (handsel.open, make_application, handsel.create):
        with pytest.raises(handsel.SchemaTooNew):
            open_database(stored_url)


def test_a_wsgi_server_of_another_kind(stored_url: str) -> None:
    make_newer(stored_url)
    program = "import handsel.site.wsgi; handsel.site.wsgi.application"
    environment = {"HANDSEL_DATABASE_URL": stored_url, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ended.returncode == 1
    assert FUTURE in ended.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_a_worker_that_starts_later(sqlite_url: str, tmp_path: Path) -> None:
    """It says why it does not start, and the worker that it was to replace goes on."""
    log = tmp_path / "log"
    with serving(sqlite_url, log) as server:
        make_newer(sqlite_url)
        assert server.request("GET", "accounts")[0] == 200
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: any(f"has schema {FUTURE}" in line["event"] for line in server.logged()), "it says why")
        assert server.request("GET", "accounts")[0] == 200


def test_a_database_is_asked_once(database_url: str) -> None:
    """By one statement when it is opened, and not again."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with handsel.open(database_url) as session, CaptureQueriesContext(connections[session.context.alias]) as queries:
        session.as_user("admin")
        with handsel.open(database_url):
            pass
        next(session.rows("organization"))
    asked = [query["sql"] for query in queries if "django_migrations" in query["sql"]]
    assert len(asked) == 1


def test_a_migration_of_a_package_does_not_hide_the_one_that_is_missing() -> None:
    schema = Schema(
        applied=frozenset({"0001_initial", "returnorder_0001_add_return_orders"}),
        known=frozenset({"0001_initial", "0002_add_weight", "returnorder_0001_add_return_orders"}),
    )
    assert schema.needed == "0002_add_weight"
    assert str(refusal(schema, "sqlite:///a.sqlite3")).startswith(
        "The database 'sqlite:///a.sqlite3' has schema returnorder_0001_add_return_orders, and this Handsel needs "
        "0002_add_weight. Run `handsel upgrade"
    )

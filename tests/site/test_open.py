"""Opening databases: several at once, none at all, the wrong kind, and inside another Django project."""

import gc
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.people import make_administrator


def run_program(program: str) -> subprocess.CompletedProcess[str]:
    """Run Python text in a separate process."""
    return subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)


def test_two_databases_open_in_one_process_keep_apart(sqlite_url: str, postgresql_url: str) -> None:
    with handsel.open(sqlite_url) as first, handsel.open(postgresql_url) as second:
        first.execute(handsel.Create("account", {"name": "Only in the first"}))
        second.execute(handsel.Create("account", {"name": "Only in the second"}))
        ours, theirs = first.rows("account"), second.rows("account")
        assert [next(ours)["name"], next(theirs)["name"]] == ["Only in the first", "Only in the second"]
        assert next(ours, None) is None
        assert next(theirs, None) is None


def test_declarations_are_no_garbage_and_what_comes_after_them_may_be(sqlite_url: str) -> None:
    with handsel.open(sqlite_url):
        assert gc.get_freeze_count() > 10_000
        assert gc.isenabled()


def test_inside_another_django_project_open_refuses_with_one_sentence() -> None:
    ended = run_program(
        """
        from django.conf import settings
        settings.configure(INSTALLED_APPS=[])
        import handsel
        try:
            handsel.open("sqlite:///none.sqlite3")
        except handsel.SetupError as error:
            print(error)
        """
    )
    assert ended.stderr == ""
    assert ended.stdout.startswith("Handsel cannot be opened inside another Django project")
    assert ended.stdout.count("\n") == 1


def test_a_settings_module_of_another_project_is_respected() -> None:
    ended = run_program(
        """
        import os
        os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
        import handsel
        try:
            handsel.open("sqlite:///none.sqlite3")
        except handsel.SetupError as error:
            print(error)
        """
    )
    assert "another Django project" in ended.stdout


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"
    with pytest.raises(handsel.SetupError, match="handsel init"):
        handsel.open(f"sqlite:///{file}")
    assert not file.exists()


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "sqlite:///", "nonsense", "sqlite://host/file"])
def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    with pytest.raises(handsel.SetupError):
        handsel.open(url)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(handsel.SetupError) as refused:
        handsel.open("postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(refused.value)


def test_creating_twice_changes_nothing(empty_database_url: str) -> None:
    first = handsel.create(empty_database_url)
    assert first.is_new
    assert first.password
    second = handsel.create(empty_database_url)
    assert not second.is_new
    assert second.password is None


def test_an_empty_database_is_refused_with_the_command_to_type(empty_postgresql_url: str) -> None:
    with pytest.raises(handsel.SetupError, match="handsel init"):
        handsel.open(empty_postgresql_url)


def test_an_unknown_user_is_named(sqlite_url: str) -> None:
    with pytest.raises(handsel.NotFound, match="nobody") as refused:
        handsel.open(sqlite_url, user="nobody")
    assert refused.value.code is Code.OBJECT_DOES_NOT_EXIST


def test_a_disabled_user_can_do_nothing(session: handsel.Session) -> None:
    make_administrator(session, "leaver")
    leaver = session.as_user("leaver")
    user = next(session.rows("systemuser", "domainname eq 'leaver'"))
    session.execute(handsel.Update("systemuser", user.id, {"isdisabled": True}))
    with pytest.raises(handsel.PrivilegeDenied):
        leaver.execute(handsel.Create("account", {"name": "Too late"}))
    assert session.count("account") == 0


def test_a_closed_session_refuses(database_url: str) -> None:
    session = handsel.open(database_url)
    session.execute_many([handsel.Create("account", {"name": name}) for name in "AB"])
    rows = session.rows("account")
    next(rows)
    session.close()
    for use in (
        lambda: session.execute(handsel.Create("account", {"name": "C"})),
        lambda: session.count("account"),
        lambda: session.rows("account"),
        lambda: session.retrieve("account", UUID(int=1)),
        lambda: session.as_user("admin"),
        lambda: session.queryset("account"),
        session.__enter__,
        lambda: next(rows),
    ):
        with pytest.raises(handsel.SetupError, match="session is closed"):
            use()
    with handsel.open(database_url) as again:
        assert again.count("account") == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("x", r"not 'x' \(str\)"),
        (None, r"not None\."),
        ({"name": "A"}, "dict"),
        (handsel.WinQuote, r"not the class WinQuote itself; call it with its parameters, as in WinQuote\(…\)"),
        (Path, r"not the class Path itself; call it as in Path\(…\)"),
    ],
)
def test_what_is_no_message_is_a_type_error(sqlite_url: str, given: Any, words: str) -> None:
    with handsel.open(sqlite_url) as session:
        with pytest.raises(TypeError, match=words):
            session.execute(given)
        with pytest.raises(TypeError, match=words):
            session.execute_many([given])


def test_a_list_that_is_none(sqlite_url: str) -> None:
    with handsel.open(sqlite_url) as session:
        for given in ("x", handsel.GetDefaultPriceLevel("quote"), 5):
            with pytest.raises(TypeError, match="takes a list of messages, not"):
                session.execute_many(given)  # type: ignore[arg-type]
        assert session.execute_many([]) == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("synchronous=off", "synchronous is full or normal, not 'off'"),
        ("query_seconds=-1", "query_seconds is a number of seconds"),
        ("query_seconds=ten", "query_seconds is a number of seconds"),
        ("cache=shared", "unknown setting cache"),
    ],
)
def test_a_setting_in_an_address_that_makes_no_sense(sqlite_url: str, settings: str, words: str) -> None:
    with pytest.raises(handsel.SetupError, match=words):
        handsel.open(f"{sqlite_url}?{settings}")


@pytest.mark.parametrize(("settings", "level"), [("", 2), ("?synchronous=normal", 1), ("?synchronous=FULL", 2)])
def test_every_commit_is_on_the_disk_unless_told_otherwise(sqlite_url: str, settings: str, level: int) -> None:
    with handsel.open(f"{sqlite_url}{settings}") as session, session.entered():
        from handsel.database.statements import run

        assert run("PRAGMA synchronous") == [(level,)]


def test_a_file_that_was_replaced_between_two_sessions_is_opened(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with handsel.open(sqlite_url) as session:
        session.execute(handsel.Create("account", {"name": "A"}))
    copy = file.with_suffix(".copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)
    with handsel.open(sqlite_url) as session:
        assert session.count("account") == 1

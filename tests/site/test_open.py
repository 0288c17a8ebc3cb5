"""Opening databases: several at once, none at all, the wrong kind, and inside another Django project."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import handsel
from handsel.errors import Code


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
    session.execute(handsel.Create("systemuser", {"domainname": "leaver", "lastname": "Leaver"}))
    leaver = session.as_user("leaver")
    user = next(session.rows("systemuser", "domainname eq 'leaver'"))
    session.execute(handsel.Update("systemuser", user.id, {"isdisabled": True}))
    with pytest.raises(handsel.PrivilegeDenied):
        leaver.execute(handsel.Create("account", {"name": "Too late"}))
    assert session.count("account") == 0

"""Databases that a command must not work with: it says which and why, before it does anything, and changes nothing."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

import handsel
from tests.cli.conftest import Command

COMMANDS = [
    ["show", "QUO-1"],
    ["demo"],
    ["serve", "--port", "0"],
    ["upgrade"],
    ["maps"],
    ["token", "list"],
    ["convert", "opportunity", "--to", "quote", "--all"],
    ["message", "GetDefaultPriceLevel", '{"EntityName": "opportunity"}'],
    ["init"],
]
NAMES = [command[0] for command in COMMANDS]


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("arguments", COMMANDS, ids=NAMES)
def test_a_damaged_file(sqlite_url: str, handsel_command: Command, arguments: list[str]) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    os.truncate(file, 100_000)
    before = digest(file)
    done = handsel_command(*arguments, "--database", sqlite_url)
    assert done.status == 1
    assert "malformed" in done.err
    assert "Restore it from a backup" in done.err
    assert "password" not in done.err
    assert done.err.count("\n") == 1
    assert digest(file) == before


@pytest.mark.parametrize("arguments", COMMANDS, ids=NAMES)
def test_the_database_of_another_program(
    empty_database_url: str, handsel_command: Command, arguments: list[str]
) -> None:
    make_a_shop(empty_database_url)
    before = content(empty_database_url)
    done = handsel_command(*arguments, "--database", empty_database_url)
    assert done.status == 1
    assert "another program's: it holds shop" in done.err
    assert content(empty_database_url) == before


def test_init_puts_both_into_one_database_if_it_must(empty_database_url: str, handsel_command: Command) -> None:
    make_a_shop(empty_database_url)
    assert handsel_command("init", "--force", "--database", empty_database_url).status == 0
    with handsel.open(empty_database_url) as session:
        assert session.count("account") == 0
    assert "shop" in content(empty_database_url)


def test_init_never_takes_a_table_of_the_same_name(empty_sqlite_url: str, handsel_command: Command) -> None:
    with closing(sqlite3.connect(empty_sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("CREATE TABLE Account (name)")
    done = handsel_command("init", "--force", "--database", empty_sqlite_url)
    assert done.status == 1
    assert "account have names that Handsel needs" in done.err


def make_a_shop(url: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("CREATE TABLE shop (name text)")
    else:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE shop (name text)")


def content(url: str) -> list[str]:
    """The tables of a database, and of a file its way of logging."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            [(mode,)] = connection.execute("PRAGMA journal_mode").fetchall()
            return [*tables, mode]
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def test_a_database_in_memory(handsel_command: Command, tmp_path: Path) -> None:
    for url in ("sqlite:///:memory:", "sqlite:///file::memory:?cache=shared"):
        done = handsel_command("init", "--database", url)
        assert done.status == 1
        assert done.err.count("\n") == 1
    with pytest.raises(handsel.SetupError, match=r"would end with the connection.*handsel\.testing"):
        handsel.create("sqlite:///:memory:")
    assert not Path(":memory:").exists()


def test_what_is_no_file(handsel_command: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ""):
        done = handsel_command("show", "QUO-1", "--database", f"sqlite:///{tmp_path / name}")
        assert (done.status, "is no file" in done.err) == (1, True)


# Reading only

READING = [["maps"], ["token", "list"], ["column", "list"], ["events", "--limit", "1"], ["doctor"], ["upgrade"]]
WRITING = [
    ["demo"],
    ["serve", "--port", "0"],
    ["token", "create", "--user", "admin"],
    ["new", "account", "name=A"],
    ["set", "user", "admin", "title=Administrator"],
    ["line", "remove", "QUO-01000", "1"],
    ["maps", "--remove", "quote.salesorder", "name"],
    ["maps", "--switch-off", "quote.salesorder", "name"],
    ["maps", "--second", "quote.salesorder", "refuse"],
]


def test_a_folder_that_can_only_be_read(
    sqlite_url: str, tmp_path: Path, handsel_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody may write there, not even put a log beside the file. Permissions do not bind the superuser."""
    file = tmp_path / "only.sqlite3"
    file.write_bytes(Path(sqlite_url.removeprefix("sqlite:///")).read_bytes())
    file.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode == os.R_OK)
    before = digest(file)
    for arguments in READING:
        done = handsel_command(*arguments, "--database", f"sqlite:///{file}")
        assert done.status == 0, done.err + done.out
    for arguments in WRITING:
        done = handsel_command(*arguments, "--database", f"sqlite:///{file}")
        assert done.status == 1
        assert "can only be read: its file or its folder is read-only" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["only.sqlite3"]
    assert digest(file) == before


def test_a_server_that_allows_no_changes(postgresql_url: str, handsel_command: Command) -> None:
    url = f"{postgresql_url}?options=-c%20default_transaction_read_only%3Don"
    assert handsel_command("maps", "--database", url).status == 0
    done = handsel_command("demo", "--database", url)
    assert done.status == 1
    assert "can only be read: the server" in done.err


@pytest.mark.parametrize(
    "password", ["se%zzcret", "one@secret", "a:b@secret", "secret%"], ids=["percent", "at", "colon", "end"]
)
@pytest.mark.parametrize("command", ["maps", "doctor", "init"])
def test_no_sentence_shows_a_password(handsel_command: Command, command: str, password: str) -> None:
    done = handsel_command(command, "--database", f"postgresql://seller:{password}@127.0.0.1:1/sales")
    assert done.status == 1
    assert "seller:***@127.0.0.1:1/sales" in done.out + done.err
    assert "cret" not in done.out + done.err
    assert "?." not in done.out + done.err

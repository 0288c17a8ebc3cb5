"""The command line in this process, and a database with the sample company."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from handsel.site.cli import main
from handsel.site.start import start
from tests.databases import once, sqlite_database

start()


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Command(Protocol):
    def __call__(self, *arguments: str, url: str | None = None) -> Outcome: ...


@pytest.fixture
def handsel_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `handsel` with these arguments; `url` names the database."""
    monkeypatch.delenv("HANDSEL_DATABASE_URL", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str, url: str | None = None) -> Outcome:
        capsys.readouterr()
        status = main([*arguments, *(["--database", url] if url else [])])
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


@pytest.fixture
def sample_url(run_directory: Path, sample_template: Path, database_names: Iterator[str]) -> Iterator[str]:
    """A fresh copy of an SQLite database with the sample company."""
    with sqlite_database(run_directory / f"{next(database_names)}.sqlite3", template=sample_template) as url:
        yield url


@pytest.fixture(scope="session")
def sample_template(run_directory: Path) -> Path:
    file = run_directory / "sample.sqlite3"

    def make() -> None:
        assert main(["init", "--sample", "--database", f"sqlite:///{file}"]) == 0
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    once(run_directory, "sample", make)
    return file

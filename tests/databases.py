"""Gives every test that asks for one its own fresh database, on SQLite and on PostgreSQL.

    def test_something(session): ...            # twice: an open session as admin on each kind of database
    def test_something(database_url): ...       # twice: the URL of an initialized database
    def test_something(sqlite_url): ...         # once; likewise postgresql_url
    def test_something(empty_database_url): ... # twice: nothing in it yet, handsel.create is the test's own

A template is made once a run and copied for each test. The first test that needs the server or a template makes it,
whichever worker that test is on; the others wait for a file lock and find it. A run of pure tests starts nothing.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from tests.postgres import kept_directory, launch, url_base

if TYPE_CHECKING:
    import handsel

RUN_DIRECTORY = pytest.StashKey[Path]()
KINDS = ["sqlite", "postgresql"]


def pytest_configure(config: pytest.Config) -> None:
    """Make the directory that all workers of this run share; it lives as long as the process that was started first."""
    worker_input: dict[str, str] | None = getattr(config, "workerinput", None)
    if worker_input is not None:
        config.stash[RUN_DIRECTORY] = Path(worker_input["handsel_run_directory"])
        return
    resources = ExitStack()
    config.stash[RUN_DIRECTORY] = resources.enter_context(kept_directory(durable=False))
    config.add_cleanup(resources.close)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the shared directory is."""
    node.workerinput["handsel_run_directory"] = str(node.config.stash[RUN_DIRECTORY])


@pytest.fixture(scope="session")
def run_directory(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.stash[RUN_DIRECTORY]


# Databases


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh initialized database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database that was never initialized, once of each kind. On SQLite the file does not exist."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(run_directory: Path, sqlite_template: Path, database_names: Iterator[str]) -> Iterator[str]:
    """A fresh initialized SQLite database."""
    with sqlite_database(run_directory / f"{next(database_names)}.sqlite3", template=sqlite_template) as url:
        yield url


@pytest.fixture
def empty_sqlite_url(run_directory: Path, database_names: Iterator[str]) -> Iterator[str]:
    """The URL of an SQLite file that does not exist."""
    with sqlite_database(run_directory / f"{next(database_names)}.sqlite3") as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_template: str, postgresql: "PostgreSQL", database_names: Iterator[str]) -> Iterator[str]:
    """A fresh initialized PostgreSQL database."""
    with postgresql.database(next(database_names), template=postgresql_template) as url:
        yield url


@pytest.fixture
def empty_postgresql_url(postgresql: "PostgreSQL", database_names: Iterator[str]) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgresql.database(next(database_names), template="template0") as url:
        yield url


@pytest.fixture
def session(database_url: str) -> "Iterator[handsel.Session]":
    """An open session as admin on a fresh database, once of each kind."""
    import handsel

    session = handsel.open(database_url, user="admin")
    yield session
    session.close()


# What they are made from


@pytest.fixture(scope="session")
def database_names() -> Iterator[str]:
    """Names that no other worker of this run uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return (f"test_{worker}_{number}" for number in count(1))


@pytest.fixture(scope="session")
def sqlite_template(run_directory: Path) -> Path:
    """An initialized SQLite file, to be copied."""
    file = run_directory / "template.sqlite3"

    def make() -> None:
        create_in_a_process_of_its_own(f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file alone is the database

    once(run_directory, "sqlite", make)
    return file


@pytest.fixture(scope="session")
def postgresql(run_directory: Path) -> "Iterator[PostgreSQL]":
    """The server of this run."""
    once(run_directory, "postgresql", lambda: launch(run_directory, durable=False))
    base = url_base(run_directory)
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        yield PostgreSQL(base, connection)


@pytest.fixture(scope="session")
def postgresql_template(run_directory: Path, postgresql: "PostgreSQL") -> str:
    """The name of an initialized database, to be copied."""

    def make() -> None:
        postgresql.create("handsel_template", template="template0")
        create_in_a_process_of_its_own(postgresql.url("handsel_template"))

    once(run_directory, "postgresql-template", make)
    return "handsel_template"


@dataclass(frozen=True)
class PostgreSQL:
    """The server of this run, as one worker sees it."""

    base: str
    connection: psycopg.Connection

    def url(self, database: str) -> str:
        """Return the URL of a database on this server."""
        return f"{self.base}/{database}"

    def create(self, database: str, *, template: str) -> None:
        """Copy a database that nobody is connected to."""
        # Without fsync, copying files is faster than writing them to the log: 10 ms against 25 ms.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self.connection.execute(statement.format(sql.Identifier(database), sql.Identifier(template)))

    @contextmanager
    def database(self, name: str, *, template: str) -> Iterator[str]:
        """Yield the URL of a copy that is dropped at the end, whoever is still connected to it."""
        self.create(name, template=template)
        yield self.url(name)
        close_connections_of_this_process()
        self.connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def sqlite_database(file: Path, *, template: Path | None = None) -> Iterator[str]:
    """Yield the URL of a file that is removed at the end, with all that SQLite puts beside it."""
    if template:
        shutil.copy(template, file)
    yield f"sqlite:///{file}"
    close_connections_of_this_process()
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)


def close_connections_of_this_process() -> None:
    """Close what a failed test left open, so that it cannot disturb the next one."""
    if "django.db" in sys.modules:
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()


def create_in_a_process_of_its_own(url: str) -> None:
    """Initialize a database; in another process, which takes its connections with it when it ends."""
    command = [sys.executable, "-c", "import sys, handsel; handsel.create(sys.argv[1])", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"handsel.create({url!r}) failed:\n{done.stderr}")


def once(directory: Path, name: str, make: Callable[[], None]) -> None:
    """Make something once a run, whichever worker comes first; if it fails, it fails alike for all who come later."""
    done, failed = directory / f"{name}.done", directory / f"{name}.failed"
    with (directory / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failed.exists():
            raise RuntimeError(failed.read_text())
        if done.exists():
            return
        try:
            make()
        except Exception as error:
            failed.write_text(str(error))
            raise
        done.touch()

"""Gives each scenario a company of its own, on SQLite and on PostgreSQL.

The company is made once a run for each kind of database and copied; a scenario finds the rows by their names.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from handsel.site.start import start

start()

import handsel  # noqa: E402 (Django must know all tables first)
from tests.databases import PostgreSQL, once, sqlite_database  # noqa: E402
from tests.scenarios.company import Company  # noqa: E402


@pytest.fixture(params=["sqlite", "postgresql"])
def company(request: pytest.FixtureRequest) -> Iterator[Company]:
    """The sample company in a fresh database, once of each kind."""
    session = handsel.open(request.getfixturevalue(f"company_{request.param}_url"), user="admin")
    yield Company(session)
    session.close()


@pytest.fixture
def company_sqlite_url(run_directory: Path, company_file: Path, database_names: Iterator[str]) -> Iterator[str]:
    with sqlite_database(run_directory / f"{next(database_names)}.sqlite3", template=company_file) as url:
        yield url


@pytest.fixture
def company_postgresql_url(
    postgresql: PostgreSQL, company_template: str, database_names: Iterator[str]
) -> Iterator[str]:
    with postgresql.database(next(database_names), template=company_template) as url:
        yield url


@pytest.fixture(scope="session")
def company_file(run_directory: Path, sqlite_template: Path) -> Path:
    file = run_directory / "company.sqlite3"

    def make() -> None:
        file.write_bytes(sqlite_template.read_bytes())
        founded(f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file alone is the database

    once(run_directory, "company-sqlite", make)
    return file


@pytest.fixture(scope="session")
def company_template(run_directory: Path, postgresql: PostgreSQL, postgresql_template: str) -> str:
    def make() -> None:
        postgresql.create("company_template", template=postgresql_template)
        founded(postgresql.url("company_template"))

    once(run_directory, "company-postgresql", make)
    return "company_template"


def founded(url: str) -> None:
    """Make the company in an initialized database."""
    with handsel.open(url, user="admin") as session:
        Company(session)

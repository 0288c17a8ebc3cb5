"""Databases from the stored schemas, and a Handsel that has further migrations."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from handsel.site.start import start
from tests.cli.conftest import handsel_command  # noqa: F401  # a fixture
from tests.databases import KINDS, PostgreSQL, close_connections_of_this_process, once, sqlite_database
from tests.upgrade.migrations.ahead import NEWEST_OF_THE_PRODUCT

start()

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "data" / "schema"
OLDEST = "0001_initial"
CURRENT = NEWEST_OF_THE_PRODUCT


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture
def stored_url(request: pytest.FixtureRequest, kind: str) -> str:
    """A database with data that was made with the oldest schema and has the current one, once of each kind."""
    url: str = request.getfixturevalue(f"stored_{kind}_url")
    return url


@pytest.fixture
def oldest_url(request: pytest.FixtureRequest, kind: str) -> str:
    """A database of the oldest schema with data, once of each kind."""
    url: str = request.getfixturevalue(f"oldest_{kind}_url")
    return url


@pytest.fixture
def upgraded_url(request: pytest.FixtureRequest, kind: str, ahead: None) -> str:
    """The same, upgraded by three further migrations; and this process is a Handsel that has them."""
    url: str = request.getfixturevalue(f"upgraded_{kind}_url")
    return url


@pytest.fixture
def new_url(request: pytest.FixtureRequest, kind: str) -> str:
    """A new database of the same kind."""
    url: str = request.getfixturevalue(f"{kind}_url")
    return url


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, kind: str) -> str:
    """One of the same kind with nothing in it."""
    url: str = request.getfixturevalue(f"empty_{kind}_url")
    return url


@pytest.fixture
def oldest_sqlite_url(tmp_path: Path) -> Iterator[str]:
    with sqlite_database(tmp_path / "oldest.sqlite3") as url:
        restore_sqlite(tmp_path / "oldest.sqlite3")
        yield url


@pytest.fixture
def stored_sqlite_url(run_directory: Path, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "shop.sqlite3"
    file.touch(mode=0o600)
    with sqlite_database(file, template=upgraded_sqlite(run_directory, "none")) as url:
        yield url


@pytest.fixture
def upgraded_sqlite_url(run_directory: Path, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "upgraded.sqlite3"
    file.touch(mode=0o600)
    with sqlite_database(file, template=upgraded_sqlite(run_directory, "ahead")) as url:
        yield url


def upgraded_sqlite(run_directory: Path, migrations: str) -> Path:
    """The oldest database after an upgrade by a Handsel with these further migrations, made once a run."""
    template = run_directory / f"upgraded-{migrations}.sqlite3"

    def make() -> None:
        restore_sqlite(template)
        upgrade_in_a_process_of_its_own(migrations, f"sqlite:///{template}", "--no-copy")

    once(run_directory, f"sqlite-upgraded-{migrations}", make)
    return template


@pytest.fixture(scope="session")
def oldest_postgresql_template(run_directory: Path, postgresql: PostgreSQL) -> str:
    def make() -> None:
        postgresql.create("oldest_template", template="template0")
        with psycopg.connect(postgresql.url("oldest_template")) as connection:
            connection.execute((STORED / f"{OLDEST}.postgresql.sql").read_text(encoding="utf-8"))

    once(run_directory, "postgresql-oldest", make)
    return "oldest_template"


@pytest.fixture(scope="session")
def stored_postgresql_template(run_directory: Path, oldest_postgresql_template: str, postgresql: PostgreSQL) -> str:
    def make() -> None:
        postgresql.create("stored_template", template=oldest_postgresql_template)
        upgrade_in_a_process_of_its_own("none", postgresql.url("stored_template"))

    once(run_directory, "postgresql-stored", make)
    return "stored_template"


@pytest.fixture
def oldest_postgresql_url(
    oldest_postgresql_template: str, postgresql: PostgreSQL, database_names: Iterator[str]
) -> Iterator[str]:
    with postgresql.database(next(database_names), template=oldest_postgresql_template) as url:
        yield url


@pytest.fixture
def stored_postgresql_url(
    stored_postgresql_template: str, postgresql: PostgreSQL, database_names: Iterator[str]
) -> Iterator[str]:
    with postgresql.database(next(database_names), template=stored_postgresql_template) as url:
        yield url


@pytest.fixture
def upgraded_postgresql_url(
    run_directory: Path, stored_postgresql_template: str, postgresql: PostgreSQL, database_names: Iterator[str]
) -> Iterator[str]:
    def make() -> None:
        postgresql.create("upgraded_template", template=stored_postgresql_template)
        upgrade_in_a_process_of_its_own("ahead", postgresql.url("upgraded_template"))

    once(run_directory, "postgresql-upgraded", make)
    with postgresql.database(next(database_names), template="upgraded_template") as url:
        yield url


def restore_sqlite(file: Path) -> None:
    """Make the stored database as Handsel keeps one: for its owner only, in WAL mode, so that readers never wait."""
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript((STORED / f"{OLDEST}.sqlite.sql").read_text(encoding="utf-8"))


def upgrade_in_a_process_of_its_own(migrations: str, url: str, *options: str) -> None:
    """By the product's migrations, and those of a package in `migrations`."""
    process = started(migrations, "upgrade", *options, "--database", url)
    _, output = process.communicate()
    assert process.returncode == 0, output


Use = Callable[[str], None]


@pytest.fixture
def use_migrations(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Let this process be a Handsel with the migrations of a package in `migrations`."""

    def use(name: str) -> None:
        monkeypatch.setattr(settings, "MIGRATION_MODULES", {"handsel": f"tests.upgrade.migrations.{name}"})

    return use


@pytest.fixture
def ahead(use_migrations: Use) -> None:
    """Let this process be a Handsel with three further migrations."""
    use_migrations("ahead")


def started(migrations: str, *arguments: str) -> subprocess.Popen[str]:
    """Start `handsel` with the migrations of a package in `migrations`, in a process of its own."""
    program = (
        "import sys; from handsel.site.start import start; start(); from django.conf import settings; "
        f"settings.MIGRATION_MODULES = {{'handsel': 'tests.upgrade.migrations.{migrations}'}}; "
        "from handsel.site.cli import main; sys.exit(main())"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ask(url: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a statement, read without Handsel."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            rows = connection.execute(statement)
            found = rows.fetchall() if rows.description else []
            connection.commit()
            return found
    with psycopg.connect(url) as server:
        rows = server.execute(statement)
        return rows.fetchall() if rows.description else []


def content(url: str) -> dict[str, list[Any]]:
    """Every row of every table, and how the schema is stated."""
    close_connections_of_this_process()
    if url.startswith("sqlite"):
        tables = ask(url, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        stated = ask(url, "SELECT name, sql FROM sqlite_master ORDER BY 1")
    else:
        tables = ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        stated = [row for rows in schema(url).values() for row in sorted(rows)]
    return {"": stated, **{name: sorted(ask(url, f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables}}


def schema(url: str) -> dict[str, set[Any]]:
    """Columns, indexes, constraints and counters, in whatever order they were made."""
    return {name: set(ask(url, statement)) for name, statement in _STATED[url.partition(":")[0]].items()}


_STATED = {
    "sqlite": {
        "columns": 'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk '
        "FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE m.type = 'table'",
        "foreign keys": 'SELECT m.name, f."from", f."table", f."to", f.on_delete '
        "FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'",
        "indexes": 'SELECT m.name, i.name, i."unique", i.partial, group_concat(coalesce(c.name, \'?\') || c."desc") '
        "FROM sqlite_master AS m, pragma_index_list(m.name) AS i, pragma_index_xinfo(i.name) AS c "
        "WHERE m.type = 'table' AND i.name NOT LIKE 'sqlite_autoindex_%' AND i.name NOT LIKE 'hs_key_%' "
        "GROUP BY m.name, i.name",
        "counters": "SELECT name FROM hs_counter",
    },
    "postgresql": {
        "columns": "SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length, "
        "numeric_precision, numeric_scale FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE 'hs\\_key\\_%'",
        "counters": "SELECT sequencename, start_value FROM pg_sequences WHERE schemaname = 'public'",
    },
}
"""Without the indexes of custom keys, which an organization makes."""

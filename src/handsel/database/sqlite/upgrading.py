"""Upgrades on SQLite: a transaction without foreign keys, tables rebuilt with all their indexes, a copy of the file."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from handsel.database.sqlite.base import DatabaseWrapper
from handsel.database.sqlite.case_folded import add_case_folded, columns_of
from handsel.errors import SetupError
from handsel.tables import django_fields
from handsel.tables.indexes import CASE_FOLDED, KEY_INDEX, is_list_index

PAGES = 16_384
"""Pages copied at a time: 64 MB."""

PATIENCE = 30
"""Seconds for which other transactions may still run."""

EVERY = 5.0
"""Seconds between two reports on the progress of the copy."""


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A transaction that holds the file's write lock from its beginning.

    Django changes a table by rebuilding it, and SQLite would execute ON DELETE when the old one is dropped. Foreign
    keys cannot be switched off inside a transaction, so they are switched off before it. `upgrade` checks them.
    """
    connection.ensure_connection()
    connection.SchemaEditorClass = WholeTables
    connection.disable_constraint_checking()
    connection.connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    with transaction.atomic(using=connection.alias):  # BEGIN IMMEDIATE
        assert isinstance(connection, DatabaseWrapper)
        connection.take_all_time()
        yield


class WholeTables(DatabaseSchemaEditor):
    """Django's schema editor, but a rebuilt table keeps the indexes that Django does not know.

    These are the indexes of lists with their columns of case-folded text, and those of custom keys.
    """

    def _remake_table(
        self,
        model: Any,
        create_field: django_fields.Field | None = None,
        delete_field: django_fields.Field | None = None,
        alter_fields: Any = None,
    ) -> None:
        table = model._meta.db_table
        case_folded = [
            name.removeprefix(CASE_FOLDED) for name in columns_of(self, table) if name.startswith(CASE_FOLDED)
        ]
        indexes = {name: text for name, text in self._indexes(table).items() if _is_unknown_to_django(name, table)}
        super()._remake_table(model, create_field, delete_field, alter_fields)  # type: ignore[misc]  # the stubs leave it out
        present = columns_of(self, table)
        add_case_folded(self, table, [name for name in case_folded if name in present])
        for text in indexes.values():
            self.execute(text, None)

    def _indexes(self, table: str) -> dict[str, str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", (table,))
            return dict(cursor.fetchall())


def _is_unknown_to_django(name: str, table: str) -> bool:
    return name.startswith(KEY_INDEX) or is_list_index(name, table)


def copy_file(file: Path, version: str, report: Callable[[str], None]) -> Path:
    """Copy the database, as last committed, to a new file next to it and return that file.

    Only while the file is locked against writers, by `alone`. Raises SetupError without disk space or permission.
    """
    names = (
        f"{file.stem}.before-{version}{number}{file.suffix}" for number in ("", *(f"-{n}" for n in range(2, 1000)))
    )
    copy = next(free for free in map(file.with_name, names) if not free.exists())
    part = copy.with_name(f"{copy.name}.part")
    report(f"Copying the database to {copy}")
    try:
        part.unlink(missing_ok=True)  # left by an upgrade that was killed
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, file.stat().st_mode & 0o777))
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target, pages=PAGES, progress=_reporting(report))
        part.rename(copy)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise SetupError(
            f"The database could not be copied to {copy}: {error}. Nothing was changed. Make room for the copy, or "
            "back the database up yourself and upgrade it with --no-copy."
        ) from error
    return copy


def _reporting(report: Callable[[str], None]) -> Callable[[int, int, int], None]:
    said = time.monotonic()

    def follow(_status: int, left: int, total: int) -> None:
        nonlocal said
        if left and time.monotonic() - said >= EVERY:
            said = time.monotonic()
            report(f"Copied {(total - left) * 100 // total} %")

    return follow

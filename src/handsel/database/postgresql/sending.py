"""How statements reach PostgreSQL: by one cursor of the driver for each connection, in pipelines, and by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.dialect import Rows
from handsel.database.statements import connection, note_statement


def run(wrapper: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> Rows:
    """Send one statement and return its rows."""
    cursor = _cursor(wrapper)
    cursor.execute(sql, params)
    # Not `cursor.description`, which makes an object for each of an account's hundred columns. A cursor without a
    # result is in a pipeline, where fetching waits for it.
    return cursor.fetchall() if cursor.pgresult is None or cursor.pgresult.nfields else []


def send(wrapper: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> None:
    """Send one statement that returns no rows."""
    _cursor(wrapper).execute(sql, params)


def run_each(wrapper: BaseDatabaseWrapper, statements: Sequence[tuple[str, Sequence[object]]]) -> list[Rows]:
    """Send several SELECTs and wait once for the results of all of them."""
    if len(statements) < 2:
        return [run(wrapper, sql, params) for sql, params in statements]
    with wrapper.connection.pipeline():
        sent = [_new_cursor(wrapper).execute(sql, params) for sql, params in statements]
        return [cursor.fetchall() for cursor in sent]


def copy_rows(table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
    """Send rows into a table by COPY; `columns` maps each column to its type, in the order of the values.

    The driver converts by these types, not by those of the values: an option is written as its number.
    """
    sql = f'COPY "{table}" ({", ".join(columns)}) FROM STDIN (FORMAT BINARY)'
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    with _cursor(wrapper).copy(sql) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)


def _cursor(wrapper: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    """The one cursor of a connection; a new one for each statement would cost as much as a short statement."""
    cursor: psycopg.Cursor[Any] | None = getattr(wrapper, "handsel_cursor", None)
    if cursor is None or cursor.connection is not wrapper.connection:
        cursor = wrapper.handsel_cursor = _new_cursor(wrapper)  # type: ignore[attr-defined]  # stored on its connection
    return cursor


def _new_cursor(wrapper: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    cursor = psycopg.Cursor(wrapper.connection)
    # Django's loader constructs a moment twice. The session's time zone is UTC, so the driver's loader gives the same.
    oid = psycopg.adapters.types["timestamptz"].oid
    loader = psycopg.adapters.get_loader(oid, psycopg.pq.Format.TEXT)
    assert loader is not None
    cursor.adapters.register_loader(oid, loader)
    return cursor

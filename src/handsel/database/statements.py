"""Raw statements on the hot path: the driver's own cursor inside Django's transaction, counted.

Django's cursor costs several times the statement itself here (measured; decision 0004), so the engine asks Django for
the transaction only. SQL is built from declared identifiers; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.context import current

FEW = 50
"""Up to so many rows, a PostgreSQL insert goes as one JSON parameter, which can be sent together with other statements.
More rows go by COPY, which costs half, but waits for an answer (decision 0004)."""


class StatementCount:
    """How many statements a block sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


_counter: ContextVar[StatementCount | None] = ContextVar("handsel_statements", default=None)


@contextmanager
def counted_statements() -> Iterator[StatementCount]:
    """Count the statements of the current session inside a block, Django's own reads included."""
    count = StatementCount()
    token = _counter.set(count)
    try:
        yield count
    finally:
        _counter.reset(token)


def mark() -> str:
    """The placeholder of the current driver."""
    return "%s" if current().vendor == "postgresql" else "?"


def key_value(id: UUID) -> UUID | str:
    """An id as the current driver takes it."""
    return id if current().vendor == "postgresql" else id.hex


def note_statement(sql: str) -> None:
    """Add a statement that went another way (the ORM) to the running count."""
    count = _counter.get()
    if count is not None:
        count.statements.append(sql)


def connection() -> BaseDatabaseWrapper:
    """The Django connection of the current context."""
    return connections[current().alias]


def run(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Send one statement and return its rows (empty for a statement without any).

    Placeholders are those of the driver: `%s` on PostgreSQL, `?` on SQLite. Raises the driver's own errors; `execute`
    turns lock conflicts into retries.
    """
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    if wrapper.vendor == "postgresql":
        cursor = _cursor(wrapper)
        cursor.execute(sql, params)
        # Not `cursor.description`, which makes an object for each of an account's hundred columns. A cursor without a
        # result is in a pipeline, where fetching waits for it.
        return cursor.fetchall() if cursor.pgresult is None or cursor.pgresult.nfields else []
    return wrapper.connection.execute(sql, params).fetchall()  # type: ignore[no-any-return]  # Django's connection is untyped


def send(sql: str, params: Sequence[Any] = ()) -> None:
    """Send one statement that answers nothing. Inside `sent_together` its error may come later."""
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    if wrapper.vendor == "postgresql":
        _cursor(wrapper).execute(sql, params)
    else:
        wrapper.connection.execute(sql, params)


@contextmanager
def sent_together() -> Iterator[None]:
    """Do not wait for the answer to each statement of a block (PostgreSQL). Errors are raised at its end at the latest.

    For few rows: COPY cannot be sent this way.
    """
    wrapper = connection()
    if wrapper.vendor != "postgresql":
        yield
        return
    with wrapper.connection.pipeline():
        yield


def run_each(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
    """Send several SELECTs together and return the rows of each: on PostgreSQL one wait for all of them."""
    wrapper = connection()
    if wrapper.vendor != "postgresql" or len(statements) < 2:
        return [run(sql, params) for sql, params in statements]
    wrapper.ensure_connection()
    with wrapper.connection.pipeline():
        sent = []
        for sql, params in statements:
            note_statement(sql)
            sent.append(_new_cursor(wrapper).execute(sql, params))
        return [cursor.fetchall() for cursor in sent]


def _cursor(wrapper: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    """The one cursor of a PostgreSQL connection; a new one a statement would cost as much as a short statement."""
    cursor: psycopg.Cursor[Any] | None = getattr(wrapper, "handsel_cursor", None)
    if cursor is None or cursor.connection is not wrapper.connection:
        cursor = wrapper.handsel_cursor = _new_cursor(wrapper)  # type: ignore[attr-defined]  # kept with its connection
    return cursor


def _new_cursor(wrapper: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    cursor = psycopg.Cursor(wrapper.connection)
    # Django's loader makes a moment twice. The session's time zone is UTC, so the driver's own gives the same.
    oid = psycopg.adapters.types["timestamptz"].oid
    loader = psycopg.adapters.get_loader(oid, psycopg.pq.Format.TEXT)
    assert loader is not None
    cursor.adapters.register_loader(oid, loader)
    return cursor


def copy_rows(table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Send rows into a PostgreSQL table by COPY; `columns` maps each column to its type, in the order of the values.

    The driver converts by these types, not by those of the values: an option counts as its number.
    """
    sql = f'COPY "{table}" ({", ".join(columns)}) FROM STDIN (FORMAT BINARY)'
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    with _cursor(wrapper).copy(sql) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)


def run_many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Send one prepared SQLite statement with many rows of parameters."""
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    wrapper.connection.executemany(sql, rows)


def driver_sql(sql: str) -> str:
    """SQL as Django compiles it (`%s`), in the placeholder style of the current driver."""
    if current().vendor == "postgresql":
        return sql
    return sql.replace("%s", "?").replace("%%", "%")

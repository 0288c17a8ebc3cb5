"""Raw statements on the hot path: the driver's own cursor inside Django's transaction, counted.

Django's cursor costs several times the statement itself here (measured; decision 0004), so the engine asks Django for
the transaction only. SQL is built from declared identifiers; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.engine.context import current


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
        cursor = psycopg.Cursor(wrapper.connection)
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
    return wrapper.connection.execute(sql, params).fetchall()  # type: ignore[no-any-return]


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
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

"""Raw statements on the hot path: the driver's cursor inside Django's transaction, counted.

Django's cursor costs several times the statement itself here (measured; decision 0004), so the engine asks Django for
the transaction only. SQL is built from declared identifiers; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.context import Context, current
from handsel.database.dialect import Rows
from handsel.database.failures import given_up

FEW = 50
"""The most rows that a PostgreSQL insert sends as one JSON parameter, which can be sent together with other statements.
More rows are sent by COPY, which costs half, but waits for a result (decision 0004)."""


class StatementCount:
    """How many statements a block sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


_counter: ContextVar[StatementCount | None] = ContextVar("handsel_statements", default=None)


@contextmanager
def counted_statements() -> Iterator[StatementCount]:
    """Count the statements of the current session inside a block, Django's reads included."""
    count = StatementCount()
    token = _counter.set(count)
    try:
        yield count
    finally:
        _counter.reset(token)


def mark() -> str:
    """The placeholder of the current driver."""
    return current().dialect.mark


def key_value(id: UUID) -> UUID | str:
    """An id as the current driver takes it."""
    return current().dialect.key(id)


def note_statement(sql: str) -> None:
    """Add a statement that was sent by the ORM to the running count."""
    count = _counter.get()
    if count is not None:
        count.statements.append(sql)


def connection() -> BaseDatabaseWrapper:
    """The Django connection of the current context."""
    return connections[current().alias]


def run(sql: str, params: Sequence[object] = ()) -> Rows:
    """Send one statement and return its rows (empty for a statement without any).

    Placeholders are those of the driver (`mark`). Raises the driver's errors; `execute` turns lock conflicts into
    retries. Outside of a transaction a failure of the database as a whole is DatabaseUnavailable.
    """
    note_statement(sql)
    context = current()
    try:
        return context.dialect.run(_open(context), sql, params)
    except _errors(context) as error:
        _refuse(context, error)
        raise


def send(sql: str, params: Sequence[object] = ()) -> None:
    """Send one statement that returns no rows. Inside `sent_together` its error may come later."""
    note_statement(sql)
    context = current()
    context.dialect.send(_open(context), sql, params)


def sent_together() -> AbstractContextManager[object]:
    """Do not wait for the result of each statement of a block. Errors are raised at its end at the latest.

    For few rows: COPY, which sends many, has to wait.
    """
    context = current()
    return context.dialect.sent_together(connections[context.alias])


def run_each(statements: Sequence[tuple[str, Sequence[object]]]) -> list[Rows]:
    """Send several SELECTs together and return the rows of each: at most one wait for all of them."""
    for sql, _params in statements:
        note_statement(sql)
    context = current()
    try:
        return context.dialect.run_each(_open(context), statements)
    except _errors(context) as error:
        _refuse(context, error)
        raise


def driver_sql(sql: str) -> str:
    """SQL as Django compiles it (`%s`), in the placeholder style of the current driver."""
    return current().dialect.driver_sql(sql)


def _errors(context: Context) -> tuple[type[Exception], ...]:
    return (DatabaseError, *context.dialect.errors)  # opening a connection raises Django's


def _refuse(context: Context, error: Exception) -> None:
    """Raise the failure behind an error. Inside a transaction whoever began it decides what to do about it."""
    if not connections[context.alias].in_atomic_block:
        found = given_up(connections[context.alias], error)
        if found is not None:
            raise found from error


def _open(context: Context) -> BaseDatabaseWrapper:
    wrapper = connections[context.alias]
    wrapper.ensure_connection()
    return wrapper

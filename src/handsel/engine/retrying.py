"""One transaction, done again as a whole when it lost a conflict with another writer (architecture 4)."""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import psycopg
from django.db import DatabaseError, IntegrityError, transaction

from handsel.database.context import Context
from handsel.engine import idempotency
from handsel.engine.customization.definitions import DefinitionsChanged
from handsel.engine.customization.keys import key_behind
from handsel.errors import Busy, Code, Conflict, Refused
from handsel.tables.info import all_tables

TRIES = 4
"""A transaction is tried once and, after a lock conflict, retried up to three times."""

_CONFLICTS = (
    idempotency.KeyTaken,
    DefinitionsChanged,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.LockNotAvailable,
)
_ERRORS = (DatabaseError, psycopg.Error, sqlite3.Error, idempotency.KeyTaken, DefinitionsChanged)
_Result = TypeVar("_Result")


class RetryTransaction(BaseException):
    """A conflict inside a transaction that is replayed as a whole.

    It is no Exception, so that nothing between here and there mistakes it for a failure and answers it.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


_outermost: ContextVar[str | None] = ContextVar("handsel_replaying", default=None)
"""The database whose transaction is being replayed around the current code."""


def run_with_retries(
    context: Context, act: Callable[[], _Result], what: str, *, retries_duplicates: bool = False
) -> _Result:
    """What `act` returns, done in one transaction; after a deadlock or the like all of it is done again.

    Inside another one of the same database the outer one is replayed: locks that it took before are part of the
    conflict. `what` names the work in the refusal; `retries_duplicates` counts a taken key as a conflict, too. Raises
    Busy when three retries met a conflict as well; what a constraint of the database refuses becomes a refusal.
    """
    if _outermost.get() == context.alias:
        return _inner(context, act, retries_duplicates=retries_duplicates)
    last: Exception | None = None
    for attempt in range(TRIES):
        token = _outermost.set(context.alias)
        try:
            with _write_lock(context), transaction.atomic(using=context.alias):
                return act()
        except RetryTransaction as again:
            last = again.error
        except _ERRORS as error:
            if not _is_conflict(error, retries_duplicates=retries_duplicates):
                raise _explained(error) from error
            last = error
        finally:
            _outermost.reset(token)
        if attempt + 1 < TRIES:  # those that met come back at different times
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)
    if last is not None and _is_duplicate(_cause(last)):
        raise _explained(last) from last  # a key that is still taken is no matter of time
    raise Busy(f"The database stayed locked while {what} was tried {TRIES} times; nothing was changed. Try again.")


_turns: dict[str, threading.Lock] = {}
_TURN_SECONDS = 30


@contextmanager
def _write_lock(context: Context) -> Iterator[None]:
    """Let the threads of this process write to an SQLite file in the order they came.

    SQLite lets one in at a time and leaves the others to look again after ever longer pauses: with eight callers some
    waited many times as long as others. Nothing depends on it: after the time that SQLite waits, too, it goes on.
    """
    if context.vendor != "sqlite":
        yield
        return
    lock = _turns.setdefault(context.alias, threading.Lock())
    taken = lock.acquire(timeout=_TURN_SECONDS)
    try:
        yield
    finally:
        if taken:
            lock.release()


def _inner(context: Context, act: Callable[[], _Result], *, retries_duplicates: bool) -> _Result:
    try:
        with transaction.atomic(using=context.alias):
            return act()
    except _ERRORS as error:
        if _is_conflict(error, retries_duplicates=retries_duplicates):
            raise RetryTransaction(error) from error
        raise _explained(error) from error


def _cause(error: Exception) -> BaseException:
    """The driver's own error."""
    return error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ is not None else error


def _is_conflict(error: Exception, *, retries_duplicates: bool) -> bool:
    """Whether a database error is a conflict with another writer that a new try may not meet."""
    cause = _cause(error)
    if isinstance(cause, _CONFLICTS) or (retries_duplicates and _is_duplicate(cause)):
        return True
    return isinstance(cause, sqlite3.OperationalError) and ("locked" in str(cause) or "busy" in str(cause))


def _explained(error: Exception) -> Exception:
    """A constraint of the database as a refusal in plain words; anything else as it is."""
    cause = _cause(error)
    text = str(cause)
    if _is_duplicate(cause):
        if "quote_live_number" in text or text.endswith("quote.quotenumber"):
            return Refused(
                "Another draft or active quote has the same quote number. Close it first.",
                Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE,
            )
        code = Code.DUPLICATE_RECORD if _is_primary(cause) else Code.DUPLICATE_ALTERNATE_KEY
        return Conflict(f"{_duplicate(cause)} Give other values, or change the row that has them.", code)
    if isinstance(cause, psycopg.errors.ForeignKeyViolation) or "FOREIGN KEY constraint" in text:
        return Refused(
            f"Another row still refers to it, or it refers to a row that is gone: {_constraint(text)}. Look up both "
            "and try again.",
            Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
        )
    if isinstance(cause, psycopg.errors.ObjectInUse):
        return Refused("A definition cannot change together with rows of its table. Send it in a request of its own.")
    if isinstance(cause, (psycopg.errors.NumericValueOutOfRange, OverflowError)):
        return Refused("An amount does not fit its column.", Code.MONEY_SIZE_EXCEEDED)
    if isinstance(cause, (psycopg.errors.IntegrityError, sqlite3.IntegrityError)) or isinstance(error, IntegrityError):
        return Refused(f"The database refused the values: {_constraint(text)}.")
    return error


def _is_duplicate(cause: BaseException) -> bool:
    return isinstance(cause, psycopg.errors.UniqueViolation) or "UNIQUE constraint" in str(cause)


def _is_primary(cause: BaseException) -> bool:
    """Whether it is the id that exists already; every other key is an alternate one, with a code of its own."""
    if isinstance(cause, psycopg.Error):
        return (cause.diag.constraint_name or "").endswith("_pkey")
    table, columns = _violated(cause)
    return columns == [next((info.primary_key for info in all_tables() if info.logical_name == table), f"{table}id")]


def _violated(cause: BaseException) -> tuple[str, list[str]]:
    """The table and the columns of a key, from the driver's error; no columns where it names none of them alone."""
    if isinstance(cause, psycopg.Error):
        detail = _KEY.match(cause.diag.message_detail or "")
        columns = detail[1].replace('"', "").split(", ") if detail else []
        return cause.diag.table_name or "", [] if any("(" in column for column in columns) else columns
    names = [name.partition(".") for name in str(cause).rpartition("failed: ")[2].split(", ")]
    return names[0][0], [column for _table, _dot, column in names if column]


_KEY = re.compile(r"Key \((.*?)\)=\(")


def _duplicate(cause: BaseException) -> str:
    """Which values exist already."""
    table, columns = _violated(cause)
    if not columns:
        index = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else str(cause).rpartition(" ")[2]
        found = key_behind((index or "").strip("'"))
        if found is None:
            return "A row with the same values in an alternate key exists already."
        table, columns = found[0], list(found[1].columns)
    return f"{table}: a row with the same {' and '.join(columns)} exists already."


def _constraint(text: str) -> str:
    return " ".join(text.partition("CONTEXT:")[0].split())[:300]

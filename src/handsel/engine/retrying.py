"""One transaction, retried as a whole after a conflict with another writer (architecture 4)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, transaction

from handsel.database.context import Context
from handsel.database.dialect import Dialect, DuplicateKey, Fault
from handsel.engine import idempotency
from handsel.engine.crud.hooks import duplicate_refusal
from handsel.engine.customization.definitions import DefinitionsChanged
from handsel.engine.customization.keys import key_behind
from handsel.errors import Busy, Code, Conflict, Refused

TRIES = 4
"""A transaction is tried once and, after a lock conflict, retried up to three times."""

_Result = TypeVar("_Result")


class RetryTransaction(BaseException):
    """A conflict inside a transaction that is retried as a whole.

    It is no Exception, so that no code in between handles it as a failure.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


_outermost: ContextVar[str | None] = ContextVar("handsel_retrying", default=None)
"""The database of the transaction around the current code, which is retried as a whole."""


def run_with_retries(
    context: Context, act: Callable[[], _Result], what: str, *, retries_duplicates: bool = False
) -> _Result:
    """The result of `act`, run in one transaction; after a deadlock or another conflict all of it is retried.

    Inside another transaction of the same database the outer one is retried: locks that it took before are part of the
    conflict. `what` names the work in the refusal; with `retries_duplicates` a taken key is a conflict, too. Raises
    Busy when three retries failed with a conflict, and a refusal for a violated constraint of the database.
    """
    if _outermost.get() == context.alias:
        return _inner(context, act, retries_duplicates=retries_duplicates)
    last: Exception | None = None
    for attempt in range(TRIES):
        token = _outermost.set(context.alias)
        try:
            with _write_lock(context), transaction.atomic(using=context.alias):
                return act()
        except RetryTransaction as conflict:
            last = conflict.error
        except _errors(context.dialect) as error:
            if not _is_conflict(context.dialect, error, retries_duplicates=retries_duplicates):
                raise _explained(context.dialect, error) from error
            last = error
        finally:
            _outermost.reset(token)
        if attempt + 1 < TRIES:  # transactions that collided retry at different times
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)
    if last is not None and context.dialect.fault(_cause(last)) is Fault.DUPLICATE:
        raise _explained(context.dialect, last) from last  # waiting does not free a key that is still taken
    raise Busy(f"The database stayed locked while {what} was tried {TRIES} times; nothing was changed. Try again.")


_turns: dict[str, threading.Lock] = {}
_TURN_SECONDS = 30


@contextmanager
def _write_lock(context: Context) -> Iterator[None]:
    """Let the threads of this process write to a database with one writer in the order they came.

    SQLite itself has one writer at a time, and the others poll with ever longer pauses: with eight callers some waited
    many times as long as others. It is only for fairness: after the time that SQLite waits, too, the lock is ignored.
    """
    if not context.dialect.has_one_writer:
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
    except _errors(context.dialect) as error:
        if _is_conflict(context.dialect, error, retries_duplicates=retries_duplicates):
            raise RetryTransaction(error) from error
        raise _explained(context.dialect, error) from error


def _errors(dialect: Dialect) -> tuple[type[Exception], ...]:
    """The errors of a transaction that are handled here."""
    return (DatabaseError, *dialect.errors, idempotency.KeyTaken, DefinitionsChanged)


def _cause(error: Exception) -> BaseException:
    """The driver's error."""
    return error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ is not None else error


def _is_conflict(dialect: Dialect, error: Exception, *, retries_duplicates: bool) -> bool:
    """Whether an error is a conflict with another writer, so that a retry may succeed."""
    if isinstance(error, (idempotency.KeyTaken, DefinitionsChanged)):
        return True
    fault = dialect.fault(_cause(error))
    return fault is Fault.CONFLICT or (retries_duplicates and fault is Fault.DUPLICATE)


def _explained(dialect: Dialect, error: Exception) -> Exception:
    """The violation of a database constraint as a refusal in plain words; any other error unchanged."""
    cause = _cause(error)
    text, fault = str(cause), dialect.fault(cause)
    if fault is Fault.DUPLICATE:
        refusal = duplicate_refusal(text)
        if refusal is not None:
            return refusal
        key = dialect.duplicate_key(cause)
        code = Code.DUPLICATE_RECORD if key.is_primary else Code.DUPLICATE_ALTERNATE_KEY
        return Conflict(f"{_duplicate(key)} Give other values, or change the row that has them.", code)
    if fault is Fault.REFERENCE:
        return Refused(
            f"Another row still refers to it, or it refers to a row that is gone: {_constraint(text)}. Look up both "
            "and try again.",
            Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
        )
    if fault is Fault.IN_USE:
        return Refused("A definition cannot change together with rows of its table. Send it in a request of its own.")
    if fault is Fault.OUT_OF_RANGE:
        return Refused("An amount does not fit its column.", Code.MONEY_SIZE_EXCEEDED)
    if fault is Fault.CONSTRAINT or isinstance(error, IntegrityError):
        return Refused(f"The database refused the values: {_constraint(text)}.")
    return error


def _duplicate(key: DuplicateKey) -> str:
    """The refusal that says which values exist already."""
    table, columns = key.table, key.columns
    if not columns:  # the columns of a custom key's index are in its definition
        found = key_behind(key.index_name)
        if found is None:
            return "A row with the same values in an alternate key exists already."
        table, columns = found[0], found[1].columns
    return f"{table}: a row with the same {' and '.join(columns)} exists already."


def _constraint(text: str) -> str:
    return " ".join(text.partition("CONTEXT:")[0].split())[:300]

"""One transaction, retried as a whole after a conflict with another writer (architecture 4)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import Error, IntegrityError, connections, transaction

from handsel.database.context import Context, entered
from handsel.database.dialect import Dialect, DuplicateKey, Fault
from handsel.database.failures import cause_of, failure, given_up
from handsel.database.patience import LOCK_SECONDS, Patience, patience
from handsel.database.row import Reference
from handsel.engine import idempotency
from handsel.engine.crud.hooks import duplicate_refusal
from handsel.engine.customization.definitions import DefinitionsChanged
from handsel.engine.customization.keys import key_behind
from handsel.engine.lock_order import LockOrder, OutOfTurn, one_order
from handsel.errors import Busy, Code, Conflict, Refused

TRIES = 4
"""A transaction is tried once and, after a conflict, retried up to three times."""

MOST_OUT_OF_TURN = 50
"""How often a transaction may begin again because it needs a row before those it holds. It knows one more each time."""

_NEXT_TO_NOTHING = 0.05
"""Seconds that are not worth a wait."""

_Result = TypeVar("_Result")


class RetryTransaction(BaseException):
    """A conflict, or a failure of the database, inside a transaction that is retried as a whole.

    It is no Exception, so that no code in between handles it as a failure.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


_outermost: ContextVar[str | None] = ContextVar("handsel_retrying", default=None)
"""The database of the transaction around the current code, which is retried as a whole."""


def run_with_retries(
    context: Context,
    act: Callable[[], _Result],
    what: str,
    *,
    retries_duplicates: bool = False,
    first: Iterable[Reference] = (),
) -> _Result:
    """The result of `act`, run in one transaction; after a deadlock or another conflict all of it is retried.

    Inside another transaction of the same database the outer one is retried: locks that it took before are part of the
    conflict. `what` names the work in the refusal; with `retries_duplicates` a taken key is a conflict, too; rows that
    are known to be needed are locked `first`. Raises Busy when others held the database, or its rows, for five seconds,
    or three retries failed with a conflict; DatabaseUnavailable; and a refusal for a violated constraint.
    """
    if _outermost.get() == context.alias:
        return _inner(context, act, retries_duplicates=retries_duplicates)
    tries = _Tries(context, what, retries_duplicates=retries_duplicates)
    order = LockOrder(first)
    while True:
        token = _outermost.set(context.alias)
        try:
            with _turn(context, tries.patience), one_order(context, order), transaction.atomic(using=context.alias):
                if not context.dialect.has_one_writer:
                    with entered(context):
                        order.lock_needed()
                return act()
        except RetryTransaction as conflict:
            tries.failed(conflict.error)
        except _errors(context.dialect) as error:
            tries.failed(error)
        finally:
            _outermost.reset(token)
        tries.pause()


class _Tries:
    """The tries of one transaction: whether there is another one after an error."""

    def __init__(self, context: Context, what: str, *, retries_duplicates: bool) -> None:
        self.patience = patience()
        self._context, self._what, self._retries_duplicates = context, what, retries_duplicates
        self._conflicts = self._out_of_turn = 0
        self._has_reopened = False
        self._began = time.monotonic()

    def failed(self, error: Exception) -> None:
        """Return for another try, or raise what the caller is told."""
        dialect = self._context.dialect
        if isinstance(error, OutOfTurn):
            self._out_of_turn += 1
            if self._out_of_turn < MOST_OUT_OF_TURN and self.patience.left:
                return
            raise self._busy() from error
        fault = dialect.fault(cause_of(error))
        if fault is Fault.READ_ONLY and not self._has_reopened:
            self._has_reopened = True  # the connection may be older than the permission to write
            connections[self._context.alias].close()
            return
        if fault is Fault.LOCKED:
            self.patience.spend(time.monotonic() - self._began)
            if self.patience.left < _NEXT_TO_NOTHING:
                raise self._busy() from error
        elif not _is_conflict(dialect, error, retries_duplicates=self._retries_duplicates):
            unavailable = given_up(connections[self._context.alias], error)
            raise unavailable or _explained(dialect, error) from error
        self._conflicts += 1
        if self._conflicts < TRIES:
            return
        if fault is Fault.DUPLICATE:
            raise _explained(dialect, error) from error  # waiting does not free a key that is still taken
        raise self._busy() from error

    def pause(self) -> None:
        """Let transactions that collided begin again at different times."""
        with self.patience.waiting():
            # No event tells when the others are done, and those that wake up together collide again.
            time.sleep(random.uniform(0.01, 0.05) * 2 ** max(0, self._conflicts - 1))
        self._began = time.monotonic()

    def _busy(self) -> Busy:
        tries = self._conflicts + self._out_of_turn
        times = f"{tries} times" if tries > 1 else "for five seconds"
        return Busy(
            f"{self._what} was tried {times}, while others held what it needs in the database; nothing was changed. "
            "Try again."
        )


_turns: dict[str, threading.Lock] = {}


@contextmanager
def _turn(context: Context, waiting: Patience) -> Iterator[None]:
    """Let the threads of this process write to a database with one writer in the order they came.

    SQLite itself has one writer at a time, and the others poll with ever longer pauses: with eight callers some waited
    many times as long as others. Raises Busy when the others take too long.
    """
    if not context.dialect.has_one_writer:
        with _waits_limited(context, waiting):
            yield
        return
    lock = _turns.setdefault(context.alias, threading.Lock())
    with waiting.waiting() as seconds:
        taken = lock.acquire(timeout=seconds)
    if not taken:
        raise Busy("Other changes kept the database for too long; nothing was changed. Try again.")
    try:
        with _waits_limited(context, waiting):
            yield
    finally:
        lock.release()


@contextmanager
def _waits_limited(context: Context, waiting: Patience) -> Iterator[None]:
    """Limit the waits of a transaction to what is left; a connection's own limit is the whole time."""
    if waiting.left > LOCK_SECONDS - _NEXT_TO_NOTHING:
        yield
        return
    connection = connections[context.alias]
    connection.ensure_connection()
    context.dialect.wait_at_most(connection, waiting.left)
    try:
        yield
    finally:
        if connection.connection is not None:
            context.dialect.wait_at_most(connection, LOCK_SECONDS)


def _inner(context: Context, act: Callable[[], _Result], *, retries_duplicates: bool) -> _Result:
    try:
        with transaction.atomic(using=context.alias):
            return act()
    except _errors(context.dialect) as error:
        if _is_conflict(context.dialect, error, retries_duplicates=retries_duplicates) or failure(
            context.dialect, error
        ):
            raise RetryTransaction(error) from error
        raise _explained(context.dialect, error) from error


def _errors(dialect: Dialect) -> tuple[type[Exception], ...]:
    """The errors of a transaction that are handled here."""
    return (Error, *dialect.errors, idempotency.KeyTaken, DefinitionsChanged, OutOfTurn)


def _is_conflict(dialect: Dialect, error: Exception, *, retries_duplicates: bool) -> bool:
    """Whether an error is a conflict with another writer, so that a retry may succeed."""
    if isinstance(error, (idempotency.KeyTaken, DefinitionsChanged, OutOfTurn)):
        return True
    fault = dialect.fault(cause_of(error))
    return fault in (Fault.CONFLICT, Fault.LOCKED) or (retries_duplicates and fault is Fault.DUPLICATE)


def _explained(dialect: Dialect, error: Exception) -> Exception:
    """The violation of a database constraint as a refusal in plain words; any other error unchanged."""
    cause = cause_of(error)
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

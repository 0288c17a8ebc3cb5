"""What people are told when the database fails as a whole, and not because of the values or the state of a row."""

from __future__ import annotations

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.dialect import Dialect, Fault, dialect_of
from handsel.errors import Busy, DatabaseUnavailable, NotWritable, TimeLimitExceeded


def cause_of(error: BaseException) -> BaseException:
    """The driver's error behind one of Django's."""
    return error.__cause__ if isinstance(error, Error) and error.__cause__ is not None else error


def failure(dialect: Dialect, error: BaseException) -> DatabaseUnavailable | None:
    """The error for a failure of the database as a whole; None for any other error of the driver."""
    cause = cause_of(error)
    match dialect.fault(cause):
        case Fault.LOCKED | Fault.CONFLICT:
            return Busy("Another program holds what is needed in the database; nothing was changed. Try again.")
        case Fault.TIME_LIMIT:
            return TimeLimitExceeded(
                "The question takes longer than the database may work on one, and was stopped. Ask for less: fewer "
                "links, a narrower filter, a filter and an order by columns that lists use."
            )
        case Fault.READ_ONLY:
            return NotWritable(
                "The database can only be read: its file, its disk or its server does not allow changes. Nothing was "
                "changed. Make it writable and try again."
            )
        case Fault.DISK_FULL:
            return NotWritable(
                "There is no room left on the disk of the database. Nothing was changed. Make room and try again."
            )
        case Fault.FILE_GONE:
            return DatabaseUnavailable(
                f"{cause} Nothing can be read or changed until it is back; if it was replaced on purpose, start this "
                "program again."
            )
        case Fault.UNREACHABLE:
            return DatabaseUnavailable("The database does not answer. Try again.")
        case Fault.DAMAGED:
            return DatabaseUnavailable(
                "The database is damaged, or is no longer the one that was opened. Look into it with `handsel doctor`."
            )
    return None


def given_up(connection: BaseDatabaseWrapper, error: BaseException) -> DatabaseUnavailable | None:
    """The failure behind an error, as `failure` finds it; outside of a transaction a doubtful connection is closed.

    So the next call finds the database as it is then: reachable again, writable again.
    """
    dialect = dialect_of(connection.vendor)
    found = failure(dialect, error)
    if found is not None and not isinstance(found, (Busy, TimeLimitExceeded)) and not connection.in_atomic_block:
        connection.close()
    return found

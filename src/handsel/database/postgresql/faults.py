"""What the errors of PostgreSQL's driver mean."""

from __future__ import annotations

import re

import psycopg
from psycopg import errors

from handsel.database.dialect import DuplicateKey, Fault

_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Fault], ...] = (
    ((errors.DeadlockDetected, errors.SerializationFailure), Fault.CONFLICT),
    (errors.LockNotAvailable, Fault.LOCKED),
    (errors.QueryCanceled, Fault.TIME_LIMIT),
    (errors.ReadOnlySqlTransaction, Fault.READ_ONLY),
    (errors.DiskFull, Fault.DISK_FULL),
    ((errors.UndefinedTable, errors.DataCorrupted, errors.IndexCorrupted), Fault.DAMAGED),
    (errors.UniqueViolation, Fault.DUPLICATE),
    (errors.ForeignKeyViolation, Fault.REFERENCE),
    (errors.ObjectInUse, Fault.IN_USE),
    (errors.NumericValueOutOfRange, Fault.OUT_OF_RANGE),
    (errors.IntegrityError, Fault.CONSTRAINT),
    (errors.ProgramLimitExceeded, Fault.TOO_COMPLEX),
)
_KEY = re.compile(r"Key \((.*?)\)=\(")


def fault(error: BaseException) -> Fault | None:
    """What an error means; None for an unexpected one."""
    found = next((fault for kinds, fault in _FAULTS if isinstance(error, kinds)), None)
    if found is None and isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return Fault.TOO_COMPLEX if "stack depth limit" in str(error) else Fault.UNREACHABLE
    return found


def duplicate_key(error: BaseException) -> DuplicateKey:
    """The unique key that refused a row, from the details that the server sends along."""
    if not isinstance(error, psycopg.Error):
        return DuplicateKey("", (), "", is_primary=False)
    diagnostics = error.diag
    detail = _KEY.match(diagnostics.message_detail or "")
    columns = detail[1].replace('"', "").split(", ") if detail else []
    if any("(" in column for column in columns):  # an expression
        columns = []
    index = diagnostics.constraint_name or ""
    return DuplicateKey(diagnostics.table_name or "", columns, index, is_primary=index.endswith("_pkey"))

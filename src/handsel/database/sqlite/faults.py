"""What the errors of SQLite's driver mean. There are few classes of them, so most are recognized by their text."""

from __future__ import annotations

import re
import sqlite3

from handsel.database.dialect import DuplicateKey, Fault
from handsel.tables.info import all_tables

_BY_CODE = {
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_INTERRUPT: Fault.TIME_LIMIT,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_FULL: Fault.DISK_FULL,
    sqlite3.SQLITE_CANTOPEN: Fault.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Fault.UNREACHABLE,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
}
"""By the primary code, which is the lowest byte of an extended one."""

_NO_SPACE = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE)
"""Writing to the file, or to its log, failed: a full disk, as some systems report it."""

_TOO_MUCH = re.compile("parser stack overflow|too many SQL variables|Expression tree is too large")


class FileGone(sqlite3.OperationalError):
    """The file of an open database is no longer there, or another one is. Its text says which."""


class TimeIsUp(sqlite3.OperationalError):
    """A question took longer than it may, in a function of ours that SQLite could not interrupt."""


def fault(error: BaseException) -> Fault | None:
    """What an error means; None for an unexpected one."""
    if isinstance(error, FileGone):
        return Fault.FILE_GONE
    if isinstance(error, TimeIsUp):
        return Fault.TIME_LIMIT
    text = str(error)
    if "UNIQUE constraint" in text:
        return Fault.DUPLICATE
    if "FOREIGN KEY constraint" in text:
        return Fault.REFERENCE
    if isinstance(error, sqlite3.IntegrityError):
        return Fault.CONSTRAINT
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", 0)  # the module's own errors have none
        if code in _NO_SPACE:
            return Fault.DISK_FULL
        if code & 0xFF in _BY_CODE:
            return _BY_CODE[code & 0xFF]
        if _TOO_MUCH.search(text):
            return Fault.TOO_COMPLEX
        if "database is locked" in text:
            return Fault.LOCKED
        if "no such table" in text:
            return Fault.DAMAGED
    return None


def duplicate_key(error: BaseException) -> DuplicateKey:
    """The unique key that refused a row, from the text of the error, which names columns or else an index."""
    text = str(error)
    parts = [part.partition(".") for part in text.rpartition("failed: ")[2].split(", ")]
    table, columns = parts[0][0], [column for _table, _dot, column in parts if column]
    primary = next((info.primary_key for info in all_tables() if info.logical_name == table), f"{table}id")
    return DuplicateKey(table, columns, text.rpartition(" ")[2].strip("'"), is_primary=columns == [primary])

"""What the errors of SQLite's driver mean. There are few classes of them, so most are recognized by their text."""

from __future__ import annotations

import re
import sqlite3

from handsel.database.dialect import DuplicateKey, Fault
from handsel.tables.info import all_tables

_TOO_MUCH = re.compile("parser stack overflow|too many SQL variables|Expression tree is too large")


def fault(error: BaseException) -> Fault | None:
    """What an error means; None for an unexpected one."""
    text = str(error)
    if "UNIQUE constraint" in text:
        return Fault.DUPLICATE
    if "FOREIGN KEY constraint" in text:
        return Fault.REFERENCE
    if isinstance(error, sqlite3.IntegrityError):
        return Fault.CONSTRAINT
    if isinstance(error, sqlite3.OperationalError):
        if "locked" in text or "busy" in text:
            return Fault.CONFLICT
        if _TOO_MUCH.search(text):
            return Fault.TOO_COMPLEX
    return None


def duplicate_key(error: BaseException) -> DuplicateKey:
    """The unique key that refused a row, from the text of the error, which names columns or else an index."""
    text = str(error)
    parts = [part.partition(".") for part in text.rpartition("failed: ")[2].split(", ")]
    table, columns = parts[0][0], [column for _table, _dot, column in parts if column]
    primary = next((info.primary_key for info in all_tables() if info.logical_name == table), f"{table}id")
    return DuplicateKey(table, columns, text.rpartition(" ")[2].strip("'"), is_primary=columns == [primary])

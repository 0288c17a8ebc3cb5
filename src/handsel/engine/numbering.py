"""Document numbers: a prefix, a counter and a random suffix (behaviour 10).

Counters are taken n at a time and as the last thing before writing, so that another transaction waits for them no
longer than a write takes. On PostgreSQL they are sequences, without any waiting; numbers of refused drafts leave gaps.
"""

from __future__ import annotations

import functools
import secrets
import string
from collections.abc import Mapping

from handsel.database.context import current
from handsel.database.row import Row
from handsel.engine.work import Work
from handsel.tables.facts import Numbering
from handsel.tables.info import all_tables

_SUFFIX = string.ascii_uppercase + string.digits


@functools.cache
def numberings() -> Mapping[str, Numbering]:
    """How each numbered table is numbered."""
    return {
        info.logical_name: column.numbering
        for info in all_tables()
        for column in info.columns.values()
        if column.numbering is not None
    }


def next_many(counter: str, count: int) -> list[int]:
    """`count` fresh numbers of a counter, ascending."""
    return current().dialect.next_numbers(counter, count)


def number_rows(work: Work) -> None:
    """Give every new row of a numbered table its number, unless the caller supplied one."""
    settings = work.organization.settings
    for table, numbering in numberings().items():
        unnumbered: list[Row] = [
            change.row
            for change in work.changes
            if change.action == "create" and change.row.table == table and not change.row.get(numbering.column)
        ]
        if not unnumbered:
            continue
        prefix = settings.get(numbering.prefix) or ""
        length = settings.get("uniquespecifierlength") or 6
        for row, number in zip(unnumbered, next_many(numbering.column, len(unnumbered)), strict=True):
            suffix = "".join(secrets.choice(_SUFFIX) for _ in range(length))
            row[numbering.column] = "-".join(part for part in (prefix, f"{number:05d}", suffix) if part)

"""Document numbers: a prefix, a counter and a random suffix (behaviour 10).

Counters are taken n at a time and as the last thing before writing, so that nobody waits for them longer than a write
takes. On PostgreSQL they are sequences, which nobody waits for at all; numbers of refused drafts leave gaps.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass

from handsel.database.context import current
from handsel.database.row import Row
from handsel.engine.work import Work

_SUFFIX = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one table is numbered: its number column, and the organization settings for prefix and first number."""

    column: str
    prefix: str
    current: str


_numbered: dict[str, Numbering] = {}


def numbered(table: str, numbering: Numbering) -> None:
    """Declare that rows of `table` take a number when they are created without one."""
    _numbered[table] = numbering


def numberings() -> Mapping[str, Numbering]:
    """Every numbered table."""
    return _numbered


def next_many(counter: str, count: int) -> list[int]:
    """`count` fresh numbers of a counter, ascending."""
    return current().dialect.next_numbers(counter, count)


def set_next(counter: str, value: int) -> None:
    """Make `value` the next number of a counter."""
    current().dialect.set_next_number(counter, value)


def number_rows(work: Work) -> None:
    """Give every new row of a numbered table its number, unless the caller supplied one."""
    settings = work.organization.settings
    for table, numbering in _numbered.items():
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

"""Document numbers: a prefix, a counter and a random suffix (behaviour 10).

Counters are taken n at a time and as the last thing before writing, so that another transaction waits for them no
longer than a write takes. On PostgreSQL they are sequences, without any waiting; numbers of refused drafts leave gaps.
The organization's `current…number` shows the next number, and sets it.
"""

from __future__ import annotations

import functools
import re
import secrets
import string
from collections.abc import Mapping

from handsel.database.context import current
from handsel.database.row import Change, Row
from handsel.engine import access
from handsel.engine.work import Work
from handsel.errors import InvalidArgument
from handsel.tables.facts import Numbering
from handsel.tables.info import all_tables, table_info

_SUFFIX = string.ascii_uppercase + string.digits
_ORGANIZATION = "organization"


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


def set_counters(work: Work) -> None:
    """Set the counters whose next number the round changes in the organization's row.

    A smaller number, and another prefix, are refused where a number that a row has would come again (0x80040203).
    """
    changed = [change for change in work.changes if change.row.table == _ORGANIZATION and change.action == "update"]
    for change in changed:
        with work.refusing(change.item):
            for table, numbering in numberings().items():
                if change.item.refusal is None and not change.before.keys().isdisjoint(
                    (numbering.current, numbering.prefix)
                ):
                    _set_counter(change, table, numbering)


def _set_counter(change: Change, table: str, numbering: Numbering) -> None:
    number, prefix = change.row.get(numbering.current), change.row.get(numbering.prefix) or ""
    is_set = numbering.current in change.before
    if number is None or number < 1:
        shown = "empty" if number is None else number
        raise _refused(numbering, f"{numbering.current} is the next number to be given, 1 or higher, not {shown}.")
    dialect = current().dialect
    present = dialect.hold_counter(numbering.column)  # first, so that nobody takes a number while rows are looked at
    wanted = number if is_set else present
    if wanted < present or numbering.prefix in change.before:
        highest = _highest(table, numbering.column, prefix)
        if highest >= wanted:
            given = "-".join(part for part in (prefix, f"{highest:05d}") if part)
            raise _refused(
                numbering,
                f"a {table} has the number {given} already, so with {numbering.current} {wanted} numbers would come "
                f"again. Set it to {highest + 1} or higher, or choose another {numbering.prefix}.",
            )
    if is_set:
        dialect.set_counter(numbering.column, number)


def _refused(numbering: Numbering, reason: str) -> InvalidArgument:
    return InvalidArgument(
        f"{table_info(_ORGANIZATION).label}: {reason}", table=_ORGANIZATION, column=numbering.current
    )


def _highest(table: str, column: str, prefix: str) -> int:
    """The highest counter in the numbers with a prefix that rows of a table have; 0 without any."""
    attribute = table_info(table).attribute(column)
    counted = re.compile(re.escape(f"{prefix}-" if prefix else "") + r"(\d{1,18})(?:-|$)")
    found = access.all_rows(table).filter(**{f"{attribute}__startswith": prefix}).order_by()
    numbers = found.values_list(attribute, flat=True).iterator()
    return max((int(match[1]) for number in numbers if number and (match := counted.match(number))), default=0)


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

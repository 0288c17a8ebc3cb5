"""Pairs of dates on a row that must be in order: of validity, of a price list."""

from __future__ import annotations

from handsel.database.row import Row
from handsel.errors import InvalidArgument


def require_order(name: str, row: Row, first: str, last: str) -> None:
    """Refuse a row, called `name` in the refusal, whose first date is after its last; either may be missing."""
    begin, end = row.get(first), row.get(last)
    if begin is not None and end is not None and begin > end:
        raise InvalidArgument(f"{name}: {first} is after {last}. Put the dates in order.")

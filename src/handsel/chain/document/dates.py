"""Days: of a moment, and pairs on a row that must be in order (of validity, of a price list)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from handsel.database.row import Row
from handsel.errors import InvalidArgument


def day_of(moment: datetime | date) -> date:
    """The day of a moment, in UTC."""
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


def require_order(name: str, row: Row, first: str, last: str) -> None:
    """Refuse a row, called `name` in the refusal, whose first date is after its last; either may be missing."""
    begin, end = row.get(first), row.get(last)
    if begin is not None and end is not None and begin > end:
        raise InvalidArgument(f"{name}: {first} is after {last}. Put the dates in order.")

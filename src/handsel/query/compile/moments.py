"""Moments parsed from text, always in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_AMERICAN = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?: ?(?P<half>[AaPp])[Mm])?)?\Z", re.ASCII
)


def moment_in_text(text: str) -> datetime:
    """The same for a value in quotes, which may be written the American way: `1/31/2026`, `1/31/2026 5:30 PM`."""
    match = _AMERICAN.match(text.strip())
    if match is None:
        return moment_of(text)
    month, day, year, hour, minute, second = (int(match[index] or 0) for index in range(1, 7))
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("hour must be in 1..12 before AM and PM")
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def moment_of(text: str) -> datetime:
    """A moment in UTC; without a zone it is taken as UTC. Raises ValueError, also for one outside the calendar."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        if "timedelta" in str(error):
            raise ValueError("its offset from UTC is a day or more") from error
        raise
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the calendar") from error

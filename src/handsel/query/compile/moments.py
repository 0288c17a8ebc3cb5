"""Moments as texts write them; all are UTC from here on."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_of(text: str) -> datetime:
    """A moment in UTC, which it is without a zone. Raises ValueError, also for one outside the calendar."""
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

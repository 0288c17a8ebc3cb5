"""Moments as texts write them; all are UTC from here on."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_of(text: str) -> datetime:
    """A moment in UTC, which it is without a zone. Raises ValueError, also for one outside the calendar."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the calendar") from error

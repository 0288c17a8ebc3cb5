"""Moments parsed from text, always in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


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

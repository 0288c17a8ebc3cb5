"""Values of columns as text, if no related row is needed: labels of options, dates, moments, numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from handsel.query.formatting.amounts import decimal_text, integer_text
from handsel.query.formatting.locale import EN_US, Locale

if TYPE_CHECKING:
    from handsel.tables.info import ColumnInfo


def value_text(column: ColumnInfo, value: object, locale: Locale = EN_US) -> str | None:
    """The text of a value; None if there is nothing to add, or if a related row is needed."""
    formatter = _FORMATTERS.get(column.kind)
    return None if formatter is None else formatter(column, value, locale)


def date_text(value: date, locale: Locale = EN_US) -> str:
    """A date, or the day of a moment in the time zone of the locale."""
    day = _local(value, locale) if isinstance(value, datetime) else value
    return _template(locale.date).format(day.year, day.month, day.day)


def moment_text(value: datetime, locale: Locale = EN_US) -> str:
    """A moment to the minute, in the time zone of the locale."""
    return _moment_text(_local(value, locale), locale)


def _moment_text(value: datetime, locale: Locale) -> str:
    hour, half = value.hour, "AM" if value.hour < 12 else "PM"
    template = _template(locale.date, locale.time)
    return template.format(value.year, value.month, value.day, hour, hour % 12 or 12, value.minute, half)


_PARTS = ("year", "month", "day", "hour", "hour12", "minute", "half")


@functools.cache
def _template(*templates: str) -> str:
    """The templates of a locale as one with fields by position: filling fields by name takes twice the time."""
    return re.sub(r"\{(\w+)", lambda found: f"{{{_PARTS.index(found[1])}", " ".join(templates))


def _local(value: datetime, locale: Locale) -> datetime:
    """A moment in the time zone of the locale; one at the end of all time, such as 9999-12-31, stays as it is."""
    if value.tzinfo is None:
        return value
    try:
        return value.astimezone(locale.zone)
    except OverflowError:
        return value


def _label(column: ColumnInfo, value: Any, _locale: Locale) -> str | None:
    return column.labels.get(int(value))


def _date_or_moment(column: ColumnInfo, value: date, locale: Locale) -> str:
    if not isinstance(value, datetime):
        return date_text(value, locale)
    # A column independent of time zones shows the same to all users.
    moment = value if column.behavior == "TimeZoneIndependent" else _local(value, locale)
    return date_text(moment.date(), locale) if column.format == "DateOnly" else _moment_text(moment, locale)


def _decimal(column: ColumnInfo, value: Any, locale: Locale) -> str:
    return decimal_text(value, 2 if column.precision is None else column.precision, locale)


def _integer(_column: ColumnInfo, value: Any, locale: Locale) -> str:
    return integer_text(value, locale)


_FORMATTERS: Mapping[str, Callable[[ColumnInfo, Any, Locale], str | None]] = {
    "Boolean": _label,
    "Picklist": _label,
    "State": _label,
    "Status": _label,
    "DateTime": _date_or_moment,
    "Decimal": _decimal,
    "Double": _decimal,
    "Integer": _integer,
    "BigInt": _integer,
}

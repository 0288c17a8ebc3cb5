"""The intervals of time that query functions about dates mean, relative to now; days, weeks and years are in UTC.

Weeks start on Sunday. `LastX` reaches from the start of a day up to now, `NextX` from now to the end of a day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias

from handsel.query.compile.fiscal import FiscalCalendar, add_months

Interval: TypeAlias = tuple[datetime | None, datetime | None]
"""From (included) and until (not included); None where there is no bound."""

_DAY = timedelta(days=1)
_YEARS_AROUND = 60
_RELATIVE = re.compile(r"(Last|This|Next)(Week|Month|Year|FiscalPeriod|FiscalYear)")
_COUNTED = re.compile(r"(Last|Next|OlderThan)X(Minutes|Hours|Days|Weeks|Months|Years|FiscalPeriods|FiscalYears)")
_STEPS = {"Last": -1, "This": 0, "Next": 1}
_DAYS = {"Yesterday": (-1, 0), "Today": (0, 1), "Tomorrow": (1, 2)}
_ON = ("On", "OnOrAfter", "OnOrBefore")


def is_about_dates(name: str) -> bool:
    """Whether `intervals` knows the function."""
    return (
        name in (*_DAYS, *_ON, "Last7Days", "Next7Days")
        or "Fiscal" in name
        or bool(_COUNTED.match(name) or _RELATIVE.match(name))
    )


def day_of(name: str, day: datetime) -> Interval:
    """The interval of On, OnOrAfter and OnOrBefore a day."""
    start = _midnight(day)
    return {"On": (start, start + _DAY), "OnOrAfter": (start, None), "OnOrBefore": (None, start + _DAY)}[name]


def takes_day(name: str) -> bool:
    """Whether the function takes a day; all others take whole numbers."""
    return name in _ON


def intervals(name: str, numbers: tuple[int, ...], now: datetime, calendar: FiscalCalendar) -> list[Interval]:
    """The intervals that a function means. Raises OverflowError or ValueError for numbers outside the calendar."""
    if name in _DAYS:
        first, last = _DAYS[name]
        return [(_midnight(now) + _DAY * first, _midnight(now) + _DAY * last)]
    if name in ("Last7Days", "Next7Days"):
        name, numbers = f"{name[:4]}XDays", (7,)
    relative, counted = _RELATIVE.fullmatch(name), _COUNTED.fullmatch(name)
    if relative:
        start, until = _STEPS[relative[1]], _STEPS[relative[1]] + 1
        return [(_start_of(relative[2], start, now, calendar), _start_of(relative[2], until, now, calendar))]
    if counted:
        return [_counted(counted[1], counted[2], numbers[0], now, calendar)]
    return _fiscal(name, numbers, now, calendar)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(), UTC)


def _start_of(span: str, step: int, now: datetime, calendar: FiscalCalendar) -> datetime:
    """The start of the week, month … that is `step` after the current one; before it, when negative."""
    day = _midnight(now)
    match span:
        case "Week":
            return day - _DAY * (day.isoweekday() % 7) + _DAY * 7 * step
        case "Month":
            return add_months(day.replace(day=1), step)
        case "Year":
            return add_months(day.replace(month=1, day=1), 12 * step)
        case "FiscalPeriod":
            return calendar.period_start(calendar.index_of(now) + step)
        case _:
            return calendar.year_start(calendar.year_of(now) + step)


def _counted(direction: str, unit: str, count: int, now: datetime, calendar: FiscalCalendar) -> Interval:
    if count < 1:
        raise ValueError("it takes a number from 1 on")
    if unit.startswith("Fiscal"):
        span = unit.removesuffix("s")
        if direction == "Last":
            return _start_of(span, -count, now, calendar), _start_of(span, 0, now, calendar)
        return _start_of(span, 1, now, calendar), _start_of(span, count + 1, now, calendar)
    if direction == "OlderThan":
        return None, _moved(unit, -count, now)
    short = unit in ("Minutes", "Hours")
    if direction == "Last":
        # Up to and including the current second, which a row just created carries.
        return _moved(unit, -count, now if short else _midnight(now)), now + timedelta(seconds=1)
    return now + timedelta(seconds=1), _moved(unit, count, now if short else _midnight(now) + _DAY)


def _moved(unit: str, count: int, start: datetime) -> datetime:
    if unit == "Months":
        return add_months(start, count)
    return add_months(start, 12 * count) if unit == "Years" else start + timedelta(**{unit.lower(): count})


def _fiscal(name: str, numbers: tuple[int, ...], now: datetime, calendar: FiscalCalendar) -> list[Interval]:
    if name == "InFiscalYear":
        return [(calendar.year_start(numbers[0]), calendar.year_start(numbers[0] + 1))]
    if not 1 <= numbers[0] <= calendar.periods:
        raise ValueError(f"a fiscal year has periods 1 to {calendar.periods}")
    if name == "InFiscalPeriod":
        years = range(now.year - _YEARS_AROUND, now.year + _YEARS_AROUND)
        return [_period(calendar.index(numbers[0], year), calendar) for year in years]
    start, until = _period(calendar.index(numbers[0], numbers[1]), calendar)
    match name:
        case "InOrAfterFiscalPeriodAndYear":
            return [(start, None)]
        case "InOrBeforeFiscalPeriodAndYear":
            return [(None, until)]
        case _:
            return [(start, until)]


def _period(index: int, calendar: FiscalCalendar) -> Interval:
    return calendar.period_start(index), calendar.period_start(index + 1)

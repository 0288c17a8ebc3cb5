"""The fiscal calendar of an organization: when its years start and how they are divided."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_MONTHS = {2000: 12, 2001: 6, 2002: 3, 2003: 1}
"""`fiscalperiodtype` → months of a period; 2004 is four weeks."""
_QUARTERS = 2002
_FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Fiscal years are named by the calendar year they start in, periods are counted from 1."""

    month: int = 1
    day: int = 1
    period_type: int = _QUARTERS

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> FiscalCalendar:
        """The calendar that an organization's settings say; without any, calendar years in quarters."""
        start = settings.get("fiscalcalendarstart")
        month, day = (start.month, start.day) if start is not None else (1, 1)
        return cls(month, day, settings.get("fiscalperiodtype") or _QUARTERS)

    @property
    def months(self) -> int:
        """Months of a period; 0 where a period is four weeks."""
        return _MONTHS.get(self.period_type, 0 if self.period_type == 2004 else _MONTHS[_QUARTERS])

    @property
    def periods(self) -> int:
        """Periods of a year."""
        return 12 // self.months if self.months else 13

    def year_start(self, year: int) -> datetime:
        """When a fiscal year starts."""
        return datetime(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]), tzinfo=UTC)

    def period_start(self, index: int) -> datetime:
        """When a period starts; periods of all years are counted through, so the next one is one more."""
        year, ordinal = divmod(index, self.periods)
        start = self.year_start(year)
        return add_months(start, self.months * ordinal) if self.months else start + _FOUR_WEEKS * ordinal

    def year_of(self, moment: datetime) -> int:
        """The fiscal year of a moment."""
        return moment.year if moment >= self.year_start(moment.year) else moment.year - 1

    def index_of(self, moment: datetime) -> int:
        """The period of a moment, counted through."""
        first = self.year_of(moment) * self.periods
        return max(index for index in range(first, first + self.periods) if self.period_start(index) <= moment)

    def index(self, period: int, year: int) -> int:
        """A period of a year, counted through."""
        return year * self.periods + period - 1


def add_months(moment: datetime, months: int) -> datetime:
    """The same day `months` later, or the last of that month. Raises OverflowError outside the calendar."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("outside the calendar")
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))

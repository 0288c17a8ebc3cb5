"""Dates relative to now, worked out by hand on a calendar. Now is Wednesday, February 28, 2024, 10:20:30 UTC."""

from datetime import UTC, datetime

import pytest

from handsel.query.compile.fiscal import FiscalCalendar
from handsel.query.compile.periods import intervals

NOW = datetime(2024, 2, 28, 10, 20, 30, tzinfo=UTC)
JUST_AFTER = datetime(2024, 2, 28, 10, 20, 31, tzinfo=UTC)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "numbers", "start", "until"),
    [
        ("Today", (), at(2024, 2, 28), at(2024, 2, 29)),
        ("Yesterday", (), at(2024, 2, 27), at(2024, 2, 28)),
        ("Tomorrow", (), at(2024, 2, 29), at(2024, 3, 1)),
        ("Last7Days", (), at(2024, 2, 21), JUST_AFTER),
        ("Next7Days", (), JUST_AFTER, at(2024, 3, 7)),
        ("LastWeek", (), at(2024, 2, 18), at(2024, 2, 25)),
        ("ThisWeek", (), at(2024, 2, 25), at(2024, 3, 3)),
        ("NextWeek", (), at(2024, 3, 3), at(2024, 3, 10)),
        ("LastMonth", (), at(2024, 1, 1), at(2024, 2, 1)),
        ("ThisMonth", (), at(2024, 2, 1), at(2024, 3, 1)),
        ("NextMonth", (), at(2024, 3, 1), at(2024, 4, 1)),
        ("LastYear", (), at(2023, 1, 1), at(2024, 1, 1)),
        ("ThisYear", (), at(2024, 1, 1), at(2025, 1, 1)),
        ("NextYear", (), at(2025, 1, 1), at(2026, 1, 1)),
        ("LastXHours", (3,), at(2024, 2, 28, 7, 20, 30), JUST_AFTER),
        ("NextXHours", (3,), JUST_AFTER, at(2024, 2, 28, 13, 20, 30)),
        ("LastXDays", (2,), at(2024, 2, 26), JUST_AFTER),
        ("NextXDays", (1,), JUST_AFTER, at(2024, 3, 1)),
        ("LastXWeeks", (1,), at(2024, 2, 21), JUST_AFTER),
        ("NextXWeeks", (1,), JUST_AFTER, at(2024, 3, 7)),
        ("LastXMonths", (12,), at(2023, 2, 28), JUST_AFTER),
        ("NextXMonths", (1,), JUST_AFTER, at(2024, 3, 29)),
        ("LastXYears", (1,), at(2023, 2, 28), JUST_AFTER),
        ("NextXYears", (1,), JUST_AFTER, at(2025, 2, 28)),
        ("OlderThanXMinutes", (30,), None, at(2024, 2, 28, 9, 50, 30)),
        ("OlderThanXDays", (1,), None, at(2024, 2, 27, 10, 20, 30)),
        ("OlderThanXMonths", (2,), None, at(2023, 12, 28, 10, 20, 30)),
        ("OlderThanXYears", (1,), None, at(2023, 2, 28, 10, 20, 30)),
        ("ThisFiscalPeriod", (), at(2024, 1, 1), at(2024, 4, 1)),
        ("LastFiscalPeriod", (), at(2023, 10, 1), at(2024, 1, 1)),
        ("NextFiscalYear", (), at(2025, 1, 1), at(2026, 1, 1)),
        ("LastXFiscalPeriods", (5,), at(2022, 10, 1), at(2024, 1, 1)),
        ("NextXFiscalYears", (2,), at(2025, 1, 1), at(2027, 1, 1)),
        ("InFiscalYear", (2020,), at(2020, 1, 1), at(2021, 1, 1)),
        ("InFiscalPeriodAndYear", (4, 2020), at(2020, 10, 1), at(2021, 1, 1)),
        ("InOrAfterFiscalPeriodAndYear", (2, 2020), at(2020, 4, 1), None),
        ("InOrBeforeFiscalPeriodAndYear", (2, 2020), None, at(2020, 7, 1)),
    ],
)
def test_intervals(name: str, numbers: tuple[int, ...], start: datetime | None, until: datetime | None) -> None:
    assert intervals(name, numbers, NOW, FiscalCalendar()) == [(start, until)]


def test_years_that_start_in_july() -> None:
    july = FiscalCalendar(month=7)
    assert intervals("ThisFiscalYear", (), NOW, july) == [(at(2023, 7, 1), at(2024, 7, 1))]
    assert intervals("ThisFiscalPeriod", (), NOW, july) == [(at(2024, 1, 1), at(2024, 4, 1))]
    assert intervals("InFiscalPeriodAndYear", (1, 2023), NOW, july) == [(at(2023, 7, 1), at(2023, 10, 1))]


def test_periods_of_four_weeks() -> None:
    weeks = FiscalCalendar(period_type=2004)
    assert intervals("ThisFiscalPeriod", (), NOW, weeks) == [(at(2024, 2, 26), at(2024, 3, 25))]
    assert intervals("InFiscalPeriodAndYear", (13, 2024), NOW, weeks) == [(at(2024, 12, 2), at(2025, 1, 1))]


def test_a_period_of_any_year() -> None:
    found = intervals("InFiscalPeriod", (2,), NOW, FiscalCalendar())
    assert (at(2024, 4, 1), at(2024, 7, 1)) in found
    assert (at(2019, 4, 1), at(2019, 7, 1)) in found


@pytest.mark.parametrize(
    ("name", "numbers"), [("LastXDays", (0,)), ("LastXYears", (10_000,)), ("InFiscalPeriod", (5,))]
)
def test_numbers_off_the_calendar(name: str, numbers: tuple[int, ...]) -> None:
    with pytest.raises((ValueError, OverflowError)):
        intervals(name, numbers, NOW, FiscalCalendar())

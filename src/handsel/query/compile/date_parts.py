"""The part of a date that rows are grouped by, as a whole number. Weeks start on Sunday, the first holds January 1."""

from __future__ import annotations

from django.db.models.expressions import Expression

from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Test
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.fiscal import FiscalCalendar
from handsel.query.compile.paths import Frame, ResolvedColumn
from handsel.query.tree.request import DatePart

_YEAR = ("extract(year from {0})::int", "CAST(strftime('%%Y', {0}) AS INTEGER)")
_MONTH = ("extract(month from {0})::int", "CAST(strftime('%%m', {0}) AS INTEGER)")
_PARTS = {
    DatePart.DAY: ("extract(day from {0})::int", "CAST(strftime('%%d', {0}) AS INTEGER)"),
    DatePart.WEEK: (
        "(extract(doy from {0})::int - 1 + extract(dow from date_trunc('year', {0}))::int) / 7 + 1",
        "(CAST(strftime('%%j', {0}) AS INTEGER) - 1 + CAST(strftime('%%w', {0}, 'start of year') AS INTEGER)) / 7 + 1",
    ),
    DatePart.MONTH: _MONTH,
    DatePart.QUARTER: tuple(f"({month} + 2) / 3" for month in _MONTH),
    DatePart.YEAR: _YEAR,
}


def part_of(frame: Frame, resolved: ResolvedColumn, part: DatePart) -> Expression:
    """The part of a column's date. Raises BadRequest (0x80060888) for a column that holds none."""
    if family_of(resolved.column) not in (Family.MOMENT, Family.DATE):
        name = resolved.column.logical_name
        raise BadRequest(f"{name} holds no date that could be grouped by {part}.", Code.QUERY_SYNTAX, column=name)
    plain, sqlite = _PARTS.get(part) or _fiscal(FiscalCalendar.of(frame.query_context.organization.settings), part)
    return Test(plain, resolved.stored, sqlite=sqlite)


def _fiscal(calendar: FiscalCalendar, part: DatePart) -> tuple[str, ...]:
    """Years and periods that start with a month."""
    if calendar.day != 1 or not calendar.months:
        raise BadRequest(
            f"Rows cannot be grouped by {part}: the fiscal periods of this organization do not start with a month.",
            Code.QUERY_SYNTAX,
        )
    if part is DatePart.FISCAL_YEAR:
        return tuple(
            f"{year} - CASE WHEN {month} < {calendar.month} THEN 1 ELSE 0 END"
            for year, month in zip(_YEAR, _MONTH, strict=True)
        )
    return tuple(f"(({month} + {12 - calendar.month}) %% 12) / {calendar.months} + 1" for month in _MONTH)

"""The part of a date that rows are grouped by, as a whole number. Weeks start on Sunday, the first holds January 1."""

from __future__ import annotations

from django.db.models.expressions import Expression

from handsel.database.dialect import QuerySql
from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Test
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.fiscal import FiscalCalendar
from handsel.query.compile.paths import Frame, ResolvedColumn
from handsel.query.tree.request import DatePart


def part_of(frame: Frame, resolved: ResolvedColumn, part: DatePart) -> Expression:
    """The part of a column's date. Raises BadRequest (0x80060888) for a column that holds none."""
    if family_of(resolved.column) not in (Family.MOMENT, Family.DATE):
        name = resolved.column.logical_name
        raise BadRequest(f"{name} holds no date that could be grouped by {part}.", Code.QUERY_SYNTAX, column=name)
    return Test(_pattern(frame, part), resolved.stored)


def _pattern(frame: Frame, part: DatePart) -> str:
    sql = frame.query_context.sql
    match part:
        case DatePart.DAY:
            return sql.day
        case DatePart.WEEK:
            return sql.week
        case DatePart.MONTH:
            return sql.month
        case DatePart.QUARTER:
            return f"({sql.month} + 2) / 3"
        case DatePart.YEAR:
            return sql.year
        case _:
            return _fiscal(sql, FiscalCalendar.of(frame.query_context.organization.settings), part)


def _fiscal(sql: QuerySql, calendar: FiscalCalendar, part: DatePart) -> str:
    """Years and periods that start with a month."""
    if calendar.day != 1 or not calendar.months:
        raise BadRequest(
            f"Rows cannot be grouped by {part}: the fiscal periods of this organization do not start with a month.",
            Code.QUERY_SYNTAX,
        )
    if part is DatePart.FISCAL_YEAR:
        return f"{sql.year} - CASE WHEN {sql.month} < {calendar.month} THEN 1 ELSE 0 END"
    return f"(({sql.month} + {12 - calendar.month}) %% 12) / {calendar.months} + 1"

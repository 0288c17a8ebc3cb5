"""The meaning of a query function: a tree of plain conditions, or SQL where it depends on rows of other tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models.expressions import Expression

from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Test
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.fiscal import FiscalCalendar
from handsel.query.compile.hierarchy import up_or_down
from handsel.query.compile.literals import checked, checked_id, checked_moment, checked_number, checked_text
from handsel.query.compile.operands import value_for
from handsel.query.compile.paths import Frame, ResolvedColumn
from handsel.query.compile.periods import Interval, day_of, intervals, is_about_dates, takes_day
from handsel.query.compile.statement import Statement
from handsel.query.tree.nodes import (
    ColumnPath,
    Comparison,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    QueryFunction,
    TextMatch,
    TextTest,
    all_of,
    any_of,
)
from handsel.query.tree.operators import FUNCTIONS, check_count

_TEXTS = {
    "Contains": TextTest.CONTAINS,
    "StartsWith": TextTest.STARTS_WITH,
    "EndsWith": TextTest.ENDS_WITH,
}
_NEGATIVE = {
    "NotIn": "In",
    "NotBetween": "Between",
    "DoesNotContainValues": "ContainValues",
    "NotOn": "On",
    "NotUnder": "Under",
    "NotEqualUserId": "EqualUserId",
    "NotEqualBusinessId": "EqualBusinessId",
}


def meaning(frame: Frame, function: QueryFunction) -> Node | Expression:
    """The function in simpler terms. Raises BadRequest (0x80060888) for unknown names and unfitting values."""
    name, path, values = function.name, function.column, function.values
    if name not in FUNCTIONS:
        raise BadRequest(f"There is no query function '{name}'.", Code.QUERY_SYNTAX, function=name)
    check_count(name, name, len(values))
    if name in _NEGATIVE:
        return Not(QueryFunction(_NEGATIVE[name], path, values))
    resolved = frame.find(path)
    if is_about_dates(name):
        return _dates(frame, resolved, function)
    if name in _TEXTS:
        return TextMatch(_TEXTS[name], path, checked_text(resolved.column, values[0]))
    match name:
        case "In" | "ContainValues":
            return OneOf(path, values)
        case "Between":
            return all_of((Comparison(path, Operator.GE, values[0]), Comparison(path, Operator.LE, values[1])))
        case "EqualBusinessId":
            return Comparison(path, Operator.EQ, frame.query_context.context.actor.business_unit_id)
        case "Above" | "AboveOrEqual" | "Under" | "UnderOrEqual":
            start = checked_id(resolved.column, values[0])
            return up_or_down(frame.query_context, resolved, start, down=name[0] == "U", included="Or" in name)
        case _:
            return _user(frame, resolved, path, name)


def _user(frame: Frame, resolved: ResolvedColumn, path: ColumnPath, name: str) -> Node | Expression:
    """The user, the teams the user is in, and those who report to the user."""
    user = frame.query_context.context.actor.user_id
    if family_of(resolved.column) is not Family.ID:
        checked(resolved.column, user)
    if name == "EqualUserId":
        return Comparison(path, Operator.EQ, user)
    tests: list[Expression] = []
    if "Hierarchy" in name:
        tests.append(up_or_down(frame.query_context, resolved, user, down=True, included=True, table="systemuser"))
    elif name == "EqualUserOrUserTeams":
        tests.append(Test("{0} = {1}", resolved.stored, value_for(resolved.column, user)))
    if "Teams" in name:
        tests.append(_teams(frame, resolved, user))
    return Test(" OR ".join(f"({{{number}}})" for number in range(len(tests))), *tests)


def _teams(frame: Frame, resolved: ResolvedColumn, user: UUID) -> Expression:
    members = Frame(frame.query_context, frame.query_context.table("teammembership"), within=frame)
    team, member = (members.column(members.root, name) for name in ("teamid", "systemuserid"))
    mine = Test("{0} = {1}", member.stored, value_for(member.column, user))
    return Test("{0} IN ({1})", resolved.stored, Statement(members, [team.stored], [mine]))


def _dates(frame: Frame, resolved: ResolvedColumn, function: QueryFunction) -> Node:
    family = family_of(resolved.column)
    if family not in (Family.MOMENT, Family.DATE):
        raise BadRequest(
            f"{resolved.column.logical_name} holds no date, so {function.name} cannot look at it.",
            Code.QUERY_SYNTAX,
            column=resolved.column.logical_name,
        )
    try:
        found = _intervals(frame, resolved, function)
    except (OverflowError, ValueError) as error:
        raise BadRequest(
            f"{function.name} of {resolved.column.logical_name} cannot be computed: {error}.", Code.QUERY_SYNTAX
        ) from error
    return any_of([_within(function.column, family, interval) for interval in found])


def _intervals(frame: Frame, resolved: ResolvedColumn, function: QueryFunction) -> Sequence[Interval]:
    if takes_day(function.name):
        return [day_of(function.name, checked_moment(resolved.column, function.values[0]))]
    numbers = tuple(_whole(resolved, value) for value in function.values)
    return intervals(
        function.name, numbers, frame.query_context.now, FiscalCalendar.of(frame.query_context.organization.settings)
    )


def _whole(resolved: ResolvedColumn, value: Literal) -> int:
    number = checked_number(resolved.column, value)
    if number != number.to_integral_value() or abs(number) > 1_000_000:
        raise ValueError("it takes whole numbers up to a million")
    return int(number)


def _within(path: ColumnPath, family: Family, interval: Interval) -> Node:
    """An interval as comparisons; a date is taken as its first moment, midnight."""
    start, until = interval
    terms: list[Node] = []
    if start is not None:
        after_midnight = family is Family.DATE and _day(start) is None
        terms.append(Comparison(path, Operator.GT if after_midnight else Operator.GE, _value(family, start)))
    if until is not None:
        after_midnight = family is Family.DATE and _day(until) is None
        terms.append(Comparison(path, Operator.LE if after_midnight else Operator.LT, _value(family, until)))
    return all_of(terms)


def _day(moment: datetime) -> date | None:
    return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else None


def _value(family: Family, moment: datetime) -> Literal:
    return moment.date() if family is Family.DATE else moment

"""A single condition on a column, true only where it holds."""

from __future__ import annotations

from django.db import models
from django.db.models.expressions import Expression, Value

from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Test
from handsel.query.compile.families import Family, family_of, places_of
from handsel.query.compile.literals import checked, checked_number, on_grid, options_labelled
from handsel.query.compile.operands import value_for
from handsel.query.compile.paths import ResolvedColumn
from handsel.query.compile.patterns import escaped
from handsel.query.tree.nodes import Literal, Operator, TextTest
from handsel.tables.fold_case import fold_case
from handsel.tables.info import ColumnInfo

_SIGNS = {Operator.EQ: "=", Operator.GT: ">", Operator.GE: ">=", Operator.LT: "<", Operator.LE: "<="}
_COARSE = frozenset(("State", "Status", "Picklist", "Boolean"))
NEVER = "1 = 0"


def is_coarse(column: ColumnInfo) -> bool:
    """Whether a column has few values, each of which many rows have."""
    return column.kind in _COARSE


def compare(resolved: ResolvedColumn, operator: Operator, value: Literal) -> Expression:
    """A column with a value; a null only equals null."""
    if value is None:
        return Test(
            "{0} IS NULL" if operator is Operator.EQ else NEVER, *([resolved.stored] if operator is Operator.EQ else ())
        )
    labelled = options_labelled(resolved.column, value)
    if len(labelled) > 1 and operator is Operator.EQ:
        return one_of(resolved, labelled)
    if len(labelled) == 1:
        value = labelled[0]
    places = places_of(resolved.column)
    if places is None:
        wanted = checked(resolved.column, value)
    else:
        wanted, exact = on_grid(checked_number(resolved.column, value), places)
        if not exact:
            # The column can hold no value between this one and the next lower one.
            operator = _BELOW[operator]
            if operator is Operator.EQ:
                return Test(NEVER)
    plain = f"{{0}} {_SIGNS[operator]} {{1}}"
    is_common = operator is Operator.EQ and is_coarse(resolved.column)
    pattern = plain
    if is_common:
        source = resolved.source
        pattern = resolved.sql.common(plain, beside_rights=source.frame.query_context.looks_by_rights(source.info))
    return Test(pattern, resolved.comparable, value_for(resolved.column, wanted))


_BELOW = {
    Operator.EQ: Operator.EQ,
    Operator.GT: Operator.GT,
    Operator.GE: Operator.GT,
    Operator.LT: Operator.LE,
    Operator.LE: Operator.LE,
}


def one_of(resolved: ResolvedColumn, values: tuple[Literal, ...]) -> Expression:
    """A column is one of some values."""
    values = tuple(each for value in values for each in options_labelled(resolved.column, value) or (value,))
    places = places_of(resolved.column)
    given: list[Literal]
    if places is None:
        given = [checked(resolved.column, value) for value in values if value is not None]
    else:
        held = [on_grid(checked_number(resolved.column, value), places) for value in values if value is not None]
        given = [value for value, exact in held if exact]
    marks = ", ".join(f"{{{number}}}" for number in range(1, len(given) + 1))
    listed = f"{{0}} IN ({marks})" if given else NEVER
    sources: list[Expression] = [resolved.comparable] if given else []
    sources.extend(value_for(resolved.column, value) for value in given)
    if None in values:
        return Test(f"({listed} OR {{{len(sources)}}} IS NULL)", *sources, resolved.stored)
    return Test(listed, *sources)


def match_text(resolved: ResolvedColumn, test: TextTest, text: str) -> Expression:
    """A text holds another. Raises BadRequest (0x80060888) for a column that holds no text."""
    if family_of(resolved.column) is not Family.TEXT:
        raise BadRequest(
            f"{resolved.column.logical_name} holds no text, so {test} cannot look into it.",
            Code.QUERY_SYNTAX,
            column=resolved.column.logical_name,
        )
    if test is TextTest.LIKE:
        pattern = value_for(resolved.column, escaped(text))
        return Test(resolved.sql.like, resolved.comparable, pattern)
    if not text:
        return Test("{0} IS NOT NULL", resolved.stored)
    sources = (resolved.comparable, value_for(resolved.column, text))
    match test:
        case TextTest.CONTAINS:
            return Test(resolved.sql.contains, *sources)
        case TextTest.STARTS_WITH:
            if resolved.column.searched and resolved.source.frame.query_context.context.dialect.keeps_case_folded_text:
                return _between(*sources, behind_prefix(fold_case(text) or ""))
            return Test(resolved.sql.starts_with, *sources)
        case TextTest.ENDS_WITH:
            return Test(resolved.sql.ends_with(len(text)), *sources)


def _between(column: Expression, first: Expression, end: str | None) -> Expression:
    """Texts from `first` on and before `end`: what an index finds."""
    if end is None:
        return Test("{0} >= {1}", column, first)
    return Test("({0} >= {1} AND {2} < {3})", column, first, column, Value(end, models.TextField()))


def behind_prefix(prefix: str) -> str | None:
    """The first text, by code points, after all that start with `prefix`; None if there is none."""
    trimmed = prefix.rstrip(chr(_LAST))
    if not trimmed:
        return None
    code_point = ord(trimmed[-1]) + 1
    return trimmed[:-1] + chr(0xE000 if code_point == 0xD800 else code_point)  # UTF-8 knows no surrogates


_LAST = 0x10FFFF
_NUMBERS = (Family.WHOLE, Family.SCALED, Family.DIGITS, Family.FLOAT)
_MOMENTS = (Family.MOMENT, Family.DATE)


def compare_columns(left: ResolvedColumn, operator: Operator, right: ResolvedColumn) -> Expression:
    """Two columns of kinds that compare; false where one of them is null."""
    first, second = family_of(left.column), family_of(right.column)
    sign = _SIGNS[operator]
    plain = f"{{0}} {sign} {{1}}"
    if first in _NUMBERS and second in _NUMBERS:
        places = (_scale(left), _scale(right))
        if first is second and places[0] == places[1]:
            return Test(plain, left.comparable, right.comparable)
        return Test(left.sql.compared_numbers(sign, *places), left.stored, right.stored)
    if first in _MOMENTS and second in _MOMENTS:
        pattern = left.sql.compared_moments(sign, first is Family.DATE, second is Family.DATE)
        return Test(pattern, left.stored, right.stored)
    if first is not second:
        raise BadRequest(
            f"{left.column.logical_name} and {right.column.logical_name} are of kinds that do not compare.",
            Code.QUERY_SYNTAX,
            column=left.column.logical_name,
        )
    return Test(plain, left.comparable, right.comparable)


def _scale(resolved: ResolvedColumn) -> int:
    """Decimals of a column that may be held as a scaled integer, -1 of one that holds text or a float."""
    places = places_of(resolved.column)
    return -1 if places is None else places

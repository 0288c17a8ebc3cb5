"""Pages that start after the last row of the page before, so that rows written meanwhile shift nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models.expressions import Expression

from handsel.errors import BadRequest, Code
from handsel.query.compile.conditions import SortKey
from handsel.query.compile.expressions import Hidden, Test
from handsel.query.compile.families import places_of
from handsel.query.compile.joining import Condition, Joined, Shape
from handsel.query.compile.literals import checked, checked_number, on_grid
from handsel.query.compile.operands import value_for
from handsel.query.run.cookies import Edge
from handsel.query.tree.nodes import Untyped


def edges(keys: Sequence[SortKey], firsts: Sequence[object], lasts: Sequence[object]) -> list[Edge]:
    """The sort keys of a page, from the values of its first and last row."""
    return [
        Edge(key.resolved.column.logical_name, _text(first), _text(last))
        for key, first, last in zip(keys, firsts, lasts, strict=True)
    ]


def behind(keys: Sequence[SortKey], lasts: Sequence[str | None]) -> Expression:
    """True for rows after the one with these sort keys. Raises BadRequest (0x80060888) for values that do not fit."""
    if len(keys) != len(lasts):
        raise BadRequest("The paging cookie belongs to a query that sorts otherwise.", Code.QUERY_SYNTAX)
    tests: list[Expression] = []

    def numbered(test: Expression) -> int:
        tests.append(test)
        return len(tests) - 1

    alternatives: list[Shape] = []
    equal: list[Shape] = []
    for key, last in zip(keys, lasts, strict=True):
        column = key.resolved.comparable
        value = None if last is None else _value(key, last)
        later = _later(key, column, value)
        if later is not None:
            alternatives.append(Joined(" AND ", [*equal, numbered(later)]) if equal else numbered(later))
        same = Test("{0} IS NULL", key.resolved.stored) if value is None else Test("{0} = {1}", column, value)
        equal.append(numbered(same))
    if not alternatives:
        return Condition(numbered(Test("1 = 0")), tests)
    shape, start = Joined(" OR ", alternatives), _start(keys[0], lasts[0])
    return Condition(shape if start is None else Joined(" AND ", [shape, numbered(start)]), tests)


def _start(key: SortKey, last: str | None) -> Expression | None:
    """A bound for an index on the first key: the last row of the page before. None where nulls may follow."""
    if last is None or (key.descending and not _always_filled(key)):
        return None
    return Test(f"{{0}} {'<=' if key.descending else '>='} {{1}}", key.resolved.comparable, _value(key, last))


def _always_filled(key: SortKey) -> bool:
    """Whether every row has a value, by the declaration or because every write sets it: no null can follow."""
    column = key.resolved.column
    if key.resolved.source.optional or column.field is None or isinstance(key.resolved.raw, Hidden):
        return False
    return not column.field.null or column.logical_name in ("createdon", "modifiedon")


def _value(key: SortKey, text: str) -> Expression:
    column, value = key.resolved.column, Untyped(text)
    places = places_of(column)
    if places is None:
        return value_for(column, checked(column, value))
    number, exact = on_grid(checked_number(column, value), places)
    if not exact:
        raise BadRequest("The paging cookie holds a value that its column cannot.", Code.QUERY_SYNTAX)
    return value_for(column, number)


def _later(key: SortKey, column: Expression, value: Expression | None) -> Expression | None:
    """Nulls come first when ascending, last when descending."""
    if value is None:
        return None if key.descending else Test("{0} IS NOT NULL", key.resolved.stored)
    if key.descending:
        if _always_filled(key):
            return Test("{0} < {1}", column, value)
        return Test("({0} < {1} OR {2} IS NULL)", column, value, key.resolved.stored)
    return Test("{0} > {1}", column, value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, UUID):
        return f"{{{str(value).upper()}}}"
    if isinstance(value, float):
        return repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)

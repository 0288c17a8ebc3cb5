"""Groups and what is computed over them; a distinct answer is groups without anything computed.

Texts are grouped by their form without case and shown as the first of their spellings. Averages are divided here, so
that both databases give the same digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models.expressions import Expression

from handsel.errors import BadRequest, Code
from handsel.query.compile.date_parts import part_of
from handsel.query.compile.expressions import Digits, Test
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.paths import Frame, Reach
from handsel.query.compile.projection import decoded
from handsel.query.compile.statement import Statement
from handsel.query.tree.nodes import Order
from handsel.query.tree.request import ALL, Aggregate, Function, Group, Request
from handsel.tables.exact import ScaledIntegerField, from_scaled
from handsel.tables.info import ColumnInfo

_NUMBERS = (Family.WHOLE, Family.SCALED, Family.DIGITS, Family.FLOAT)
Read = Callable[[Sequence[Any]], Any]


class Grouping:
    """The select list of a grouped request, its order, and how its tuples read."""

    def __init__(self, frame: Frame, request: Request) -> None:
        self.frame, self.request, self.sql = frame, request, frame.asker.sql
        self.expressions: list[Expression] = []
        self.grouped: list[int] = []
        self.readers: dict[str, Read] = {}
        self.sortable: dict[str, int] = {}
        self.columns: dict[str, ColumnInfo | None] = {}
        for group in _groups(request):
            self._named(group.name)
            self._group(group)
        for aggregate in request.aggregates:
            self._named(aggregate.name)
            self._aggregate(aggregate)
        self.order = [self._key(order) for order in request.order]
        ordered = {self._place(order) for order in request.order}
        self.order += [
            Test(self.sql.sorted(str(place), descending=False)) for place in self.grouped if place not in ordered
        ]

    def statement(self, where: Sequence[Expression], *, limit: int, offset: int = 0) -> Statement:
        """The SELECT of one page of groups."""
        return Statement(
            self.frame, self.expressions, where, grouped=self.grouped, order=self.order, limit=limit, offset=offset
        )

    def dicts(self, tuples: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
        """Groups by name."""
        return [{name: read(found) for name, read in self.readers.items()} for found in tuples]

    def _named(self, name: str) -> None:
        if name in self.readers:
            raise BadRequest(f"Two columns of the answer are called '{name}'.", Code.QUERY_SYNTAX, name=name)

    def _add(self, expression: Expression) -> int:
        """Add to the select list; the place counts from 1, as in SQL."""
        self.expressions.append(expression)
        return len(self.expressions)

    def _group(self, group: Group) -> None:
        reach = self.frame.find(group.path)
        if group.part is not None:
            place = shown = self._add(part_of(self.frame, reach, group.part))
            self.readers[group.name] = lambda found: found[shown - 1]
        else:
            place = shown = self._add(reach.comparable)
            if family_of(reach.column) in (Family.TEXT, Family.DIGITS):
                shown = self._add(_end("min", reach))
            self.readers[group.name] = lambda found: decoded(reach.column, found[shown - 1])
        self.grouped.append(place)
        self.columns[group.name] = None if group.part is not None else reach.column
        self.sortable[group.name] = self.sortable[str(group.path)] = place

    def _aggregate(self, aggregate: Aggregate) -> None:
        reach = None if aggregate.path is None else self.frame.find(aggregate.path)
        function, name = aggregate.function, aggregate.name
        self.columns[name] = None
        if function in (Function.COUNT, Function.COUNT_COLUMN, Function.COUNT_DISTINCT):
            place = self._add(_count(function, reach))
            self.readers[name] = lambda found: found[place - 1]
            self.sortable[name] = place
            return
        if reach is None:
            raise BadRequest(f"{function} needs a column.", Code.QUERY_SYNTAX, name=name)
        self.columns[name] = reach.column
        if function in (Function.MIN, Function.MAX):
            family = family_of(reach.column)
            if family in (Family.ID, Family.BOOLEAN):
                raise _unfit(function, reach)
            place = self._add(_end(function, reach))
            self.readers[name] = lambda found: decoded(reach.column, found[place - 1])
            self.sortable[name] = self._add(Test("avg({0})", reach.stored)) if family is Family.DIGITS else place
            return
        self._sum(function, name, reach)

    def _sum(self, function: Function, name: str, reach: Reach) -> None:
        family = family_of(reach.column)
        if family not in _NUMBERS:
            raise _unfit(function, reach)
        exact = family is not Family.FLOAT
        total = self._add(Test(self.sql.exact_sum if exact else "sum({0})", reach.stored))
        count = self._add(Test("count({0})", reach.stored))
        places = reach.column.field.places if isinstance(reach.column.field, ScaledIntegerField) else 0

        def read(found: Sequence[Any]) -> Any:
            value = found[total - 1]
            if value is None:
                return None
            if isinstance(value, str):
                value = from_scaled(int(value), places) if places else Decimal(value)
            if function is Function.AVERAGE:
                return value / found[count - 1]
            return int(value) if family is Family.WHOLE else value

        self.readers[name] = read
        rough = "avg({0})" if function is Function.AVERAGE else self.sql.rough_sum
        self.sortable[name] = self._add(Test(rough, reach.stored))

    def _place(self, order: Order) -> int:
        place = self.sortable.get(str(order.column))
        if place is None:
            raise BadRequest(
                f"Groups can be sorted by {', '.join(self.sortable)}, not by '{order.column}'.",
                Code.QUERY_SYNTAX,
                column=str(order.column),
            )
        return place

    def _key(self, order: Order) -> Expression:
        return Test(self.sql.sorted(str(self._place(order)), descending=order.descending))


def _groups(request: Request) -> tuple[Group, ...]:
    if not request.distinct:
        return request.groups
    if request.outputs is None or any(output.path.column == ALL for output in request.outputs):
        raise BadRequest("A query for distinct rows must say which columns it wants.", Code.QUERY_SYNTAX)
    return tuple(Group(output.path, output.name) for output in request.outputs)


def _count(function: Function, reach: Reach | None) -> Expression:
    if reach is None or function is Function.COUNT:
        return Test("count(*)")
    if function is Function.COUNT_COLUMN:
        return Test("count({0})", reach.stored)
    return Test("count(DISTINCT {0})", reach.comparable)


def _end(function: str, reach: Reach) -> Expression:
    """The smallest or largest value."""
    if family_of(reach.column) is Family.TEXT:
        return Test(f"{function}({reach.sql.by_code_points})", reach.stored)
    value = Digits(reach.stored) if family_of(reach.column) is Family.DIGITS else reach.stored
    return Test(f"{function}({{0}})", value)


def _unfit(function: Function, reach: Reach) -> BadRequest:
    name = reach.column.logical_name
    return BadRequest(
        f"{function} cannot be computed of {name}; it holds {reach.column.kind}.", Code.QUERY_SYNTAX, column=name
    )

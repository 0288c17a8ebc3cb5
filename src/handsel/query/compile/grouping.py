"""Groups and what is computed over them; a distinct result is groups without anything computed.

Texts are grouped by their form without case and shown as the first of their spellings. Averages are divided here, so
that both databases give the same digits. Sums, averages and extremes of money are in the base currency.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models.expressions import Expression

from handsel.database.dialect import Rows
from handsel.errors import BadRequest, Code
from handsel.json_value import JsonObject
from handsel.query.compile.base_amounts import in_base_currency
from handsel.query.compile.date_parts import part_of
from handsel.query.compile.expressions import Derived, Digits, Test
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.paths import Frame, ResolvedColumn
from handsel.query.compile.projection import decoded
from handsel.query.compile.statement import Statement
from handsel.query.tree.nodes import ColumnPath, Order
from handsel.query.tree.request import ALL, Aggregate, Function, Group, Output, Request
from handsel.tables.exact import ScaledIntegerField, from_scaled
from handsel.tables.info import ColumnInfo

_NUMBERS = (Family.WHOLE, Family.SCALED, Family.DIGITS, Family.FLOAT)
Read = Callable[[tuple[Any, ...]], Any]


class Grouping:
    """The select list of a grouped request, its order, and how its tuples are read."""

    def __init__(self, frame: Frame, request: Request) -> None:
        self.frame, self.request, self.sql = frame, request, frame.query_context.sql
        self.expressions: list[Expression] = []
        self.grouped: list[int] = []
        self.readers: dict[str, Read] = {}
        self.sortable: dict[str, int] = {}
        self.columns: dict[str, ColumnInfo | None] = {}
        self.paths: dict[str, ColumnPath | None] = {}
        groups = _groups(frame, request)
        self.by_row = request.distinct and any(self._is_key(frame.find(group.path)) for group in groups)
        for group in groups:
            self._named(group.name)
            self.paths[group.name] = group.path
            self._group(group)
        for aggregate in request.aggregates:
            self._named(aggregate.name)
            self.paths[aggregate.name] = aggregate.path
            self._aggregate(aggregate)
        self.order = [self._key(order) for order in request.order]
        ordered = {self._position(order) for order in request.order}
        self.order += [
            Test(self.sql.sorted(str(position), descending=False))
            for position in self.grouped
            if position not in ordered
        ]

    def statement(self, where: Sequence[Expression], *, limit: int, offset: int = 0) -> Statement:
        """The SELECT of one page of groups."""
        return Statement(
            self.frame, self.expressions, where, grouped=self.grouped, order=self.order, limit=limit, offset=offset
        )

    def dicts(self, tuples: Rows) -> list[JsonObject]:
        """Groups by name."""
        return [{name: read(found) for name, read in self.readers.items()} for found in tuples]

    def _named(self, name: str) -> None:
        if name in self.readers:
            raise _twice(name)

    def _add(self, expression: Expression) -> int:
        """Add to the select list. Returns the position, counted from 1 as in SQL."""
        self.expressions.append(expression)
        return len(self.expressions)

    def _group(self, group: Group) -> None:
        resolved = self.frame.find(group.path)
        follows = self.by_row and self._follows_from_key(resolved)
        if group.part is not None:
            position = shown = self._add(part_of(self.frame, resolved, group.part))
            self.readers[group.name] = lambda found: found[shown - 1]
        else:
            position = shown = self._add(resolved.comparable)
            if family_of(resolved.column) in (Family.TEXT, Family.DIGITS):
                shown = self._add(resolved.stored if follows else _end("min", resolved))
            self.readers[group.name] = lambda found: decoded(resolved.column, found[shown - 1])
        if not follows:
            self.grouped.append(position)
        self.columns[group.name] = None if group.part is not None else resolved.column
        self.sortable[group.name] = self.sortable[str(group.path)] = position

    def _is_key(self, resolved: ResolvedColumn) -> bool:
        root = self.frame.root
        return resolved.source is root and resolved.column.logical_name == root.info.primary_key

    def _follows_from_key(self, resolved: ResolvedColumn) -> bool:
        """Whether rows with equal keys have one value in it: then the database groups by the key alone."""
        is_own = resolved.source is self.frame.root and not isinstance(resolved.raw, Derived)
        return is_own and not self._is_key(resolved)

    def _aggregate(self, aggregate: Aggregate) -> None:
        resolved = None if aggregate.path is None else self.frame.find(aggregate.path)
        function, name = aggregate.function, aggregate.name
        self.columns[name] = None
        if function in (Function.COUNT, Function.COUNT_COLUMN, Function.COUNT_DISTINCT):
            position = self._add(_count(function, resolved))
            self.readers[name] = lambda found: found[position - 1]
            self.sortable[name] = position
            return
        if resolved is None:
            raise BadRequest(f"{function} needs a column.", Code.QUERY_SYNTAX, name=name)
        amount = in_base_currency(resolved)
        self.columns[name] = amount.column
        if function in (Function.MIN, Function.MAX):
            if family_of(amount.column) in (Family.ID, Family.BOOLEAN):
                raise _unfit(function, amount)
            position = self.sortable[name] = self._add(_end(function, amount))
            self.readers[name] = lambda found: decoded(amount.column, found[position - 1])
            return
        self._sum(function, name, amount)

    def _sum(self, function: Function, name: str, resolved: ResolvedColumn) -> None:
        family = family_of(resolved.column)
        if family not in _NUMBERS:
            raise _unfit(function, resolved)
        exact = family is not Family.FLOAT
        total = self._add(Test(self.sql.exact_sum if exact else "sum({0})", resolved.stored))
        count = self._add(Test("count({0})", resolved.stored))
        places = resolved.column.field.places if isinstance(resolved.column.field, ScaledIntegerField) else 0

        def read(found: tuple[Any, ...]) -> Any:
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
        self.sortable[name] = self._add(Test(rough, resolved.stored))

    def _position(self, order: Order) -> int:
        position = self.sortable.get(str(order.column))
        if position is None:
            raise BadRequest(
                f"Groups can be sorted by {', '.join(self.sortable)}, not by '{order.column}'.",
                Code.QUERY_SYNTAX,
                column=str(order.column),
            )
        return position

    def _key(self, order: Order) -> Expression:
        return Test(self.sql.sorted(str(self._position(order)), descending=order.descending))


def _groups(frame: Frame, request: Request) -> tuple[Group, ...]:
    """What rows are grouped by: for distinct rows every column that is asked for."""
    if not request.distinct:
        return request.groups
    found: dict[str, Group] = {}
    for output in (Output(ColumnPath(ALL), ALL),) if request.outputs is None else request.outputs:
        path = output.path
        if path.column == ALL:
            columns = frame.source(path.source).info.columns
            listed = [Group(replace(path, column=name), f"{output.name.removesuffix(ALL)}{name}") for name in columns]
        else:
            listed = [Group(path, output.name)]
        for group in listed:
            if found.setdefault(group.name, group) != group:
                raise _twice(group.name)
    return tuple(found.values())


def _twice(name: str) -> BadRequest:
    return BadRequest(f"Two columns of the answer are called '{name}'.", Code.QUERY_SYNTAX, name=name)


def _count(function: Function, resolved: ResolvedColumn | None) -> Expression:
    if resolved is None or function is Function.COUNT:
        return Test("count(*)")
    if function is Function.COUNT_COLUMN:
        return Test("count({0})", resolved.stored)
    return Test("count(DISTINCT {0})", resolved.comparable)


def _end(function: str, resolved: ResolvedColumn) -> Expression:
    """The smallest or largest value."""
    if family_of(resolved.column) is Family.TEXT:
        return Test(f"{function}({resolved.sql.by_code_points})", resolved.stored)
    if family_of(resolved.column) is Family.DIGITS:
        return Digits(Test(f"{function}({{0}})", Digits(resolved.stored)))  # the outer one for ORDER BY
    return Test(f"{function}({{0}})", resolved.stored)


def _unfit(function: Function, resolved: ResolvedColumn) -> BadRequest:
    name = resolved.column.logical_name
    return BadRequest(
        f"{function} cannot be computed of {name}; it holds {resolved.column.kind}.", Code.QUERY_SYNTAX, column=name
    )

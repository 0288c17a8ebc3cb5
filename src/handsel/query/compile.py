"""A query tree to one condition that `QuerySet.filter` takes, and sort keys to what `QuerySet.order_by` takes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.expressions import Expression, F, OrderBy

from handsel.engine.errors import BadRequest, Code
from handsel.query.expressions import Condition, Joined, Negated, Shape, Test
from handsel.query.families import Family, family_of, places_of
from handsel.query.literals import checked, on_grid
from handsel.query.operands import value_for
from handsel.query.paths import Paths, Reach
from handsel.query.tree import (
    And,
    Comparison,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    Or,
    Order,
    TextMatch,
    TextTest,
    check_limits,
)
from handsel.tables.info import TableInfo

_SIGNS = {Operator.EQ: "=", Operator.GT: ">", Operator.GE: ">=", Operator.LT: "<", Operator.LE: "<="}


def condition(paths: Paths, info: TableInfo, node: Node) -> Expression:
    """The rows of `info` that match. Raises BadRequest (0x80060888) for unknown columns and unfitting values."""
    check_limits(node)
    compiler = _Compiler(paths, info)
    shape = compiler.shape(node, negated=False)
    return Condition(shape, compiler.tests)


def sort_keys(paths: Paths, info: TableInfo, orders: Iterable[Order]) -> list[OrderBy]:
    """Sort keys, at last the primary key, so that equal rows keep one order."""
    keys = []
    for order in orders:
        keys.append(
            OrderBy(
                paths.find(info, order.column).comparable,
                descending=order.descending,
                nulls_first=None if order.descending else True,
                nulls_last=True if order.descending else None,
            )
        )
    return [*keys, OrderBy(F("pk"))]


class _Compiler:
    """Collects the tests of a tree; `not` is pushed down to them, so that only tests are ever negated."""

    def __init__(self, paths: Paths, info: TableInfo) -> None:
        self.paths, self.info = paths, info
        self.tests: list[Expression] = []

    def shape(self, node: Node, *, negated: bool) -> Shape:
        match node:
            case Not(term):
                return self.shape(term, negated=not negated)
            case And(terms) | Or(terms):
                connector = " AND " if isinstance(node, And) is not negated else " OR "
                return Joined(connector, [self.shape(term, negated=negated) for term in terms])
            case Comparison(path, Operator.NE, value):
                return self.shape(Comparison(path, Operator.EQ, value), negated=not negated)
            case _:
                self.tests.append(self.test(node))
                number = len(self.tests) - 1
                return Negated(number) if negated else number

    def test(self, node: Comparison | OneOf | TextMatch) -> Expression:
        """A single condition on one column, true only where it holds."""
        reach = self.paths.find(self.info, node.column)
        match node:
            case Comparison(_, operator, value):
                return _compare(reach, operator, value)
            case OneOf(_, values):
                return _one_of(reach, values)
            case TextMatch(test, _, text):
                return _match(reach, test, text)


_NEVER = "1 = 0"


def _compare(reach: Reach, operator: Operator, value: Literal) -> Expression:
    if value is None:
        return Test(
            "{0} IS NULL" if operator is Operator.EQ else _NEVER, *([reach.stored] if operator is Operator.EQ else ())
        )
    wanted = checked(reach.column, value)
    places = places_of(reach.column)
    if places is not None:
        wanted, exact = on_grid(wanted, places)
        if not exact:
            # Nothing lies between the value and the one below it that the column can hold.
            operator = _BELOW[operator]
            if operator is Operator.EQ:
                return Test(_NEVER)
    return Test(f"{{0}} {_SIGNS[operator]} {{1}}", reach.comparable, value_for(reach.column, wanted))


_BELOW = {
    Operator.EQ: Operator.EQ,
    Operator.GT: Operator.GT,
    Operator.GE: Operator.GT,
    Operator.LT: Operator.LE,
    Operator.LE: Operator.LE,
}


def _one_of(reach: Reach, values: tuple[Literal, ...]) -> Expression:
    given = [checked(reach.column, value) for value in values if value is not None]
    places = places_of(reach.column)
    if places is not None:
        held = [on_grid(value, places) for value in given]
        given = [value for value, exact in held if exact]
    marks = ", ".join(f"{{{number}}}" for number in range(1, len(given) + 1))
    listed = f"{{0}} IN ({marks})" if given else _NEVER
    sources: list[Expression] = [reach.comparable] if given else []
    sources.extend(value_for(reach.column, value) for value in given)
    if None in values:
        return Test(f"({listed} OR {{{len(sources)}}} IS NULL)", *sources, reach.stored)
    return Test(listed, *sources)


def _match(reach: Reach, test: TextTest, text: str) -> Expression:
    if family_of(reach.column) is not Family.TEXT:
        raise BadRequest(
            f"{reach.column.logical_name} holds no text, so {test} cannot look into it.",
            Code.QUERY_SYNTAX,
            column=reach.column.logical_name,
        )
    if not text:
        return Test("{0} IS NOT NULL", reach.stored)
    sources = (reach.comparable, value_for(reach.column, text))
    match test:
        case TextTest.CONTAINS:
            return Test("strpos({0}, {1}) > 0", *sources, sqlite="instr({0}, {1}) > 0")
        case TextTest.STARTS_WITH:
            return Test("starts_with({0}, {1})", *sources, sqlite="instr({0}, {1}) = 1")
        case TextTest.ENDS_WITH:
            return Test(
                "starts_with(reverse({0}), reverse({1}))", *sources, sqlite=f"substr({{0}}, -{len(text)}) = {{1}}"
            )

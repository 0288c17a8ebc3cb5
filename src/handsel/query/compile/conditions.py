"""A query tree to one condition of a SELECT, and sort keys to its order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models.expressions import Expression

from handsel.engine.values import table_named
from handsel.query.compile.comparing import compare, compare_columns, match_text, one_of
from handsel.query.compile.expressions import Test
from handsel.query.compile.joining import Condition, Joined, Negated, Shape
from handsel.query.compile.paths import Frame, ResolvedColumn, Source, unknown
from handsel.query.compile.query_functions import meaning
from handsel.query.compile.statement import Statement
from handsel.query.compile.tying import count_unrelated, tied_columns
from handsel.query.tree.limits import MAX_NODES, check_limits, too_large
from handsel.query.tree.nodes import (
    And,
    ColumnPath,
    Comparison,
    Exists,
    Linked,
    Node,
    Not,
    OneOf,
    Operator,
    Or,
    Order,
    QueryFunction,
    TextMatch,
)
from handsel.tables.intersects import intersect_named
from handsel.tables.relations import all_collections_of

MAX_TESTS = 2 * MAX_NODES
"""Tests of one condition; a query function may mean several."""


def condition(frame: Frame, node: Node) -> Expression:
    """What the rows of a frame must fulfil. Raises BadRequest (0x80060888) for unknown names and unfitting values."""
    check_limits(node)
    return _condition(frame, node)


def _condition(frame: Frame, node: Node) -> Expression:
    compiler = _Compiler(frame)
    shape = compiler.shape(node, negated=False)
    return Condition(shape, compiler.tests)


@dataclass(frozen=True)
class SortKey:
    """A column to sort by."""

    resolved: ResolvedColumn
    descending: bool = False

    @property
    def expression(self) -> Expression:
        """The key in ORDER BY: nulls come first when ascending, last when descending."""
        if (
            self.resolved.column.logical_name == self.resolved.source.info.primary_key
            and not self.resolved.source.optional
        ):
            # Without a word on nulls, so that its index serves.
            return Test("{0} DESC" if self.descending else "{0}", self.resolved.comparable)
        return Test(self.resolved.sql.sorted("{0}", descending=self.descending), self.resolved.comparable)


def sort_keys(frame: Frame, orders: Iterable[Order]) -> list[SortKey]:
    """Sort keys, at last the primary key, so that equal rows keep one order."""
    keys = [SortKey(frame.find(order.column), order.descending) for order in orders]
    root = frame.root
    if not any(
        key.resolved.source is root and key.resolved.column.logical_name == root.info.primary_key for key in keys
    ):
        keys.append(SortKey(root.key_column))
    return keys


class _Compiler:
    """Collects the tests of a tree; `not` is pushed down to them, so that only tests are ever negated."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
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
            case QueryFunction():
                meant = meaning(self.frame, node)
                if not isinstance(meant, Expression):
                    return self.shape(meant, negated=negated)
                self.tests.append(meant)
            case _:
                self.tests.append(self.test(node))
        if len(self.tests) > MAX_TESTS:
            raise too_large()
        number = len(self.tests) - 1
        return Negated(number) if negated else number

    def test(self, node: Comparison | OneOf | TextMatch | Exists) -> Expression:
        """A single condition, true only where it holds."""
        if isinstance(node, Exists):
            return self._exists(node)
        resolved = self.frame.find(node.column)
        match node:
            case Comparison(_, operator, value):
                if isinstance(value, ColumnPath):
                    return compare_columns(resolved, operator, self.frame.find(value))
                return compare(resolved, operator, value)
            case OneOf(_, values):
                return one_of(resolved, values)
            case TextMatch(test, _, text):
                return match_text(resolved, test, text)

    def _exists(self, node: Exists) -> Expression:
        query_context, variable = self.frame.query_context, node.variable
        if isinstance(node.rows, Linked):
            rows, far = node.rows, query_context.table(table_named(node.rows.table).logical_name)
            inner = Frame(query_context, far, variable, self.frame)
            column, to = tied_columns(self.frame.source(rows.to.source).info, far, rows.column, rows.to.column)
            theirs, ours = inner.column(inner.root, column), self.frame.find(replace(rows.to, column=to))
            count_unrelated(query_context, theirs, ours)
            ties = [compare_columns(theirs, Operator.EQ, ours)]
        else:
            parent = self.frame.walk(self.frame.source(node.rows.source), node.rows.steps)
            between = intersect_named(parent.info.logical_name, node.rows.column)
            if between is not None:
                inner = Frame(query_context, query_context.table(between.other), variable, self.frame)
                source = joined_between(inner, between.through, between.other_column)
                lookups = [between.near_column]
            else:
                child, lookup = collection_of(parent, node.rows.column)
                inner = Frame(query_context, query_context.table(child), variable, self.frame)
                # Of a customer's two foreign keys neither has an index; the column that holds the same id has one.
                whole = all_collections_of(parent.info)[node.rows.column][1]
                source, lookups = inner.root, list(dict.fromkeys((whole, lookup)))
            ties = [Test("{0} = {1}", inner.column(source, name).stored, parent.key) for name in lookups]
        wanted = [] if node.term is None else [_condition(inner, node.term)]
        return Test("EXISTS ({0})", Statement(inner, where=[*ties, *wanted]))


def joined_between(frame: Frame, through: str, other: str) -> Source:
    """The table between two of a many-to-many relation, joined to the frame of one by its column `other`."""
    middle = Source(frame.query_context.alias(), frame.query_context.table(through), frame)
    frame.join(middle, [compare_columns(frame.column(middle, other), Operator.EQ, frame.root.key_column)], outer=False)
    return middle


def collection_of(parent: Source, name: str) -> tuple[str, str]:
    """The child table and the foreign key of a collection. Raises BadRequest (0x80060888) for an unknown one."""
    found = all_collections_of(parent.info).get(name)
    if found is None:
        raise unknown(parent.info, "collection", name, all_collections_of(parent.info))
    child, lookup = found
    column = parent.frame.query_context.table(child).columns[lookup]
    return child, column.split.get(parent.info.logical_name, lookup)

"""The first rows of a list whose reader reaches them in a few ways: own rows, those of the unit, shared ones.

    SELECT … WHERE key IN (first rows by one way UNION ALL first rows by the next …) ORDER BY … LIMIT n

The first rows of all are among the first of each way, and each way has an index that begins with what it tests and goes
on in the order of the list. So such a list costs about what it costs a reader of all rows, wherever in the table his
rows lie; as one condition with OR, all rows that he reaches are sorted, or all rows before them read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.query.compile.comparing import is_coarse
from handsel.query.compile.conditions import SortKey
from handsel.query.compile.expressions import Ref, Sql
from handsel.query.compile.paths import Frame
from handsel.query.compile.statement import Counted, Statement, counting
from handsel.query.tree.nodes import And, ColumnPath, Comparison, Node, Not, OneOf, Or
from handsel.tables.info import ColumnInfo

MOST_TESTS = 100
"""Of so many values at most a condition is written once for each way: a database takes no statement of any length."""
MOST_ROWS = 1_000
"""Up to so many rows are looked for by each way; for more, the rows in reach are better sorted once."""


def first_rows(
    frame: Frame,
    columns: Sequence[Expression],
    where: Sequence[Expression],
    keys: Sequence[SortKey],
    *,
    filter: Node | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Statement:
    """The statement for the first rows of a frame in the order of `keys`.

    `filter` is what `where` was compiled from: one that an index serves is left to that index.
    """
    order = [key.expression for key in keys]
    most = MOST_ROWS + 1 if limit is None else offset + limit
    ways = _ways(frame, filter) if most <= MOST_ROWS and _in_order_of_root(frame, keys) else ()
    if not ways:
        return Statement(frame, columns, where, order=order, limit=limit, offset=offset)
    key = frame.root.key
    found = Statement(frame, [key], where, order=order, limit=most, narrowed=False)
    return Statement(
        frame, columns, [_In(key, _Found(found, ways))], order=order, limit=limit, offset=offset, narrowed=False
    )


def number_of_rows(
    frame: Frame, where: Sequence[Expression], *, filter: Node | None = None, limit: int | None = None
) -> Expression:
    """The statement for the number of rows of a frame. With a limit it counts little more than that many."""
    ways = _ways(frame, filter)
    if ways:
        found = Statement(frame, [frame.root.key], where, limit=limit, narrowed=False)
        return Counted(_Found(found, ways, each_once=True))
    return counting(frame, where) if limit is None else Counted(Statement(frame, where=where, limit=limit))


def _ways(frame: Frame, filter: Node | None) -> Sequence[Expression]:
    """The ways by which the rows that match are best found; none where an index serves the filter better."""
    return frame.query_context.ways(frame.root.info, frame.root.alias) if _is_coarse(frame, filter) else ()


def _in_order_of_root(frame: Frame, keys: Sequence[SortKey]) -> bool:
    return all(key.resolved.source is frame.root for key in keys)


def _is_coarse(frame: Frame, filter: Node | None) -> bool:
    """Whether a condition leaves many rows, so that no index serves it better than that of a way, and is short."""
    if filter is None:
        return True
    columns = frame.root.info.columns
    tested = list(itertools.islice(_paths(filter), MOST_TESTS + 1))
    return len(tested) <= MOST_TESTS and all(
        path is not None and not path.steps and not path.source and _is_coarse_column(columns.get(path.column))
        for path in tested
    )


def _is_coarse_column(column: ColumnInfo | None) -> bool:
    return column is not None and is_coarse(column)


def _paths(node: Node) -> Iterator[ColumnPath | None]:
    """The column of each value that a condition tests for; None for what is more than a comparison with values."""
    match node:
        case And(terms) | Or(terms):
            for term in terms:
                yield from _paths(term)
        case Not(term):
            yield from _paths(term)
        case OneOf(column, values):
            yield from itertools.repeat(column, len(values))
        case Comparison(column, _, value):
            yield None if isinstance(value, ColumnPath) else column
        case _:
            yield None


class _Found(Expression):
    """The keys that a statement finds by some ways, one after the other; or each of them once."""

    def __init__(self, statement: Statement, ways: Sequence[Expression], *, each_once: bool = False) -> None:
        super().__init__()
        self.statement, self.ways, self.each_once = statement, ways, each_once

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        parts: list[str] = []
        params: list[object] = []
        for sql, values in self.statement.alternatives(compiler, self.ways):
            parts.append(f"SELECT * FROM ({sql}) AS way")
            params += values
        return (" UNION " if self.each_once else " UNION ALL ").join(parts), tuple(params)


class _In(Expression):
    """Whether a key is among those that a statement finds."""

    def __init__(self, key: Ref, found: Expression) -> None:
        super().__init__()
        self.key, self.found = key, found

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        (key, params), (sql, values) = compiler.compile(self.key), compiler.compile(self.found)
        return f"{key} IN ({sql})", (*params, *values)

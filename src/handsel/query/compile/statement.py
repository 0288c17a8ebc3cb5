"""One SELECT, whole or inside another, put together from a frame and expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.query.compile.expressions import Sql
from handsel.query.compile.paths import Frame


class Statement(Expression):
    """`SELECT columns FROM frame WHERE conditions`, and what may follow.

    `grouped` gives the positions of columns to group by, counted from 1. `constant` is selected when there are no
    columns: `1`. An `offset` needs a `limit`. With `narrowed=False` the caller narrows the first table to what the user
    may read.
    """

    def __init__(
        self,
        frame: Frame,
        columns: Sequence[Expression] = (),
        where: Sequence[Expression] = (),
        *,
        constant: str = "1",
        grouped: Sequence[int] = (),
        order: Sequence[Expression] = (),
        limit: int | None = None,
        offset: int = 0,
        narrowed: bool = True,
    ) -> None:
        super().__init__()
        self.frame, self.columns, self.constant = frame, list(columns), constant
        self.where = [*where, *(frame.restrictions if narrowed else ())]
        self.grouped, self.order, self.limit, self.offset = list(grouped), list(order), limit, offset

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        [found] = self.alternatives(compiler, [None])
        return found

    def alternatives(self, compiler: SQLCompiler, further: Iterable[Expression | None]) -> Iterator[Sql]:
        """The statement with one further condition each; what they share is compiled once."""
        begin, before = self._begin(compiler)
        where, tested = _joined(compiler, self.where, " AND ")
        end, after = self._end(compiler)
        for each in further:
            sql, values = ("", ()) if each is None else compiler.compile(each)
            conditions = " AND ".join(filter(None, (where, sql)))
            parts = (begin, f"WHERE {conditions}" if conditions else "", end)
            yield " ".join(filter(None, parts)), (*before, *tested, *values, *after)

    def _begin(self, compiler: SQLCompiler) -> Sql:
        root = self.frame.root
        columns, params = _joined(compiler, self.columns, ", ")
        parts, given = (
            [f'SELECT {columns or self.constant} FROM "{root.info.logical_name}" AS "{root.alias}"'],
            [*params],
        )
        for join in self.frame.joins:
            kind = "LEFT JOIN" if join.outer else "JOIN"
            tied, params = _joined(compiler, join.conditions, " AND ")
            parts.append(f'{kind} "{join.source.info.logical_name}" AS "{join.source.alias}" ON {tied}')
            given += params
        return " ".join(parts), tuple(given)

    def _end(self, compiler: SQLCompiler) -> Sql:
        order, params = _joined(compiler, self.order, ", ")
        parts = (
            f"GROUP BY {', '.join(map(str, self.grouped))}" if self.grouped else "",
            f"ORDER BY {order}" if order else "",
            "" if self.limit is None else f"LIMIT {int(self.limit)}",
            f"OFFSET {int(self.offset)}" if self.offset else "",
        )
        return " ".join(filter(None, parts)), params


def _joined(compiler: SQLCompiler, expressions: Sequence[Expression], between: str) -> Sql:
    compiled = [compiler.compile(each) for each in expressions]
    return between.join(sql for sql, _ in compiled), tuple(value for _, params in compiled for value in params)


class Counted(Expression):
    """The number of rows that a statement finds."""

    def __init__(self, statement: Expression) -> None:
        super().__init__()
        self.statement = statement

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        sql, params = compiler.compile(self.statement)
        return f"SELECT count(*) FROM ({sql}) AS counted", params


def counting(frame: Frame, where: Sequence[Expression]) -> Statement:
    """The number of rows of a frame that match."""
    return Statement(frame, where=where, constant="count(*)")

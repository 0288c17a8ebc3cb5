"""One SELECT, whole or inside another, put together from a frame and expressions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.query.compile.expressions import Sql
from handsel.query.compile.paths import Frame


class Statement(Expression):
    """`SELECT columns FROM frame WHERE conditions`, and what may follow.

    `grouped` gives the positions of columns to group by, counted from 1. `constant` is selected when there are no
    columns: `1`. An `offset` needs a `limit`.
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
    ) -> None:
        super().__init__()
        self.frame, self.columns, self.constant = frame, list(columns), constant
        self.where = [*where, *frame.restrictions]
        self.grouped, self.order, self.limit, self.offset = list(grouped), list(order), limit, offset

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        params: list[object] = []

        def written(expressions: Sequence[Expression], between: str) -> str:
            parts = []
            for expression in expressions:
                sql, values = compiler.compile(expression)
                parts.append(sql)
                params.extend(values)
            return between.join(parts)

        root = self.frame.root
        parts = [f"SELECT {written(self.columns, ', ') or self.constant}"]
        parts.append(f'FROM "{root.info.logical_name}" AS "{root.alias}"')
        for join in self.frame.joins:
            kind = "LEFT JOIN" if join.outer else "JOIN"
            tied = written(join.conditions, " AND ")
            parts.append(f'{kind} "{join.source.info.logical_name}" AS "{join.source.alias}" ON {tied}')
        if self.where:
            parts.append(f"WHERE {written(self.where, ' AND ')}")
        if self.grouped:
            parts.append(f"GROUP BY {', '.join(map(str, self.grouped))}")
        if self.order:
            parts.append(f"ORDER BY {written(self.order, ', ')}")
        if self.limit is not None:
            parts.append(f"LIMIT {int(self.limit)}")
        if self.offset:
            parts.append(f"OFFSET {int(self.offset)}")
        return " ".join(parts), tuple(params)


class Counted(Expression):
    """The number of rows that a statement finds."""

    def __init__(self, statement: Statement) -> None:
        super().__init__()
        self.statement = statement

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        sql, params = compiler.compile(self.statement)
        return f"SELECT count(*) FROM ({sql}) AS counted", params


def counting(frame: Frame, where: Sequence[Expression]) -> Statement:
    """The number of rows of a frame that match."""
    return Statement(frame, where=where, constant="count(*)")

"""Rows above and below a row: accounts of a group, products of a family, people and who they report to."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression, Value
from django.db.models.sql.compiler import SQLCompiler

from handsel.errors import BadRequest, Code
from handsel.query.compile.comparing import NEVER
from handsel.query.compile.expressions import Ref, Sql, Test
from handsel.query.compile.paths import ResolvedColumn
from handsel.query.compile.query_context import QueryContext
from handsel.tables.info import TableInfo

MAX_LEVELS = 100
"""How far a hierarchy is followed; the engine refuses loops, a database written to by other programs may have some."""


def up_or_down(
    query_context: QueryContext,
    resolved: ResolvedColumn,
    start: UUID,
    *,
    down: bool,
    included: bool,
    table: str | None = None,
) -> Expression:
    """The column holds an id below (or above) `start`, or `start` itself when `included`."""
    info = query_context.table(table or _table_of(resolved))
    parent = _parent_column(info)
    if parent is None:
        raise BadRequest(
            f"{resolved.column.logical_name} holds no place in a hierarchy: {info.label} ({info.logical_name}) has "
            "none.",
            Code.QUERY_SYNTAX,
            column=resolved.column.logical_name,
        )
    key = Value(start, models.UUIDField())
    if parent in query_context.hidden(info):
        return Test("{0} = {1}" if included else NEVER, *([resolved.stored, key] if included else ()))
    below = Test("{0} IN ({1})", resolved.stored, _Line(query_context, info, parent, key, down=down))
    return Test("{0} = {1} OR {2}", resolved.stored, key, below) if included else below


def _table_of(resolved: ResolvedColumn) -> str:
    """The table whose ids a column holds; of several, the first that it names."""
    if resolved.column.targets:
        return resolved.column.targets[0]
    return resolved.source.info.logical_name


def _parent_column(info: TableInfo) -> str | None:
    """The foreign key from a row to the row above it in the same table."""
    for column in info.columns.values():
        if info.logical_name in column.targets and column.logical_name.startswith("parent") and not column.is_custom:
            return column.split.get(info.logical_name, column.logical_name)
    return None


class _Line(Expression):
    """The ids above or below an id."""

    def __init__(
        self, query_context: QueryContext, info: TableInfo, parent: str, start: Expression, *, down: bool
    ) -> None:
        super().__init__()
        self.names, self.table, self.key, self.parent = (
            (query_context.alias(), query_context.alias()),
            info,
            info.primary_key,
            parent,
        )
        self.start, self.down = start, down
        self.visible = query_context.visible(info, self.names[1])
        """A row that the user may not see ends the line."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        line, row = self.names
        params: list[object] = []

        def written(expression: Expression | None) -> str:
            if expression is None:
                return ""
            sql, values = compiler.compile(expression)
            params.extend(values)
            return sql

        of, found = (self.parent, self.key) if self.down else (self.key, self.parent)
        source, near, far = f'"{self.table.logical_name}" AS "{row}"', written(Ref(row, of)), written(Ref(row, found))
        start, seen = written(self.start), self.visible
        first = "" if seen is None else f" AND {written(seen)}"
        further = "" if seen is None else f" AND {written(seen)}"
        return (
            f'WITH RECURSIVE "{line}"(id, level) AS (SELECT {far}, 1 FROM {source} WHERE {near} = {start}{first} '
            f'UNION SELECT {far}, "{line}".level + 1 FROM {source} JOIN "{line}" ON {near} = "{line}".id '
            f'WHERE "{line}".level < {MAX_LEVELS}{further}) SELECT id FROM "{line}" WHERE id IS NOT NULL',
            tuple(params),
        )

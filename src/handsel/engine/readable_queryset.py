"""Querysets of Django that read secured columns as null, wherever a query names them (security 7)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.datastructures import BaseTable, Join
from django.db.models.sql.query import Query

from handsel.database.context import Actor
from handsel.database.storage import CUSTOM
from handsel.engine import access
from handsel.engine.rights.columns import Columns
from handsel.tables.info import table_info


def readable(actor: Actor, table: str) -> models.QuerySet[models.Model]:
    """The rows of a table (logical name) that a user may read, as a queryset that only reads.

    What the user may not read is null in rows, conditions, orders and aggregates, also of tables that the queryset
    joins. Where a custom column is hidden, all custom columns of its table are.
    """
    queryset = access.all_rows(table)
    hidden = access.all_hidden_columns(actor)
    if hidden:
        # A subclass with the columns: Django makes the queries inside a query by their class alone.
        queryset.query = queryset.query.chain(klass=type("ReadableQuery", (_Query,), {"hidden_columns": hidden}))
    return access.predicate(actor, table).narrowed(queryset)


def _sql(source: BaseTable | Join, sql: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
    """The SQL of a table in FROM, with a list of its columns in place of the table if some are hidden."""
    hidden = getattr(compiler.query, "hidden_columns", {}).get(source.table_name)
    if not hidden:
        return sql
    info, listed = table_info(source.table_name), []
    if any(name not in info.columns for name in hidden):
        hidden |= {CUSTOM}
    for field in info.model._meta.concrete_fields:
        quoted = connection.ops.quote_name(str(field.column))
        empty = field.column in hidden
        listed.append(f"CAST(NULL AS {field.cast_db_type(connection)}) AS {quoted}" if empty else quoted)
    name = compiler.quote_name_unless_alias(source.table_name)
    called = f" {name}" if source.table_alias == source.table_name else ""
    return sql.replace(name, f"(SELECT {', '.join(listed)} FROM {name}){called}", 1)


class _Table(BaseTable):
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection)
        return _sql(self, sql, compiler, connection), params


class _Join(Join):
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection)
        return _sql(self, sql, compiler, connection), params


class _Query(Query):
    base_table_class = _Table
    join_class = _Join
    hidden_columns: Columns = {}

"""What every part of compiling a query shares: the user, the moment, the organization."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

from handsel.database.context import Context, current, entered
from handsel.database.dialect import Fault, QuerySql, Rows
from handsel.database.statements import connection, driver_sql, run
from handsel.engine import access
from handsel.engine.organization import Organization, read_settings
from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Ref, Sql, Test, Writer
from handsel.tables.info import TableInfo


@dataclass(frozen=True)
class QueryContext:
    """The user, the organization and the moment of a query. All its statements share one counter for aliases."""

    context: Context
    organization: Organization
    now: datetime
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    unrelated: Iterator[int] = field(default_factory=itertools.count)
    """Counts the links of the query that follow no relationship."""
    hidden_met: dict[str, set[str]] = field(default_factory=dict)
    """The columns that the query names and the user may not read, by table."""

    @classmethod
    def here(cls, now: datetime | None = None, organization: Organization | None = None) -> QueryContext:
        """For the current user, who must be enabled. Pass `organization` if it has been read already."""
        context = current()
        moment = datetime.now(UTC) if now is None else now.astimezone(UTC)
        return cls(context, organization or read_settings(context), moment.replace(microsecond=0))

    @property
    def sql(self) -> QuerySql:
        """The parts of SQL of this database."""
        return self.context.dialect.query

    def table(self, name: str) -> TableInfo:
        """A table with the organization's custom columns."""
        return self.organization.table(name)

    def alias(self) -> str:
        """A name that no other table of the query has."""
        return f"t{next(self._numbers)}"

    def visible(self, info: TableInfo, alias: str) -> Expression | None:
        """The condition that limits a table to rows that the user may read; None for all rows."""
        if not access.predicate(self.context.actor, info.logical_name).narrows:
            return None
        with entered(self.context):
            queryset = access.rows(self.context.actor, info.logical_name)
        return Test("{0} IN ({1})", Ref(alias, info.primary_key), _Readable(queryset.order_by().values("pk").query))

    def hidden(self, info: TableInfo) -> frozenset[str]:
        """The columns of a table that the user may not read."""
        with entered(self.context):
            return access.hidden_columns(self.context.actor, info.logical_name)

    def refuse_hidden(self) -> None:
        """Refuse (403) what was compiled so far if it compares or sorts by columns that the user may not read."""
        with entered(self.context):
            for table, columns in self.hidden_met.items():
                access.require_readable(self.context.actor, table, columns)

    def compiled(self, statement: Expression) -> Sql:
        """A statement as SQL for the driver, and its parameters."""
        with entered(self.context):
            sql, params = Writer(connection()).compile(statement)
            return driver_sql(sql), params

    def send(self, compiled: Sql) -> Rows:
        """Run a compiled statement as the user. Raises BadRequest (0x80060888) if it is too large for the database."""
        sql, params = compiled
        dialect = self.context.dialect
        with entered(self.context):
            try:
                return run(sql, params)
            except dialect.errors as error:
                if dialect.fault(error) is Fault.TOO_COMPLEX:
                    raise BadRequest(
                        "The query is too deep or too large for the database. Ask in several smaller questions.",
                        Code.QUERY_SYNTAX,
                    ) from error
                raise


class _Readable(Expression):
    """The ids that a queryset of the access door selects."""

    def __init__(self, query: Query) -> None:
        super().__init__()
        self.query = query

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        try:
            sql, params = self.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            return "SELECT NULL WHERE 1 = 0", ()
        return sql, tuple(params)

"""What every part of compiling a query shares: the user, the moment, the organization."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.database.context import Context, current, entered
from handsel.database.dialect import Fault, QuerySql, Rows
from handsel.database.statements import connection, driver_sql, run
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.narrowing import Narrowing, narrowing, ways
from handsel.engine.organization import Organization, read_settings
from handsel.errors import BadRequest, Code, enumerated
from handsel.query.compile.expressions import Sql, Writer
from handsel.tables.info import TableInfo, table_info


@dataclass(frozen=True)
class QueryContext:
    """The user, the organization and the moment of a query. All its statements share one counter for aliases."""

    context: Context
    organization: Organization
    now: datetime
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    unrelated: Iterator[int] = field(default_factory=itertools.count)
    """Counts the links of the query that follow no relationship."""
    _asked: dict[str, None] = field(default_factory=dict)
    """The tables that the query asks by name, which takes the privilege to read each."""
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

    def asks(self, *tables: str) -> None:
        """Note that the query asks these tables (logical names). `compiled` refuses it without the privileges."""
        self._asked.update(dict.fromkeys(tables))

    def require_privileges(self) -> None:
        """Raises PrivilegeDenied (0x80040220) with all that the user lacks to read the tables asked for so far."""
        needs = [Need(Privilege.READ, table) for table in self._asked]
        access.require_all(self.context.actor, needs, "read " + enumerated(map(_plural, self._asked)))
        self._asked.clear()

    def visible(self, info: TableInfo, alias: str) -> Expression | None:
        """The condition that limits a table to rows that the user may read; None for all rows."""
        with entered(self.context):
            found = narrowing(self.context.actor, info.logical_name, alias)
        return None if found is None else _Readable(found)

    def ways(self, info: TableInfo, alias: str) -> list[Expression]:
        """The alternatives of that condition, where the first rows of a list are best found in each of them."""
        with entered(self.context):
            return [_Readable(each) for each in ways(self.context.actor, info.logical_name, alias)]

    def hidden(self, info: TableInfo) -> frozenset[str]:
        """The columns of a table that the user may not read."""
        with entered(self.context):
            return access.hidden_columns(self.context.actor, info.logical_name)

    def refuse_hidden(self) -> None:
        """Refuse (403) what was compiled so far if it compares or sorts by columns that the user may not read."""
        with entered(self.context):
            for table, columns in self.hidden_met.items():
                access.require_readable(self.context.actor, table, columns)

    def looks_by_rights(self, info: TableInfo) -> bool:
        """Whether the rows of a table are best looked for by what the user's rights reach."""
        with entered(self.context):
            predicate = access.predicate(self.context.actor, info.logical_name)
        return predicate.narrows and (bool(predicate.ways) or not predicate.is_wide)

    def compiled(self, statement: Expression) -> Sql:
        """A statement as SQL for the driver, and its parameters.

        Raises PrivilegeDenied (0x80040220) if the user may not read one of its tables at all.
        """
        with entered(self.context):
            if self._asked:
                self.require_privileges()
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


def _plural(table: str) -> str:
    info = table_info(table)
    return (info.plural_label or info.label).lower()


class _Readable(Expression):
    """The condition of the access door on one table of a statement."""

    output_field = models.BooleanField()

    def __init__(self, narrowing: Narrowing) -> None:
        super().__init__()
        self.narrowing = narrowing

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.narrowing.sql, self.narrowing.params

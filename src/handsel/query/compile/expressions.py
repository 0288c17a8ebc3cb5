"""The pieces of SQL a query is made of, as Django expressions; what differs between databases they ask its dialect."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression, Combinable, Expression, Value
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

from handsel.database.counters import NextNumber
from handsel.database.dialect import dialect_of
from handsel.database.storage import CUSTOM
from handsel.tables.info import ColumnInfo

Parameters: TypeAlias = tuple[Any, ...]
"""Values for the driver: of every type that it takes, and placeholders for values that come later."""

Sql: TypeAlias = tuple[str, Parameters]
"""SQL of Django's kind (`%s`), and its parameters."""

AFTER = object()
"""Placeholder in the parameters of a compiled statement for the key after which the next page starts."""


_NO_QUERY = Query(None)


class Writer(SQLCompiler):
    """Writes expressions as SQL for one connection; they stand in no query of Django's."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        super().__init__(_NO_QUERY, connection, connection.alias)

    def compile(self, node: BaseExpression) -> Sql:
        """An expression as SQL of Django's kind, and its parameters. What Django has for one vendor is left out."""
        sql, params = node.as_sql(self, self.connection)
        return sql, tuple(params)


class Ref(Expression):
    """A column of the database under the alias of its table."""

    output_field = models.TextField()  # the real type is never asked for, and a query has dozens of columns

    def __init__(self, alias: str, column: str) -> None:
        super().__init__()
        self.alias, self.column = alias, column

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return f'"{self.alias}"."{self.column}"', ()


class NextNumberRef(Ref):
    """A column that shows the next number of a counter."""

    def __init__(self, alias: str, column: str, counter: str) -> None:
        super().__init__(alias, column)
        self.counter = counter

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return dialect_of(connection.vendor).next_number(self.counter), ()


def column_ref(alias: str, column: ColumnInfo) -> Ref:
    """A column where the database has it; a custom one is in the JSON of its row."""
    if isinstance(column.field, NextNumber):
        return NextNumberRef(alias, column.logical_name, column.field.counter)
    return Ref(alias, CUSTOM if column.is_custom else column.logical_name)


class _Pattern(models.Func):
    """SQL around other SQL; each source expression may be named once."""

    def patterned(self, compiler: SQLCompiler, pattern: str, *extra: object) -> Sql:
        parts: list[str] = []
        params: list[object] = []
        for source in self.get_source_expressions():
            sql, values = compiler.compile(source)
            parts.append(sql)
            params.extend(values)
        return pattern.format(*parts), (*params, *extra)


class Derived(_Pattern):
    """A text made of other columns, which is stored nowhere. Like a `Ref` it goes by a column of a table."""

    output_field = models.TextField()

    def __init__(self, alias: str, column: str, pattern: str, *sources: Combinable) -> None:
        super().__init__(*sources)
        self.alias, self.column, self.pattern = alias, column, pattern

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.patterned(compiler, self.pattern)


class Hidden(Derived):
    """A column that the user may not read: a null of the column's type, which every condition finds empty."""

    def __init__(self, alias: str, column: str, type: str) -> None:
        super().__init__(alias, column, f"CAST(NULL AS {type})")


class CaseFolded(_Pattern):
    """A text without case, ordered by code points. `stored` is where the database has it already, if it keeps it."""

    output_field = models.TextField()

    def __init__(self, source: Combinable, stored: Ref | None = None) -> None:
        super().__init__(source)
        self.stored = stored

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        dialect = dialect_of(connection.vendor)
        if self.stored is not None and dialect.keeps_case_folded_text:
            return compiler.compile(self.stored)
        return self.patterned(compiler, dialect.query.by_code_points.format(dialect.query.lower))


class Digits(_Pattern):
    """A decimal that the database may hold as text, compared as the number it is."""

    output_field = models.TextField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.patterned(compiler, dialect_of(connection.vendor).query.decimal)


class DigitsValue(Value):
    """A decimal to compare `Digits` with."""

    def __init__(self, value: Decimal) -> None:
        super().__init__(value, output_field=models.TextField())

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return "%s", (dialect_of(connection.vendor).decimal(self.value),)


class CustomValue(_Pattern):
    """The value of a custom column out of the row's JSON. `cast` is the type it is compared as."""

    output_field = models.TextField()

    def __init__(self, raw: Combinable, name: str, cast: str) -> None:
        super().__init__(raw)
        self.name, self.cast = name, cast

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        query = dialect_of(connection.vendor).query
        return self.patterned(compiler, query.custom_value(self.cast), query.custom_name(self.name))


class Test(_Pattern):
    """A condition on its source expressions: `{0} = {1}`."""

    output_field = models.BooleanField()

    def __init__(self, pattern: str, *sources: Combinable) -> None:
        super().__init__(*sources)
        self.pattern = pattern

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.patterned(compiler, self.pattern)


class After(_Pattern):
    """`key > (the last key of the page before)`."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.patterned(compiler, "{0} > %s", AFTER)


class Keys(_Pattern):
    """`source = one of the keys`, with one parameter however many keys there are."""

    output_field = models.BooleanField()

    def __init__(self, source: Combinable, keys: object) -> None:
        super().__init__(source)
        self.keys = keys

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        return self.patterned(compiler, dialect_of(connection.vendor).any_of("{0}", "%s"), self.keys)

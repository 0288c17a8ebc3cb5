"""The pieces of SQL a query is made of, as Django expressions; what differs between databases they ask its dialect."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, Expression, Value

from handsel.database.dialect import Dialect, QuerySql

Sql: TypeAlias = tuple[str, Any]

AFTER = object()
"""Placeholder in the parameters of a compiled statement for the key after which the next page starts."""


class Writer:
    """Writes expressions as SQL for one connection; Django's name for it is compiler."""

    def __init__(self, connection: BaseDatabaseWrapper, dialect: Dialect) -> None:
        self.connection, self.dialect = connection, dialect

    def compile(self, node: Any) -> Sql:
        """An expression as SQL of Django's kind, and its parameters."""
        sql, params = node.as_sql(self, self.connection)
        return sql, list(params)


class Ref(Expression):
    """A column of the database under the alias of its table."""

    output_field = models.TextField()  # the real type is never asked for, and a query has dozens of columns

    def __init__(self, alias: str, column: str) -> None:
        super().__init__()
        self.alias, self.column = alias, column

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return f'"{self.alias}"."{self.column}"', []


class _Pattern(models.Func):
    """SQL around other SQL; each source expression may be named once."""

    def patterned(self, compiler: Any, pattern: str, *extra: Any) -> Sql:
        parts: list[str] = []
        params: list[Any] = []
        for source in self.get_source_expressions():
            sql, values = compiler.compile(source)
            parts.append(sql)
            params.extend(values)
        return pattern.format(*parts), [*params, *extra]


class CaseFolded(_Pattern):
    """A text without case, ordered by code points. `stored` is where the database has it already, if it keeps it."""

    output_field = models.TextField()

    def __init__(self, source: Combinable, stored: Ref | None = None) -> None:
        super().__init__(source)
        self.stored = stored

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        dialect: Dialect = compiler.dialect
        if self.stored is not None and dialect.keeps_case_folded_text:
            return compiler.compile(self.stored)  # type: ignore[no-any-return]  # Django's compilers are untyped
        return self.patterned(compiler, dialect.query.by_code_points.format(dialect.query.lower))


class Digits(_Pattern):
    """A decimal that the database may hold as text, compared as the number it is."""

    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(compiler, compiler.dialect.query.decimal)


class DigitsValue(Value):
    """A decimal to compare `Digits` with."""

    def __init__(self, value: Decimal) -> None:
        super().__init__(value, output_field=models.TextField())

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return "%s", [compiler.dialect.decimal(self.value)]


class CustomValue(_Pattern):
    """The value of a custom column out of the row's JSON. `cast` is the type it is compared as."""

    output_field = models.TextField()

    def __init__(self, raw: Combinable, name: str, cast: str) -> None:
        super().__init__(raw)
        self.name, self.cast = name, cast

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        query: QuerySql = compiler.dialect.query
        return self.patterned(compiler, query.custom_value(self.cast), query.custom_name(self.name))


class Test(_Pattern):
    """A condition on its source expressions: `{0} = {1}`."""

    output_field = models.BooleanField()

    def __init__(self, pattern: str, *sources: Combinable) -> None:
        super().__init__(*sources)
        self.pattern = pattern

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(compiler, self.pattern)


class After(_Pattern):
    """`key > (the last key of the page before)`."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(compiler, "{0} > %s", AFTER)


class Keys(_Pattern):
    """`source = one of the keys`, with one parameter however many keys there are."""

    output_field = models.BooleanField()

    def __init__(self, source: Combinable, keys: Any) -> None:
        super().__init__(source)
        self.keys = keys

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(compiler, compiler.dialect.any_of("{0}", "%s"), self.keys)

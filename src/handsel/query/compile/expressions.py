"""The pieces of SQL a query is made of, as Django expressions that know both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, Expression, Value

from handsel.query.compile.functions import DECIMAL_ORDER, FOLD

Sql: TypeAlias = tuple[str, Any]

AFTER = object()
"""Stands for the key that the next page starts behind, among the parameters of a compiled statement."""


class Writer:
    """Writes expressions for one connection; what they call their compiler."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def compile(self, node: Any) -> Sql:
        """An expression as SQL of Django's kind, and its parameters."""
        sql, params = node.as_sql(self, self.connection)
        return sql, list(params)


class Ref(Expression):
    """A column of the database under the alias of its table."""

    output_field = models.TextField()  # nothing asks what it really is, and a query has dozens

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


class Fold(_Pattern):
    """A text without case, ordered by code points on every database. `kept` is where SQLite has it already."""

    output_field = models.TextField()

    def __init__(self, source: Combinable, kept: Ref | None = None) -> None:
        super().__init__(source)
        self.kept = kept

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        if connection.vendor == "postgresql":
            return self.patterned(compiler, 'lower({0}) COLLATE "C"')
        return self.patterned(compiler, f"{FOLD}({{0}})") if self.kept is None else compiler.compile(self.kept)


class Digits(_Pattern):
    """A decimal that SQLite holds as text, compared as the number it is."""

    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        if connection.vendor == "postgresql":
            return self.patterned(compiler, "{0}")
        return self.patterned(compiler, f"CAST({{0}} AS TEXT) COLLATE {DECIMAL_ORDER}")


class DigitsValue(Value):
    """A decimal to compare `Digits` with."""

    def __init__(self, value: Decimal) -> None:
        super().__init__(value, output_field=models.TextField())

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return "%s", [self.value if connection.vendor == "postgresql" else str(self.value)]


class CustomValue(_Pattern):
    """The value of a custom column out of the row's JSON. `cast` is the PostgreSQL type it is compared as."""

    output_field = models.TextField()

    def __init__(self, raw: Combinable, name: str, cast: str) -> None:
        super().__init__(raw)
        self.name, self.cast = name, cast

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        if connection.vendor == "postgresql":
            return self.patterned(compiler, f"({{0}} ->> %s)::{self.cast}", self.name)
        pattern = "json_extract({0}, %s)"
        if self.cast == "uuid":  # SQLite keeps ids without dashes, JSON with them
            pattern = f"replace({pattern}, '-', '')"
        elif self.cast == "timestamptz":  # and moments with a space and without a zone
            pattern = f"replace(replace({pattern}, 'T', ' '), 'Z', '')"
        return self.patterned(compiler, pattern, f'$."{self.name}"')


class Test(_Pattern):
    """A condition on its source expressions: `{0} = {1}`. `sqlite` is for what that database names differently."""

    output_field = models.BooleanField()

    def __init__(self, pattern: str, *sources: Combinable, sqlite: str | None = None) -> None:
        super().__init__(*sources)
        self.pattern, self.sqlite = pattern, sqlite or pattern

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(compiler, self.sqlite if connection.vendor == "sqlite" else self.pattern)


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
        pattern = "{0} = ANY(%s)" if connection.vendor == "postgresql" else "{0} IN (SELECT value FROM json_each(%s))"
        return self.patterned(compiler, pattern, self.keys)

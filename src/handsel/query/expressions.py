"""The pieces of SQL a query is made of, as Django expressions that know both databases."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.db.models.expressions import Combinable, Expression, Value

from handsel.query.functions import DECIMAL_ORDER, FOLD

Sql: TypeAlias = tuple[str, Any]

AFTER = object()
"""Stands for the key that the next page starts behind, among the parameters of a compiled statement."""


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
    """A text without case, ordered by code points on every database."""

    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        return self.patterned(
            compiler, 'lower({0}) COLLATE "C"' if connection.vendor == "postgresql" else f"{FOLD}({{0}})"
        )


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


class OwnValue(_Pattern):
    """The value of an own column out of the row's JSON. `cast` is the PostgreSQL type it is compared as."""

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


Shape: TypeAlias = "int | Negated | Joined"


class Negated(int):
    """The number of a test whose complement is meant: also where the test is unknown because of a null."""


class Joined:
    """Shapes joined by one connector. `depth` is how many brackets stand inside one another in it."""

    __slots__ = ("connector", "depth", "parts")

    def __init__(self, connector: str, parts: Sequence[Shape]) -> None:
        # The deepest first: a parser then holds one bracket a level, where SQLite has room for about ninety.
        self.parts = sorted(parts, key=_depth, reverse=True)
        self.connector = connector
        self.depth = 1 + _depth(self.parts[0])


def _depth(shape: Shape) -> int:
    return shape.depth if isinstance(shape, Joined) else 0


class Condition(Expression):
    """Tests joined by AND and OR in one expression, so that neither Django nor the database recurses once per term."""

    output_field = models.BooleanField()

    def __init__(self, shape: Shape, tests: Sequence[Expression]) -> None:
        super().__init__()
        self.shape, self.tests = shape, list(tests)

    def get_source_expressions(self) -> list[Any]:
        return self.tests

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.tests = list(exprs)

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        compiled = [compiler.compile(test) for test in self.tests]
        params: list[Any] = []

        def written(shape: Shape) -> str:
            if isinstance(shape, Joined):
                first = written(shape.parts[0])
                if isinstance(shape.parts[0], Joined) and shape.connector == " AND ":
                    first = f"({first})"
                return shape.connector.join(
                    [first, *bundled([bracketed(part) for part in shape.parts[1:]], shape.connector)]
                )
            sql, values = compiled[shape]
            params.extend(values)
            return f"({sql}) IS NOT TRUE" if isinstance(shape, Negated) else sql

        def bracketed(shape: Shape) -> str:
            return f"({written(shape)})" if isinstance(shape, Joined) else written(shape)

        return f"({written(self.shape)})", params


_BUNDLE = 8


def bundled(parts: list[str], connector: str) -> list[str]:
    """At most one text: the parts as a balanced tree, for a chain is as deep as long to SQLite, which allows 1,000."""
    while len(parts) > 1:
        groups = [parts[start : start + _BUNDLE] for start in range(0, len(parts), _BUNDLE)]
        parts = [f"({connector.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return parts

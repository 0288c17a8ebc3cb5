"""Tests joined by AND and OR, so that neither Django nor the database recurses once per term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.query.compile.expressions import Sql

Shape: TypeAlias = "int | Negated | Joined"


class Negated(int):
    """The number of a test whose complement is meant: also where the test is unknown because of a null."""


class Joined:
    """Shapes joined by one connector. `depth` is how deep its brackets are nested."""

    __slots__ = ("connector", "depth", "parts")

    def __init__(self, connector: str, parts: Sequence[Shape]) -> None:
        # The deepest first: a parser then holds one bracket per level, and SQLite has room for about ninety.
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

    def get_source_expressions(self) -> list[Expression]:
        return self.tests

    def set_source_expressions(self, exprs: Sequence[Combinable | Expression]) -> None:
        self.tests = [each for each in exprs if isinstance(each, Expression)]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        compiled = [compiler.compile(test) for test in self.tests]
        params: list[object] = []

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

        return f"({written(self.shape)})", tuple(params)


_BUNDLE = 8


def bundled(parts: list[str], connector: str) -> list[str]:
    """At most one text: the parts as a balanced tree. SQLite takes a chain of n terms as n levels and allows 1,000."""
    while len(parts) > 1:
        groups = [parts[start : start + _BUNDLE] for start in range(0, len(parts), _BUNDLE)]
        parts = [f"({connector.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return parts

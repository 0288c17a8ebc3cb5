"""Which rows of a table a user may read, as a predicate: SQL that users share, with each user's values as parameters.

Compiling a statement costs more than running it. So what differs between users (their id, their units) is not written
into the SQL but passed as parameters, and all users with the same kind of rights share the compiled statement.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.database.context import current
from handsel.database.dialect import dialect_of

ParameterValue = UUID | Collection[UUID]
"""A user's value in a predicate: an id, or a list of ids, which is one parameter, too (see `AnyOf`)."""

Bind = Callable[[str], Expression]
"""Returns the parameter with a name, for a condition that is being built."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A parameter of a compiled statement whose value is given when the statement is sent."""

    name: str


KEYS = Placeholder("keys of the rows")
"""The list of keys that a statement reads by. No parameter of a predicate has a name with blanks."""


class Parameter(Expression):
    """One parameter of a statement: a value in the driver's form, or a placeholder for one."""

    output_field = models.UUIDField()

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: Any, **_named: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return "%s", (self.value,)


class AnyOf(models.Func):
    """`column = one of the keys`, with one parameter for any number of keys.

    `unindexed` where an index on the column would lead to too many rows.
    """

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, *expressions: Any, unindexed: bool = False) -> None:
        super().__init__(*expressions)
        self.unindexed = unindexed

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: Any, **_named: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        (column, params), (keys, listed) = (compiler.compile(part) for part in self.get_source_expressions())
        dialect = dialect_of(connection.vendor)
        if self.unindexed:
            column = dialect.unindexed(column)
        return dialect.any_of(column, keys), (*params, *listed)


class _Never(models.Func):
    """A condition that no row meets."""

    output_field = models.BooleanField()
    conditional = True
    template = "1 = 0"


@dataclass(frozen=True, slots=True)
class Predicate:
    """What narrows a table to the rows that a user may read.

    key         names the condition; predicates of one table with equal keys have equal SQL
    condition   builds the condition, None where all rows may be read. It calls the function it is given for every value
                that differs between users
    parameters  those values, by name
    is_wide     whether a large part of the rows is let through, so that they are better looked for in another order
    ways        the few alternatives that it consists of, where the first rows of a list are best found in each of them
    """

    key: str
    condition: Callable[[Bind], models.Q] | None = field(default=None, compare=False)
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict, compare=False)
    is_wide: bool = field(default=False, compare=False)
    ways: tuple[Predicate, ...] = field(default=(), compare=False)

    @property
    def narrows(self) -> bool:
        """Whether there may be rows that the user must not read."""
        return self.condition is not None

    def narrowed(self, queryset: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
        """A queryset with this user's values, to be sent by Django."""
        return self._applied(queryset, self._value)

    def template(self, queryset: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
        """A queryset to be compiled once for all users of this predicate, with a `Placeholder` for each value."""
        return self._applied(queryset, lambda name: Parameter(Placeholder(name)))

    @property
    def test(self) -> models.Q | None:
        """The condition with this user's values; None where every row may be read."""
        return None if self.condition is None else self.condition(self._value)

    def _value(self, name: str) -> Parameter:
        return Parameter(driver_value(self.parameters[name]))

    def _applied(self, queryset: models.QuerySet[models.Model], bind: Bind) -> models.QuerySet[models.Model]:
        return queryset if self.condition is None else queryset.filter(self.condition(bind))


ALL_ROWS = Predicate("all")
"""The predicate of who may read a whole table, and of the system itself."""

NO_ROWS = Predicate("none", lambda _bind: models.Q(_Never()))
"""The predicate of who may read nothing of a table."""


def both(first: Predicate, second: Predicate) -> Predicate:
    """The rows that two predicates of one table let through."""
    if not first.narrows or first == second == NO_ROWS:
        return second
    if not second.narrows:
        return first
    conditions = [each.condition for each in (first, second)]

    def condition(bind: Bind) -> models.Q:
        found = models.Q()
        for index, each in enumerate(conditions):
            assert each is not None
            found &= each(functools.partial(numbered, bind, index))
        return found

    parameters = {
        f"{index} {name}": value
        for index, each in enumerate((first, second))
        for name, value in each.parameters.items()
    }
    return Predicate(f"({first.key}) and ({second.key})", condition, parameters, first.is_wide and second.is_wide)


def numbered(bind: Bind, index: int, name: str) -> Expression:
    """Bind a value of one of several conditions that are made into one: each has its own names."""
    return bind(f"{index} {name}")


def driver_value(value: ParameterValue) -> object:
    """A value of a predicate as the current driver takes it."""
    dialect = current().dialect
    return dialect.key(value) if isinstance(value, UUID) else dialect.keys(value)

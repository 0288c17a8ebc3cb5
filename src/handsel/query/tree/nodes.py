"""The query tree: the condition on the rows, the same for every query language.

    Node ─┬─ And, Or        of two or more terms; build them with `all_of` and `any_of`, which flatten
          ├─ Not            of one term
          ├─ Comparison     column, operator, value or column; a comparison with None is the null test
          ├─ OneOf          column, values
          ├─ TextMatch      column, contains / startswith / endswith / like, text
          ├─ QueryFunction  column, a query function (`operators`), its values
          └─ Exists         rows that belong to this one, a name for each of them, a term that at least one must fulfil

Logic is two-valued: a comparison with a null is false (`ne` is the complement of `eq`, so a null differs from every
value), and `not` turns exactly the rows that do not match into those that do.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

MAX_STEPS = 10

Literal: TypeAlias = bool | str | Decimal | datetime | date | UUID | None
"""A value in a query. Numbers are decimals; moments carry their zone."""


class Untyped(str):
    """A value from a language without types; it is converted to the type of the column it is compared with."""

    __slots__ = ()


class Operator(enum.StrEnum):
    """How a column is compared with a value."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"

    @property
    def swapped(self) -> Operator:
        """The operator that means the same with both sides swapped."""
        return _SWAPPED.get(self, self)


_SWAPPED = {
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
}


class TextTest(enum.StrEnum):
    """How a text is searched for in another."""

    CONTAINS = "contains"
    STARTS_WITH = "startswith"
    ENDS_WITH = "endswith"
    LIKE = "like"
    """`%` stands for any text, `_` for one letter, `[%]` for the sign itself."""


@dataclass(frozen=True, slots=True)
class ColumnPath:
    """A column by logical name, reached through navigation properties: `customerid_account/name`.

    `source` is what the path starts from: a lambda variable or the alias of a link; empty for the table asked.
    """

    column: str
    steps: tuple[str, ...] = ()
    source: str = ""

    def __str__(self) -> str:
        return "/".join((*((self.source,) if self.source else ()), *self.steps, self.column))


@dataclass(frozen=True, slots=True)
class Comparison:
    """`column operator value`. Two columns never compare when one of them is null."""

    column: ColumnPath
    operator: Operator
    value: Literal | ColumnPath


@dataclass(frozen=True, slots=True)
class OneOf:
    """`column in (values)`."""

    column: ColumnPath
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """`test(column, text)`."""

    test: TextTest
    column: ColumnPath
    text: str


@dataclass(frozen=True, slots=True)
class QueryFunction:
    """`name(column, values)`: a query function by its name after `Microsoft.Dynamics.CRM.`, such as LastXDays."""

    name: str
    column: ColumnPath
    values: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows of `table` whose `column` equals `to` of the row they are linked to.

    A column without a name follows from the relationship between the tables.
    """

    table: str
    column: str
    to: ColumnPath


@dataclass(frozen=True, slots=True)
class Exists:
    """At least one of the rows of a collection (or of a link), called `variable`, fulfils the term."""

    rows: ColumnPath | Linked
    variable: str = ""
    term: Node | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Every term holds."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one term holds."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The term does not hold."""

    term: Node


Node: TypeAlias = And | Or | Not | Comparison | OneOf | TextMatch | QueryFunction | Exists


@dataclass(frozen=True, slots=True)
class Order:
    """One key of a sort. Nulls come first when ascending, last when descending, as in Dataverse."""

    column: ColumnPath
    descending: bool = False


def all_of(terms: Iterable[Node]) -> Node:
    """Terms joined by `and`, chains flattened. At least one term."""
    flat = tuple(inner for term in terms for inner in (term.terms if isinstance(term, And) else (term,)))
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(terms: Iterable[Node]) -> Node:
    """Terms joined by `or`, chains flattened. At least one term."""
    flat = tuple(inner for term in terms for inner in (term.terms if isinstance(term, Or) else (term,)))
    return flat[0] if len(flat) == 1 else Or(flat)

"""The query tree: what rows are asked for, whatever language the question was asked in.

    Node ─┬─ And, Or      of two or more terms; build them with `all_of` and `any_of`, which flatten
          ├─ Not          of one term
          ├─ Comparison   column, operator, value; a comparison with None is the null test
          ├─ OneOf        column, values
          └─ TextMatch    column, contains / startswith / endswith, text

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

from handsel.engine.errors import BadRequest, Code

MAX_DEPTH = 100
MAX_NODES = 5_000
MAX_STEPS = 1

Literal: TypeAlias = bool | str | Decimal | datetime | date | UUID | None
"""A value in a question. Numbers are decimals; moments carry their zone."""


class Operator(enum.StrEnum):
    """How a column is compared with a value."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"

    @property
    def mirrored(self) -> Operator:
        """The operator that says the same with both sides exchanged."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
}


class TextTest(enum.StrEnum):
    """Where in a text another is looked for."""

    CONTAINS = "contains"
    STARTS_WITH = "startswith"
    ENDS_WITH = "endswith"


@dataclass(frozen=True, slots=True)
class ColumnPath:
    """A column by logical name, reached through navigation properties: `customerid_account/name`."""

    column: str
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((*self.steps, self.column))


@dataclass(frozen=True, slots=True)
class Comparison:
    """`column operator value`."""

    column: ColumnPath
    operator: Operator
    value: Literal


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


Node: TypeAlias = And | Or | Not | Comparison | OneOf | TextMatch


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


def check_limits(node: Node) -> None:
    """Refuse a tree that is too deep or too large (0x80060888). Walks without recursion, so it is safe on any tree."""
    nodes = 0
    level: list[Node] = [node]
    depth = 0
    while level:
        nodes += sum(len(each.values) if isinstance(each, OneOf) else 1 for each in level)
        if nodes > MAX_NODES:
            raise too_large()
        if depth > MAX_DEPTH:
            raise too_deep()
        level = [child for each in level for child in children(each)]
        depth += 1


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, (And, Or)):
        return node.terms
    return (node.term,) if isinstance(node, Not) else ()


def too_deep() -> BadRequest:
    """The refusal of a nesting beyond the limit."""
    return BadRequest(
        f"The filter is nested more than {MAX_DEPTH} levels deep. Write it with fewer brackets.", Code.QUERY_SYNTAX
    )


def too_large() -> BadRequest:
    """The refusal of more terms than the limit."""
    return BadRequest(
        f"The filter has more than {MAX_NODES:,} terms and values. Ask in several smaller questions.", Code.QUERY_SYNTAX
    )

"""A whole question as a frozen tree: which rows of which table, what of each, in what order, how many.

Request ─┬─ outputs      columns by the name they get in the answer; None for all
         ├─ links        further tables, joined by equal columns
         ├─ filter       a Node
         ├─ expands      related rows, read level by level
         └─ groups, aggregates    then the answer holds one plain dict per group
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from handsel.query.tree.nodes import ColumnPath, Node, Order

MAX_PAGE = 5_000
"""Rows of a page at most, and where nothing is said (Web API 5)."""
ALL = "*"
"""As a column: all of them."""


@dataclass(frozen=True, slots=True)
class Output:
    """A column and its name in the answer."""

    path: ColumnPath
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """Rows of `table`, called `alias`, whose `column` equals `to`. An outer link keeps rows that have none.

    With `first` only one of them counts, the one with the smallest key.
    """

    table: str
    column: str
    to: ColumnPath
    alias: str
    outer: bool = False
    filter: Node | None = None
    first: bool = False


class DatePart(enum.StrEnum):
    """What of a date rows are grouped by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_PERIOD = "fiscal-period"
    FISCAL_YEAR = "fiscal-year"


class Function(enum.StrEnum):
    """What is computed over a group."""

    COUNT = "count"
    COUNT_COLUMN = "countcolumn"
    COUNT_DISTINCT = "countdistinct"
    SUM = "sum"
    AVERAGE = "avg"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Group:
    """A column that rows are grouped by."""

    path: ColumnPath
    name: str
    part: DatePart | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A number over each group. Only COUNT goes without a column."""

    function: Function
    path: ColumnPath | None
    name: str


@dataclass(frozen=True, slots=True)
class Expand:
    """Related rows by navigation name. `select` None gives all columns; `top` counts per parent.

    `reference` asks for addresses alone. `options` are the texts it was asked by, for the address of further rows.
    """

    navigation: str
    select: tuple[str, ...] | None = None
    filter: Node | None = None
    order: tuple[Order, ...] = ()
    top: int | None = None
    expands: tuple[Expand, ...] = ()
    reference: bool = False
    options: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Request:
    """A question to `table` (logical name). `top` goes before pages; `token` is the `token` of the page before."""

    table: str
    outputs: tuple[Output, ...] | None = None
    links: tuple[Link, ...] = ()
    filter: Node | None = None
    order: tuple[Order, ...] = ()
    top: int | None = None
    page_size: int | None = None
    page: int = 1
    offset: int = 0
    token: str | None = None
    count: bool = False
    distinct: bool = False
    expands: tuple[Expand, ...] = ()
    groups: tuple[Group, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()

    @property
    def is_grouped(self) -> bool:
        """Whether the answer holds groups instead of rows."""
        return bool(self.groups or self.aggregates or self.distinct)


def outputs_of(select: tuple[str, ...] | None) -> tuple[Output, ...] | None:
    """Selected columns under their own names."""
    return None if select is None else tuple(Output(ColumnPath(name), name) for name in select)

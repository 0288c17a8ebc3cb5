"""A whole query as a frozen tree: which rows of which table, which columns, in what order, how many.

Request ─┬─ outputs      columns by the name they get in the result; None for all
         ├─ links        further tables, joined by equal columns
         ├─ filter       a Node
         ├─ expands      related rows, read level by level
         └─ groups, aggregates    then the result holds one plain dict per group
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from handsel.query.tree.nodes import ColumnPath, Node, Order

MAX_PAGE = 5_000
"""The largest size of a page, and the default (Web API 5)."""
ALL = "*"
"""In place of a column's name: all columns."""


@dataclass(frozen=True, slots=True)
class Output:
    """A column and its name in the result."""

    path: ColumnPath
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """Rows of `table`, called `alias`, whose `column` equals `to`. With an outer link, rows without any stay.

    With `first` only one of them is linked, the one with the smallest key. A column without a name follows from the
    relationship between the tables.
    """

    table: str
    column: str
    to: ColumnPath
    alias: str
    outer: bool = False
    filter: Node | None = None
    first: bool = False


class DatePart(enum.StrEnum):
    """The part of a date that rows are grouped by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_PERIOD = "fiscal-period"
    FISCAL_YEAR = "fiscal-year"


class Function(enum.StrEnum):
    """The functions that can be computed over a group."""

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
    """A number over each group. Only COUNT needs no column."""

    function: Function
    path: ColumnPath | None
    name: str


@dataclass(frozen=True, slots=True)
class Expand:
    """Related rows by navigation name. `select` None gives all columns; `top` counts per parent.

    `reference` asks for URLs only. `options` are the texts of the query options, for the URL of further rows.
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
    """A query on `table` (logical name). `top` takes precedence over pages; `token` is that of the page before.

    With `implied` it may name columns that lookups and choices imply, such as `customeridname`: FetchXML and SQL know
    them, OData does not.
    """

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
    implied: bool = False

    @property
    def is_grouped(self) -> bool:
        """Whether the result holds groups instead of rows."""
        return bool(self.groups or self.aggregates or self.distinct)


def outputs_of(select: tuple[str, ...] | None) -> tuple[Output, ...] | None:
    """Selected columns under their own names."""
    return None if select is None else tuple(Output(ColumnPath(name), name) for name in select)

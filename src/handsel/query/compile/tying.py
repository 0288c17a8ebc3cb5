"""The columns that tie a linked table to the one before it, and whether they follow a relationship (Web API 6)."""

from __future__ import annotations

from collections.abc import Iterator

from handsel.errors import BadRequest, Code
from handsel.query.compile.paths import ResolvedColumn
from handsel.query.compile.query_context import QueryContext
from handsel.tables.info import TableInfo

MAX_UNRELATED = 2
"""Links of a query that follow no relationship. Each multiplies the rows with all those that share a value."""
_SHOWN = 6


def tied_columns(near: TableInfo, far: TableInfo, column: str, to: str) -> tuple[str, str]:
    """The column of the linked table `far` and that of the table `near` which it equals.

    A column that the query leaves out (an empty name) follows from the one relationship between the tables that
    remains. Raises BadRequest (0x80060888) if there is none, or more than one.
    """
    if column and to:
        return column, to
    found = [(tie, part) for tie, part in _relationships(near, far) if column in ("", tie[0]) and to in ("", tie[1])]
    whole = [tie for tie, is_part in found if not is_part] or [tie for tie, _is_part in found]
    if len(whole) == 1:
        return whole[0]
    given = " and ".join(f'{name}="{value}"' for name, value in (("from", column), ("to", to)) if value) or "neither"
    if whole:
        listed = ", ".join(f'from="{theirs}" to="{ours}"' for theirs, ours in whole[:_SHOWN])
        why = f"several relationships fit: {listed}{', …' if len(whole) > _SHOWN else ''}"
    else:
        why = "no relationship between the two tables fits"
    raise BadRequest(
        f"The link from {near.logical_name} to {far.logical_name} gives {given} of from and to, and {why}. Give both.",
        Code.QUERY_SYNTAX,
        table=far.logical_name,
    )


def _relationships(near: TableInfo, far: TableInfo) -> Iterator[tuple[tuple[str, str], bool]]:
    """The ties by a lookup of either table to the other, or by the id that an intersect table holds.

    The second value says that the lookup is only a part of another, as the account of a customer is.
    """
    for name in _leading_to(near, far):
        yield (far.primary_key, name), name in _parts(near)
    for name in _leading_to(far, near):
        yield (name, near.primary_key), name in _parts(far)


def _leading_to(info: TableInfo, other: TableInfo) -> list[str]:
    is_same = info.logical_name == other.logical_name
    return [
        name
        for name, column in info.columns.items()
        if other.logical_name in column.targets or (name == other.primary_key and not is_same)
    ]


def _parts(info: TableInfo) -> set[str]:
    return {part for column in info.columns.values() for part in column.split.values()}


def count_unrelated(query_context: QueryContext, theirs: ResolvedColumn, ours: ResolvedColumn) -> None:
    """Refuse a query (0x80060888) with too many links of which neither column is the key of its table."""
    if any(each.column.logical_name == each.source.info.primary_key for each in (theirs, ours)):
        return
    if next(query_context.unrelated) >= MAX_UNRELATED:
        raise BadRequest(
            f"The query links {theirs.source.info.logical_name} by {theirs.column.logical_name} = "
            f"{ours.column.logical_name}, and more than {MAX_UNRELATED} of its links follow no relationship: every row "
            "would be combined with all that share a value. Link by an id, or ask in several questions.",
            Code.QUERY_SYNTAX,
            table=theirs.source.info.logical_name,
        )

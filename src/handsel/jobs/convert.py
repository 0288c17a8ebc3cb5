"""Bulk conversion: the messages of a route, and which sources have been converted already."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from handsel.chain.document.routes import ConversionRoute
from handsel.engine.access import all_rows
from handsel.engine.column_set import ColumnSet
from handsel.engine.message import AnyMessage, message_type
from handsel.engine.parameters import parameters_of
from handsel.errors import InvalidState
from handsel.jobs.bulk import Task
from handsel.query.run import select
from handsel.tables.info import table_info

KIND = "convert"
"""What `hs_job` calls these runs."""


Pages = Callable[[UUID | None, int], Sequence[UUID]]


def conversion_task(route: ConversionRoute, pages: Pages, *, again: bool = False, counts_unready: bool = False) -> Task:
    """The task of converting these sources.

    `again` converts also what has a target already; `counts_unready` counts those whose state does not allow it by
    themselves instead of as refused.
    """
    cls = message_type(route.message)
    parameter = parameters_of(cls)[0].field
    link = table_info(route.target).attribute(route.link)
    wanted = ColumnSet(all_columns=False, columns=(route.number,))

    def message(key: UUID) -> AnyMessage:
        return cls(**{parameter: key, "column_set": wanted})

    def made(keys: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
        found = all_rows(route.target).filter(**{f"{link}__in": list(keys)})
        return list(found.values_list(link, "pk"))

    def is_unready(error: Exception) -> bool:
        return counts_unready and isinstance(error, InvalidState)

    return Task(pages, message, made, skips_made=not again, is_unready=is_unready)


def pages_by_filter(table: str, filter: str | None) -> Pages:
    """Keys of the rows that match `$filter` text, read page by page."""
    return lambda after, limit: select.keys(table, filter=filter, after=after, limit=limit)


def pages_of(keys: Collection[UUID]) -> Pages:
    """Keys given one by one."""
    ordered = sorted(set(keys))

    def page(after: UUID | None, limit: int) -> Sequence[UUID]:
        start = 0 if after is None else bisect_right(ordered, after)
        return ordered[start : start + limit]

    return page

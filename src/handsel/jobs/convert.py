"""Bulk conversion: the conversion routes, and which sources have been converted already."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.engine.access import all_rows
from handsel.engine.column_set import ColumnSet
from handsel.engine.message import Message, message_type
from handsel.jobs.bulk import Task
from handsel.query.run import select

KIND = "convert"
"""What `hs_job` calls these runs."""


@dataclass(frozen=True, slots=True)
class ConversionRoute:
    """One conversion: its tables and message; on the target the Python name of its link back, and its number."""

    source: str
    target: str
    message: str
    link: str
    number: str


CONVERSION_ROUTES = {
    (route.source, route.target): route
    for route in (
        ConversionRoute("opportunity", "quote", "GenerateQuoteFromOpportunity", "opportunity_id", "quotenumber"),
        ConversionRoute(
            "opportunity", "salesorder", "GenerateSalesOrderFromOpportunity", "opportunity_id", "ordernumber"
        ),
        ConversionRoute("opportunity", "invoice", "GenerateInvoiceFromOpportunity", "opportunity_id", "invoicenumber"),
        ConversionRoute("quote", "salesorder", "ConvertQuoteToSalesOrder", "quote_id", "ordernumber"),
        ConversionRoute("salesorder", "invoice", "ConvertSalesOrderToInvoice", "sales_order_id", "invoicenumber"),
    )
}
"""Every conversion there is, by source and target table."""

Pages = Callable[[UUID | None, int], Sequence[UUID]]


def conversion_task(route: ConversionRoute, pages: Pages, *, again: bool = False) -> Task:
    """The task of converting these sources. `again` converts also what has a target already."""
    cls = message_type(route.message)
    parameter = dataclasses.fields(cls)[0].name  # type: ignore[arg-type]
    wanted = ColumnSet(all_columns=False, columns=(route.number,))

    def message(key: UUID) -> Message:
        return cls(**{parameter: key, "column_set": wanted})

    def made(keys: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
        found = all_rows(route.target).filter(**{f"{route.link}__in": list(keys)})
        return list(found.values_list(route.link, "pk"))

    return Task(pages, message, made, skips_made=not again)


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

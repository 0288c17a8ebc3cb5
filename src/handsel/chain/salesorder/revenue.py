"""The actual revenue of an opportunity, from the documents made from it (behaviour 3.13)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from handsel.chain.quote.states import WON as QUOTE_WON
from handsel.chain.salesorder.states import CANCELED
from handsel.database.row import Row
from handsel.engine.work import Work


def actual_values(work: Work, opportunities: Sequence[Row]) -> dict[UUID, Decimal]:
    """Per opportunity: the sum of its orders that are not canceled; if none, of its won quotes; if none, its total.

    An order and the quote it came from are never both counted. Amounts in the opportunity's currency.
    """
    ids = [row.id for row in opportunities]
    orders = work.as_system.children("salesorder", "opportunityid", ids)
    quotes = work.as_system.children("quote", "opportunityid", ids)
    values: dict[UUID, Decimal] = {}
    for row in opportunities:
        counted = [order for order in orders[row.id] if order.get("statecode") != CANCELED]
        counted = counted or [quote for quote in quotes[row.id] if quote.get("statecode") == QUOTE_WON]
        values[row.id] = sum(((document.get("totalamount") or Decimal(0)) for document in counted or [row]), Decimal(0))
    return values

"""The whole Create Order dialog as one message in one transaction (behaviour 4), and the actual revenue it suggests."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from handsel.chain.document.closing import Closing
from handsel.chain.document.copying import answer
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.messages import OpportunityId, win_opportunities
from handsel.chain.opportunity.states import LIFECYCLE as OPPORTUNITY
from handsel.chain.opportunity.states import WON as OPPORTUNITY_WON
from handsel.chain.quote.messages import Ending, WinQuote, end_quotes, opportunities_of
from handsel.chain.quote.options import QuoteStatus
from handsel.chain.quote.states import ACTIVE, CLOSED, DRAFT, LIVE, WON
from handsel.chain.quote.states import LIFECYCLE as QUOTE
from handsel.chain.salesorder.messages import (
    ConvertQuoteToSalesOrder,
    foresee_orders,
    is_active,
    make_orders,
    require_convertible,
)
from handsel.chain.salesorder.revenue import actual_values
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.available import sendable
from handsel.engine.column_set import ColumnSet
from handsel.engine.execute import price_now
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import UPDATE, Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, InvalidState, not_found


@dataclass(frozen=True, slots=True)
class CreateOrderFromQuote(Message[result.Row]):
    """Win a quote and make its order; when asked, close the other live quotes and win the opportunity too.

    `actual_revenue` None means calculated: the order's total. A quote that has an order gets another one only with
    `again`. Nothing happens when any step is refused. The result is the new order.
    """

    needs: ClassVar[Needs] = WinQuote.needs | ConvertQuoteToSalesOrder.needs
    operation: ClassVar[Operation] = Operation(returns="salesorder")

    quote_id: UUID
    status: int = -1
    date_won: datetime | None = None
    description: str | None = None
    close_opportunity: bool = False
    actual_revenue: Decimal | None = None
    close_related_quotes: bool = False
    column_set: ColumnSet | None = None
    again: bool = False

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id),)

    @classmethod
    def conflicts_with(cls, messages: Sequence[CreateOrderFromQuote]) -> Sequence[Hashable | None]:
        return opportunities_of([message.quote_id for message in messages])

    def given(self) -> dict[str, datetime | str]:
        """The columns of the close activities."""
        values = {"actualend": self.date_won, "description": self.description}
        return {name: value for name, value in values.items() if value is not None}


sendable(
    "quote",
    CreateOrderFromQuote,
    lambda work, items: foresee_orders(work, items, again=False),
)


@handles(CreateOrderFromQuote)
def create_orders(work: Work, items: list[Item[CreateOrderFromQuote]]) -> None:
    """WinQuote → ConvertQuoteToSalesOrder → close the other quotes → WinOpportunity (behaviour 4)."""
    work.each(items, lambda item: require_convertible(root_row(work, item), item.message.status))
    live = [item for item in items if item.refusal is None]
    winning = [item for item in live if is_active(work, item)]
    endings = [
        Ending(Closing(item, root_row(work, item), item.message.given()), WON, item.message.status) for item in winning
    ]
    end_quotes(work, endings, "WinQuote")
    orders = make_orders(work, [(item, root_row(work, item)) for item in live], lambda item: item.message.again)
    answer(work, live, orders)
    parents = [root_row(work, item).get("opportunityid") for item in live]
    opportunities = work.as_system.load("opportunity", parents, lock=True)
    _close_related(work, [item for item in live if item.message.close_related_quotes and item.refusal is None])
    closing = [item for item in live if item.message.close_opportunity and item.refusal is None]
    if closing:
        price_now(work)  # the calculated revenue is the order's total
        _win(work, closing, opportunities, orders)


def _close_related(work: Work, items: Sequence[Item[CreateOrderFromQuote]]) -> None:
    """Close the opportunity's other live quotes as canceled; drafts are activated first."""
    rows = {item.index: root_row(work, item) for item in items}
    parents = [row["opportunityid"] for row in rows.values() if row.get("opportunityid")]
    quotes = work.as_system.children("quote", "opportunityid", parents, lock=True)
    endings: list[Ending] = []
    drafts: list[Move] = []
    for item in items:
        won = rows[item.index]
        for quote in quotes.get(won.get("opportunityid"), ()):
            if quote.id != won.id and quote.get("statecode") in LIVE:
                if quote.get("statecode") == DRAFT:
                    drafts.append(Move(item, quote, ACTIVE))
                endings.append(Ending(Closing(item, quote, item.message.given()), CLOSED, QuoteStatus.CANCELED))
    move(work, QUOTE, drafts, UPDATE)
    end_quotes(work, endings, "CloseQuote")


def _win(
    work: Work,
    items: Sequence[Item[CreateOrderFromQuote]],
    opportunities: Mapping[UUID, Row],
    orders: Mapping[int, Row],
) -> None:
    closings: list[Closing] = []

    def prepare(item: Item[CreateOrderFromQuote]) -> None:
        quote = root_row(work, item)
        opportunity = opportunities.get(quote.get("opportunityid"))
        if opportunity is None:
            raise InvalidArgument(
                f"{QUOTE.name(quote)} belongs to no opportunity that could be won.", Code.MISSING_OPPORTUNITY_ID
            )
        revenue = item.message.actual_revenue
        if revenue is None:
            revenue = orders[item.index].get("totalamount")
        closings.append(Closing(item, opportunity, {**item.message.given(), "actualrevenue": revenue}))

    work.each(items, prepare)
    win_opportunities(work, closings, -1)


@dataclass(frozen=True, slots=True)
class CalculateActualValueOpportunity(Message[Mapping[str, Decimal]]):
    """What a won opportunity brought in: `{"Value": amount}` in its currency (behaviour 3.13)."""

    needs: ClassVar[Needs] = Needs(read=("opportunity", "quote"))
    operation: ClassVar[Operation] = Operation(
        kind="action", bound_to="opportunity", binding="opportunity_id", returns={"Value": Decimal}
    )
    changes: ClassVar[bool] = False

    opportunity_id: OpportunityId


@handles(CalculateActualValueOpportunity)
def calculate_actual_value(work: Work, items: list[Item[CalculateActualValueOpportunity]]) -> None:
    """Add up the documents of won opportunities."""
    access.require_readable(work.actor, "opportunity", ["actualvalue"])
    rows = work.as_user.load("opportunity", [item.message.opportunity_id for item in items])
    values = actual_values(work, list(rows.values()))

    def give(item: Item[CalculateActualValueOpportunity]) -> None:
        row = rows.get(item.message.opportunity_id)
        if row is None:
            raise not_found("opportunity", item.message.opportunity_id)
        if row.get("statecode") != OPPORTUNITY_WON:
            state = OPPORTUNITY.state(row.get("statecode")).label.lower()
            raise InvalidState(f"Opportunity '{row.get('name')}' is {state}; its actual value is known once it is won.")
        item.result = {"Value": values[row.id]}

    work.each(items, give)

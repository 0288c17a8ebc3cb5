"""The messages that make and end sales orders (behaviour 3.2 to 3.4, 3.10, 3.11, 3.13, 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeAlias
from uuid import UUID

from handsel.chain.document.closing import Closing, Status, closed_row_id, record_closings
from handsel.chain.document.copying import Copy, answer, copy_documents, foresee_copies, origin_links
from handsel.chain.document.dates import day_of
from handsel.chain.document.expiry import check_expiry
from handsel.chain.document.price_lock import price_lock
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.generate_documents import foreseen_by, generate_documents
from handsel.chain.opportunity.get_products import get_products
from handsel.chain.opportunity.messages import OpportunityId, OpportunityRow
from handsel.chain.quote.messages import Ending, end_quotes, foresee_wins
from handsel.chain.quote.states import ACTIVE as QUOTE_ACTIVE
from handsel.chain.quote.states import LIFECYCLE as QUOTE
from handsel.chain.quote.states import WON as QUOTE_WON
from handsel.chain.salesorder.conversions import FROM_OPPORTUNITY, FROM_QUOTE
from handsel.chain.salesorder.rules import KIND
from handsel.chain.salesorder.states import CANCELED, FULFILLED, LIFECYCLE
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.available import foresee_writing, sendable
from handsel.engine.column_set import ColumnSet
from handsel.engine.edm import ROW
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, RowElsewhere, UndocumentedRow
from handsel.engine.work import Work
from handsel.errors import InvalidState


@dataclass(frozen=True, slots=True)
class GenerateSalesOrderFromOpportunity(Message[result.Row]):
    """Make an order straight from an opportunity, prices locked; the result is the new order (behaviour 3.2)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity", "salesorder"),
        create=("salesorder",),
        append=("salesorder",),
        append_to=("contact", "opportunity", "salesorder", "product"),
    )
    operation: ClassVar[Operation] = Operation(returns=ROW)

    opportunity_id: OpportunityId
    column_set: ColumnSet | None = None
    process_instance_id: UndocumentedRow = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("opportunity", self.opportunity_id),)


@handles(GenerateSalesOrderFromOpportunity)
def generate_orders(work: Work, items: list[Item[GenerateSalesOrderFromOpportunity]]) -> None:
    """Make orders from opportunities."""
    generate_documents(work, items, FROM_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class GetSalesOrderProductsFromOpportunity(Message[None]):
    """Copy an opportunity's lines into an active order, in addition to its own (behaviour 3.3)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity", "salesorder"), create=("salesorder",), append_to=("salesorder",)
    )
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID
    opportunity_id: OpportunityRow

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id), Reference("opportunity", self.opportunity_id))


@handles(GetSalesOrderProductsFromOpportunity)
def get_order_products(work: Work, items: list[Item[GetSalesOrderProductsFromOpportunity]]) -> None:
    """Copy lines into orders."""
    get_products(work, items, KIND, FROM_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class ConvertQuoteToSalesOrder(Message[result.Row]):
    """Make an order from a won quote; an active one is won first (behaviour 3.4). The result is the new order."""

    needs: ClassVar[Needs] = Needs(
        read=("quote", "salesorder"),
        create=("salesorder",),
        append=("salesorder",),
        append_to=("contact", "product", "quote"),
    )
    operation: ClassVar[Operation] = Operation(returns="salesorder")

    quote_id: UUID
    column_set: ColumnSet | None = None
    quote_close_date: datetime | None = None
    quote_close_status: int | None = None
    quote_close_subject: str | None = None
    quote_close_description: str | None = None
    process_instance_id: RowElsewhere = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id),)


@handles(ConvertQuoteToSalesOrder)
def convert_quotes(work: Work, items: list[Item[ConvertQuoteToSalesOrder]]) -> None:
    """Make orders from quotes."""
    work.each(items, lambda item: require_convertible(root_row(work, item), item.message.quote_close_status))
    winning = [item for item in items if item.refusal is None and is_active(work, item)]
    end_quotes(work, [_winning(work, item) for item in winning], "WinQuote")
    answer(work, items, make_orders(work, [(item, root_row(work, item)) for item in items]))


Again: TypeAlias = Callable[[Item[Any]], bool] | None


def is_active(work: Work, item: Item[object]) -> bool:
    """Whether an item's quote still has to be won."""
    return bool(root_row(work, item).get("statecode") == QUOTE_ACTIVE)


def require_convertible(row: Row, status: int | None) -> None:
    """Refuse a draft or closed quote, and a status reason that a won quote cannot have (behaviour 3.4)."""
    if row.get("statecode") not in (QUOTE_ACTIVE, QUOTE_WON):
        state = QUOTE.state(row.get("statecode")).label.lower()
        hint = "Activate it first." if row.get("statecode") == 0 else "Revise it and activate the revision first."
        raise InvalidState(
            f"{QUOTE.name(row)} is {state}; an order is made from an active or won quote. {hint}",
            table="quote",
            id=str(row.id),
        )
    QUOTE.status_for(QUOTE.state(QUOTE_WON), status)


def _winning(work: Work, item: Item[ConvertQuoteToSalesOrder]) -> Ending:
    message = item.message
    given = {
        "actualend": message.quote_close_date,
        "subject": message.quote_close_subject,
        "description": message.quote_close_description,
    }
    closing = Closing(item, root_row(work, item), {name: value for name, value in given.items() if value is not None})
    return Ending(closing, QUOTE_WON, -1 if message.quote_close_status is None else message.quote_close_status)


def make_orders(work: Work, sources: Sequence[tuple[Item[object], Row]], again: Again = None) -> dict[int, Row]:
    """Orders from won quotes, by item index. `again` says of an item whether a quote with an order gets another one."""
    for item, row in sources:
        if item.refusal is None:
            with work.refusing(item):
                check_expiry(work, item, row, row.get("closedon"))
    copies = [
        Copy(item, row, again=again(item) if again is not None else None)
        for item, row in sources
        if item.refusal is None
    ]
    return copy_documents(work, FROM_QUOTE, copies, origin_links)


def foresee_orders(work: Work, items: Sequence[Item[Any]], again: bool | None = None) -> None:
    """Refuse the items from whose quotes no order would be made today, each by itself."""
    work.each(items, lambda item: require_convertible(root_row(work, item), None))
    live = [item for item in items if item.refusal is None]
    moves = foresee_wins(work, [item for item in live if is_active(work, item)])
    for item in live:
        if item.refusal is None and not is_active(work, item):
            with work.refusing(item):
                check_expiry(work, item, root_row(work, item), root_row(work, item).get("closedon"))
    foresee_copies(work, FROM_QUOTE, [Copy(item, root_row(work, item), again=again) for item in live])
    foresee_writing(work, moves)


sendable("quote", ConvertQuoteToSalesOrder, foresee_orders)
sendable(
    "opportunity",
    GenerateSalesOrderFromOpportunity,
    foreseen_by(FROM_OPPORTUNITY),
)


@dataclass(frozen=True, slots=True)
class FulfillSalesOrder(Message[None]):
    """End an order as fulfilled: 100001 complete or 100002 partial; -1 means complete (behaviour 3.10)."""

    needs: ClassVar[Needs] = Needs(
        read=("salesorder",),
        create=("orderclose",),
        write=("salesorder",),
        append=("orderclose",),
        append_to=("salesorder",),
    )
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", on_collection=True)

    order_close: Annotated[Mapping[str, object], Parameter(type="orderclose")]
    status: Status = -1

    def locks(self) -> Sequence[Reference]:
        return (_closed("FulfillSalesOrder", self.order_close),)


@handles(FulfillSalesOrder)
def fulfill_orders(work: Work, items: list[Item[FulfillSalesOrder]]) -> None:
    """Fulfil orders; the shipping date is the close activity's end."""
    end_orders(work, items, FULFILLED, "FulfillSalesOrder", "Order fulfilled:")


@dataclass(frozen=True, slots=True)
class CancelSalesOrder(Message[None]):
    """End an order as canceled; -1 means 4 No Money (behaviour 3.10)."""

    needs: ClassVar[Needs] = Needs(
        read=("salesorder",),
        create=("orderclose",),
        write=("salesorder",),
        append=("orderclose",),
        append_to=("salesorder",),
    )

    order_close: Annotated[Mapping[str, object], Parameter(type=ROW, untyped="orderclose")]
    status: Status = -1

    def locks(self) -> Sequence[Reference]:
        return (_closed("CancelSalesOrder", self.order_close),)


@handles(CancelSalesOrder)
def cancel_orders(work: Work, items: list[Item[CancelSalesOrder]]) -> None:
    """Cancel orders."""
    end_orders(work, items, CANCELED, "CancelSalesOrder", "Order canceled:")


sendable("salesorder", FulfillSalesOrder)
sendable("salesorder", CancelSalesOrder)


def _closed(message: str, given: Mapping[str, Any]) -> Reference:
    return Reference("salesorder", closed_row_id(message, "OrderClose", "salesorderid", given))


def end_orders(
    work: Work, items: Sequence[Item[FulfillSalesOrder | CancelSalesOrder]], target: int, via: str, subject: str
) -> None:
    """Move orders to a final state, with close activities."""
    closings = [Closing(item, root_row(work, item), item.message.order_close) for item in items]
    moves: list[Move] = []

    def prepare(item: Item[FulfillSalesOrder | CancelSalesOrder]) -> None:
        closing = closings[items.index(item)]
        moment = closing.moment(work, "orderclose")
        stamps = {"datefulfilled": day_of(moment)} if target == FULFILLED else {}
        moves.append(Move(item, closing.row, target, item.message.status, stamps))

    work.each(items, prepare)
    move(work, LIFECYCLE, moves, via)
    record_closings(work, "orderclose", "salesorderid", closings, {"ordernumber": "ordernumber"}, subject)


@dataclass(frozen=True, slots=True)
class LockSalesOrderPricing(Message[None]):
    """Freeze an order's catalog prices (behaviour 3.11)."""

    needs: ClassVar[Needs] = Needs(read=("salesorder",), write=("salesorder",))
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@dataclass(frozen=True, slots=True)
class UnlockSalesOrderPricing(Message[None]):
    """Let an order's catalog prices follow the price list again, from now on (behaviour 3.11)."""

    needs: ClassVar[Needs] = Needs(read=("salesorder",), write=("salesorder",))

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


price_lock(KIND, LockSalesOrderPricing, UnlockSalesOrderPricing)

"""The messages that make invoices and lock their prices (behaviour 3.2, 3.3, 3.5, 3.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.chain.document.copying import Copy, copy_documents
from handsel.chain.document.price_lock import lock_prices, unlock_prices
from handsel.chain.invoice.conversions import FROM_OPPORTUNITY, FROM_ORDER
from handsel.chain.invoice.rules import KIND
from handsel.chain.opportunity.get_products import GetProducts, get_products
from handsel.chain.opportunity.messages import opportunity_source
from handsel.chain.quote.messages import answer, from_opportunity_line
from handsel.chain.salesorder.messages import order_row
from handsel.chain.salesorder.states import CANCELED
from handsel.chain.salesorder.states import LIFECYCLE as ORDER
from handsel.database.row import Item, Reference, Row
from handsel.engine.column_set import ColumnSet
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.work import Work
from handsel.errors import InvalidState


@dataclass(frozen=True, slots=True)
class GenerateInvoiceFromOpportunity(Message):
    """Make an invoice straight from an opportunity, prices locked; the result is the new invoice (behaviour 3.2)."""

    opportunity_id: UUID
    column_set: ColumnSet | None = None
    process_instance_id: Any = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("opportunity", self.opportunity_id),)


@handles(GenerateInvoiceFromOpportunity)
def generate_invoices(work: Work, items: list[Item[GenerateInvoiceFromOpportunity]]) -> None:
    """Make invoices from opportunities."""
    copies: list[Copy] = []
    work.each(items, lambda item: copies.append(Copy(item, opportunity_source(work, item.message.opportunity_id))))
    answer(work, items, copy_documents(work, FROM_OPPORTUNITY, copies, from_opportunity_line, from_customer=True))


@dataclass(frozen=True, slots=True)
class GetInvoiceProductsFromOpportunity(Message):
    """Copy an opportunity's lines into an active invoice, in addition to its own (behaviour 3.3)."""

    invoice_id: UUID
    opportunity_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id), Reference("opportunity", self.opportunity_id))


@handles(GetInvoiceProductsFromOpportunity)
def get_invoice_products(work: Work, items: list[Item[GetInvoiceProductsFromOpportunity]]) -> None:
    """Copy lines into invoices."""
    wanted = [GetProducts(item, item.message.invoice_id, item.message.opportunity_id) for item in items]
    get_products(work, KIND, FROM_OPPORTUNITY, wanted, from_opportunity_line)


@dataclass(frozen=True, slots=True)
class ConvertSalesOrderToInvoice(Message):
    """Make an invoice from an order that is not canceled; the order stays as it is (behaviour 3.5)."""

    sales_order_id: UUID
    column_set: ColumnSet | None = None
    process_instance_id: Any = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(ConvertSalesOrderToInvoice)
def convert_orders(work: Work, items: list[Item[ConvertSalesOrderToInvoice]]) -> None:
    """Make invoices from orders."""
    work.each(items, lambda item: _require_convertible(order_row(work, item.message.sales_order_id)))
    copies = [Copy(item, order_row(work, item.message.sales_order_id)) for item in items if item.refusal is None]
    answer(work, items, copy_documents(work, FROM_ORDER, copies, _invoice_line))


def _require_convertible(row: Row) -> None:
    if row.get("statecode") == CANCELED:
        raise InvalidState(
            f"{ORDER.name(row)} is canceled, so no invoice can be made from it.", table="salesorder", id=str(row.id)
        )


def _invoice_line(line: Row) -> Mapping[str, Any]:
    return {
        "hs_originlineid": line.get("hs_originlineid") or line.id,
        "hs_opportunityproductid": line.get("hs_opportunityproductid"),
    }


@dataclass(frozen=True, slots=True)
class LockInvoicePricing(Message):
    """Freeze an invoice's catalog prices (behaviour 3.11)."""

    invoice_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id),)


@handles(LockInvoicePricing)
def lock_invoice_prices(work: Work, items: list[Item[LockInvoicePricing]]) -> None:
    """Lock invoices' prices."""
    work.each(items, lambda item: lock_prices(work, item, KIND, invoice_row(work, item.message.invoice_id)))


@dataclass(frozen=True, slots=True)
class UnlockInvoicePricing(Message):
    """Let an invoice's catalog prices follow the price list again, from now on (behaviour 3.11)."""

    invoice_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id),)


@handles(UnlockInvoicePricing)
def unlock_invoice_prices(work: Work, items: list[Item[UnlockInvoicePricing]]) -> None:
    """Unlock invoices' prices."""
    work.each(items, lambda item: unlock_prices(work, item, KIND, invoice_row(work, item.message.invoice_id)))


def invoice_row(work: Work, id: UUID) -> Row:
    """An invoice that was read under lock."""
    row = work.as_user.row("invoice", id)
    assert row is not None
    return row

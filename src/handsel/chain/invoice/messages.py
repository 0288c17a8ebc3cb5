"""The messages that make invoices and lock their prices (behaviour 3.2, 3.3, 3.5, 3.11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from handsel.chain.document.copying import Copy, answer, copy_documents, foresee_copies, origin_links
from handsel.chain.document.price_lock import price_lock
from handsel.chain.document.roots import root_row
from handsel.chain.invoice.conversions import FROM_OPPORTUNITY, FROM_ORDER
from handsel.chain.invoice.rules import KIND
from handsel.chain.invoice.states import refuse_invoicing
from handsel.chain.opportunity.generate_documents import foreseen_by, generate_documents
from handsel.chain.opportunity.get_products import get_products
from handsel.chain.opportunity.messages import OpportunityId, OpportunityRow
from handsel.chain.salesorder.states import CANCELED
from handsel.chain.salesorder.states import LIFECYCLE as ORDER
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.available import sendable
from handsel.engine.column_set import ColumnSet
from handsel.engine.edm import ROW
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import RowElsewhere, UndocumentedRow
from handsel.engine.work import Work
from handsel.errors import InvalidState


@dataclass(frozen=True, slots=True)
class GenerateInvoiceFromOpportunity(Message[result.Row]):
    """Make an invoice straight from an opportunity, prices locked; the result is the new invoice (behaviour 3.2)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity", "invoice"),
        create=("invoice",),
        append=("invoice",),
        append_to=("account", "contact", "invoice", "opportunity"),
    )
    operation: ClassVar[Operation] = Operation(returns=ROW)

    opportunity_id: OpportunityId
    column_set: ColumnSet | None = None
    process_instance_id: UndocumentedRow = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("opportunity", self.opportunity_id),)


@handles(GenerateInvoiceFromOpportunity)
def generate_invoices(work: Work, items: list[Item[GenerateInvoiceFromOpportunity]]) -> None:
    """Make invoices from opportunities."""
    refuse_invoicing(work, items)
    generate_documents(work, items, FROM_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class GetInvoiceProductsFromOpportunity(Message[None]):
    """Copy an opportunity's lines into an active invoice, in addition to its own (behaviour 3.3)."""

    needs: ClassVar[Needs] = Needs(read=("opportunity", "invoice"), create=("invoice",), append_to=("invoice",))
    operation: ClassVar[Operation] = Operation(bound_to="invoice", binding="invoice_id")

    invoice_id: UUID
    opportunity_id: OpportunityRow

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id), Reference("opportunity", self.opportunity_id))


@handles(GetInvoiceProductsFromOpportunity)
def get_invoice_products(work: Work, items: list[Item[GetInvoiceProductsFromOpportunity]]) -> None:
    """Copy lines into invoices."""
    get_products(work, items, KIND, FROM_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class ConvertSalesOrderToInvoice(Message[result.Row]):
    """Make an invoice from an order that is not canceled; the order stays as it is (behaviour 3.5)."""

    needs: ClassVar[Needs] = Needs(
        read=("salesorder", "invoice"),
        create=("invoice",),
        append=("invoice",),
        append_to=("account", "contact", "salesorder", "product"),
    )
    operation: ClassVar[Operation] = Operation(returns="invoice")

    sales_order_id: UUID
    column_set: ColumnSet | None = None
    process_instance_id: RowElsewhere = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(ConvertSalesOrderToInvoice)
def convert_orders(work: Work, items: list[Item[ConvertSalesOrderToInvoice]]) -> None:
    """Make invoices from orders."""
    refuse_invoicing(work, items)
    work.each(items, lambda item: _require_convertible(root_row(work, item)))
    copies = [Copy(item, root_row(work, item)) for item in items if item.refusal is None]
    answer(work, items, copy_documents(work, FROM_ORDER, copies, origin_links))


def _require_convertible(row: Row) -> None:
    if row.get("statecode") == CANCELED:
        raise InvalidState(
            f"{ORDER.name(row)} is canceled, so no invoice can be made from it.", table="salesorder", id=str(row.id)
        )


def _foresee_generated(work: Work, items: Sequence[Item[Any]]) -> None:
    refuse_invoicing(work, items)
    foreseen_by(FROM_OPPORTUNITY)(work, [item for item in items if item.refusal is None])


def _foresee_converted(work: Work, items: Sequence[Item[Any]]) -> None:
    refuse_invoicing(work, items)
    work.each(items, lambda item: _require_convertible(root_row(work, item)))
    foresee_copies(work, FROM_ORDER, [Copy(item, root_row(work, item)) for item in items])


sendable("opportunity", GenerateInvoiceFromOpportunity, _foresee_generated)
sendable("salesorder", ConvertSalesOrderToInvoice, _foresee_converted)


@dataclass(frozen=True, slots=True)
class LockInvoicePricing(Message[None]):
    """Freeze an invoice's catalog prices (behaviour 3.11)."""

    needs: ClassVar[Needs] = Needs(read=("invoice",), write=("invoice",))
    operation: ClassVar[Operation] = Operation(bound_to="invoice", binding="invoice_id")

    invoice_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id),)


@dataclass(frozen=True, slots=True)
class UnlockInvoicePricing(Message[None]):
    """Let an invoice's catalog prices follow the price list again, from now on (behaviour 3.11)."""

    needs: ClassVar[Needs] = Needs(read=("invoice",), write=("invoice",))

    invoice_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id),)


price_lock(KIND, LockInvoicePricing, UnlockInvoicePricing)

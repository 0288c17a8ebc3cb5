"""What comes back from the systems that have our orders: posted invoices, payments, refusals (erp 5, 6, 9).

Each is one message, sent by the connector's integration user, and can be sent again: what is known already changes
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from handsel.chain.document.price_authority import keeps_amounts_as_sent
from handsel.chain.document.roots import root_row
from handsel.chain.handover.invoiced import is_invoiced, line_values, lines_by_name
from handsel.chain.handover.options import DeliveryState, SubmitStatus
from handsel.chain.handover.order_snapshot import party
from handsel.chain.handover.outcomes import Rejected, delivery_values, order_values
from handsel.chain.handover.posted import InvoiceOf, PaymentOf, Posted, PostedInvoice, RefusalOf
from handsel.chain.invoice.options import InvoiceStatus
from handsel.chain.invoice.states import ACTIVE, PAID
from handsel.chain.invoice.states import LIFECYCLE as INVOICE
from handsel.chain.salesorder.options import OrderStatus
from handsel.chain.salesorder.states import FULFILLED, INVOICED, LIFECYCLE, SUBMITTED
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import UPDATE, Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import Conflict, InvalidState, InvalidValue, NotFound, abbreviated

_INVOICING = Needs(
    read=("salesorder", "invoice"),
    create=("invoice",),
    write=("salesorder",),
    append=("invoice",),
    append_to=("salesorder",),
)
_FROM_ORDER = (
    "name",
    *("pricelevelid", "transactioncurrencyid", "opportunityid"),
    *("paymenttermscode", "shippingmethodcode", "emailaddress"),
    *(f"{side}_{part}" for side in ("billto", "shipto") for part in ("name", "line1", "line2", "line3", "city")),
    *(f"{side}_{part}" for side in ("billto", "shipto") for part in ("stateorprovince", "postalcode", "country")),
)
"""Columns that an invoice has from its order."""


@dataclass(frozen=True, slots=True)
class RecordInvoice(Message[None]):
    """Write an invoice down that another system posted for an order: active, billed, with its own amounts.

    The order is invoiced when the invoice completes it, or nothing of it is left. No door but Python offers it.
    """

    needs: ClassVar[Needs] = _INVOICING
    operation: ClassVar[Operation | None] = None

    sales_order_id: UUID
    connector_id: UUID
    invoice: PostedInvoice

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(RecordInvoice)
def record_invoices(work: Work, items: list[Item[RecordInvoice]]) -> None:
    """Write invoices down."""
    ids = [item.message.invoice.id for item in items]
    couplings = work.as_system.children("hs_coupling", "hs_theirid", ids)
    # One that was deleted here is written down again.
    invoices = work.as_system.load("invoice", {each["hs_rowid"] for found in couplings.values() for each in found})
    lines = work.as_system.children("salesorderdetail", "salesorderid", [item.message.sales_order_id for item in items])
    currencies = work.as_system.load("transactioncurrency", {root_row(work, item).get(_CURRENCY) for item in items})

    def record(item: Item[RecordInvoice]) -> None:
        message, order = item.message, root_row(work, item)
        known = _coupled(couplings[message.invoice.id], message.connector_id, "invoice")
        if known is not None and known["hs_rowid"] in invoices:
            _require_same(known, message)
            return
        _require_with_them(order)
        _require_own_amounts(work)
        currency = currencies[order[_CURRENCY]]
        if message.invoice.currency.upper() != currency["isocurrencycode"]:
            raise InvalidValue(
                f"Invoice {abbreviated(message.invoice.number)} is in {abbreviated(message.invoice.currency)}, but "
                f"{LIFECYCLE.name(order)} is in {currency['isocurrencycode']}. Send it in the order's currency."
            )
        _require_decimals(message.invoice, currency)
        given = line_values(message.invoice, lines_by_name(order, lines[order.id]))
        made = create_rows(work, [Given.by_system(item, "invoice", _header(order, message.invoice, given))])
        if made:
            _couple(work, item, made[0], known)
            if order["statecode"] != INVOICED and is_invoiced(work, message.invoice, order, lines[order.id], given):
                _mark_invoiced(work, item, order)

    work.each(items, record)


_CURRENCY = "transactioncurrencyid"


def _coupled(couplings: Sequence[Row], connector_id: UUID, table: str) -> Row | None:
    ours = (each for each in couplings if each["hs_connectorid"] == connector_id and each["hs_table"] == table)
    return next(ours, None)


def _require_same(known: Row, message: RecordInvoice) -> None:
    if known["hs_theirversion"] != message.invoice.fingerprint(str(message.sales_order_id)):
        raise Conflict(
            f"Invoice {abbreviated(message.invoice.number)} was written down already, and is another one now: a posted "
            "invoice does not change. Post a correction under an id of its own.",
            table="invoice",
            id=str(known["hs_rowid"]),
        )


def _require_own_amounts(work: Work) -> None:
    """Refuse an invoice whose amounts would be calculated here instead of stored as posted (pricing 9.3)."""
    if not keeps_amounts_as_sent(work, "invoice"):
        raise InvalidState(
            "The amounts of an invoice are only stored as posted when an integration user writes it while "
            "order-processing integration is on. Turn organization.issopintegrationenabled on, or isintegrationuser of "
            f"the connector's user {work.actor.domain_name}, and send it again."
        )


def _require_decimals(invoice: PostedInvoice, currency: Row) -> None:
    most: int = currency["currencyprecision"]
    for amount in invoice.amounts:
        if amount != round(amount, most):
            raise InvalidValue(
                f"Invoice {abbreviated(invoice.number)} holds the amount {amount:f}, but {currency['isocurrencycode']} "
                f"has {most} decimals. Send the amounts as they were posted."
            )


def _require_with_them(order: Row) -> None:
    if order["statecode"] not in (SUBMITTED, FULFILLED, INVOICED):
        state = LIFECYCLE.state(order["statecode"]).label.lower()
        raise InvalidState(
            f"{LIFECYCLE.name(order)} is {state}, so it has not been handed over and cannot be invoiced by another "
            "system. Submit it first, or make the invoice here.",
            table="salesorder",
            id=str(order.id),
        )


def _header(order: Row, invoice: PostedInvoice, lines: Sequence[dict[str, object]]) -> dict[str, object]:
    values = {name: order[name] for name in _FROM_ORDER if order.get(name) is not None}
    return {
        **values,
        "ownerid": party("salesorder", order, "ownerid"),
        "customerid": party("salesorder", order, "customerid"),
        "salesorderid": order.id,
        "invoicenumber": invoice.number,
        "statuscode": int(InvoiceStatus.BILLED),
        "duedate": invoice.due_on,
        "datedelivered": invoice.delivered_on,
        "description": invoice.description or None,
        "ispricelocked": True,
        "discountamount": invoice.discount,
        "freightamount": invoice.freight,
        "totallineitemamount": invoice.lines_net,
        "totalamountlessfreight": invoice.lines_net - invoice.discount,
        "totaltax": invoice.tax,
        "totalamount": invoice.total,
        "invoice_details": list(lines),
    }


def _couple(work: Work, item: Item[RecordInvoice], made: Row, known: Row | None) -> None:
    message = item.message
    values = {
        "hs_connectorid": message.connector_id,
        "hs_table": "invoice",
        "hs_rowid": made.id,
        "hs_theirid": message.invoice.id,
        "hs_theirnumber": message.invoice.number,
        "hs_theirversion": message.invoice.fingerprint(str(message.sales_order_id)),
        "hs_seenon": work.now,
    }
    if known is not None:
        work.update(item, known, values, root=made.reference)
    else:
        work.insert(item, "hs_coupling", values, root=made.reference)


def _mark_invoiced(work: Work, item: Item[RecordInvoice], order: Row) -> None:
    said = f"Invoiced, last as {item.message.invoice.number}."
    values = {"submitstatus": int(SubmitStatus.INVOICED), "submitstatusdescription": said}
    move(work, LIFECYCLE, [Move(item, order, INVOICED, int(OrderStatus.INVOICED), values)], UPDATE)


@dataclass(frozen=True, slots=True)
class RecordPayment(Message[None]):
    """Write down what is left to pay of an invoice, in its currency: nothing, a part, or all (erp 6).

    Paid, partly paid, and billed again when a payment was taken back. No door but Python offers it.
    """

    needs: ClassVar[Needs] = Needs(read=("invoice",), write=("invoice",))
    operation: ClassVar[Operation | None] = None

    invoice_id: UUID
    remaining: Decimal

    def locks(self) -> Sequence[Reference]:
        return (Reference("invoice", self.invoice_id),)


@handles(RecordPayment)
def record_payments(work: Work, items: list[Item[RecordPayment]]) -> None:
    """Write payments down."""

    def record(item: Item[RecordPayment]) -> None:
        invoice, remaining = root_row(work, item), item.message.remaining
        total: Decimal = invoice.get("totalamount") or Decimal(0)
        if not 0 <= remaining <= max(total, Decimal(0)):
            raise InvalidValue(
                f"{INVOICE.name(invoice)} is over {total:f}, so {remaining:f} cannot be left to pay. Send what is left "
                "of it, from 0 to its total."
            )
        if remaining and remaining == total:
            target, status = ACTIVE, InvoiceStatus.BILLED
        else:
            target, status = PAID, InvoiceStatus.PARTIAL if remaining else InvoiceStatus.COMPLETE
        if invoice["statecode"] == target:
            work.update(item, invoice, {"statuscode": int(status)})
        else:
            move(work, INVOICE, [Move(item, invoice, target, int(status))], UPDATE)

    work.each(items, record)


@dataclass(frozen=True, slots=True)
class RecordRefusal(Message[None]):
    """Write down that a system refuses an order that it had taken, in its words. No door but Python offers it."""

    needs: ClassVar[Needs] = Needs(read=("salesorder",), write=("salesorder",))
    operation: ClassVar[Operation | None] = None

    sales_order_id: UUID
    connector_id: UUID
    reason: str

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(RecordRefusal)
def record_refusals(work: Work, items: list[Item[RecordRefusal]]) -> None:
    """Write refusals down. The order is coupled no more, so that it can be delivered again once it is mended."""
    ids = [item.message.sales_order_id for item in items]
    deliveries = work.as_system.children("hs_delivery", "salesorderid", ids)
    couplings = work.as_system.children("hs_coupling", "hs_rowid", ids)
    connectors = work.as_system.load("hs_connector", {item.message.connector_id for item in items})

    def record(item: Item[RecordRefusal]) -> None:
        order, rejected = root_row(work, item), Rejected(item.message.reason)
        mine = [each for each in deliveries[order.id] if each["hs_connectorid"] == item.message.connector_id]
        if order["statecode"] != SUBMITTED or not mine:
            raise InvalidState(
                f"{LIFECYCLE.name(order)} is not with this system, so it cannot be refused by it: it is "
                f"{LIFECYCLE.state(order['statecode']).label.lower()}, and was delivered {len(mine)} times.",
                table="salesorder",
                id=str(order.id),
            )
        for delivery in mine:
            if delivery["hs_state"] in (DeliveryState.DUE, DeliveryState.DELIVERED):
                work.update(item, delivery, delivery_values(work, rejected), root=order.reference)
        work.update(item, order, order_values(work, connectors[item.message.connector_id]["hs_name"], rejected))
        known = _coupled(couplings[order.id], item.message.connector_id, "salesorder")
        if known is not None:
            work.delete(item, known, root=order.reference)

    work.each(items, record)


def recording(work: Work, connector_id: UUID, posted: Posted) -> RecordInvoice | RecordPayment | RecordRefusal:
    """The message that writes down what a connector's system says. Raises NotFound for what it names in vain."""
    match posted:
        case InvoiceOf(order, invoice):
            return RecordInvoice(_order_named(work, connector_id, order), connector_id, invoice)
        case PaymentOf(invoice, remaining):
            found = work.as_system.children("hs_coupling", "hs_theirid", [invoice])[invoice]
            known = _coupled(found, connector_id, "invoice")
            if known is None:
                raise NotFound(
                    f"No invoice with the id {abbreviated(invoice)} was sent before this payment. Send the invoice "
                    "first, then the payment again.",
                    table="invoice",
                )
            return RecordPayment(known["hs_rowid"], remaining)
        case RefusalOf(order, reason):
            return RecordRefusal(_order_named(work, connector_id, order), connector_id, reason)


def _order_named(work: Work, connector_id: UUID, name: str) -> UUID:
    id = _id(name)
    if id is not None and work.as_user.load("salesorder", [id]):
        return id
    ours = work.as_user.children("salesorder", "ordernumber", [name])[name]
    if ours:
        return ours[0].id
    for column in ("hs_theirid", "hs_theirnumber"):
        known = _coupled(work.as_system.children("hs_coupling", column, [name])[name], connector_id, "salesorder")
        if known is not None:
            coupled: UUID = known["hs_rowid"]
            return coupled
    raise NotFound(
        f"There is no order {abbreviated(name)}. Name it by its number or id here, or by what the connector's system "
        "calls it.",
        table="salesorder",
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

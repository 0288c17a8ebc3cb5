"""The lines of a posted invoice against the lines of its order, and whether anything is left to invoice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from handsel.chain.handover.posted import PostedInvoice, PostedLine
from handsel.chain.invoice.states import CANCELED
from handsel.chain.salesorder.states import LIFECYCLE
from handsel.database.row import Row
from handsel.engine.work import Work
from handsel.errors import NotFound, abbreviated


class LinesByName:
    """The lines of an order by their ids and by their numbers."""

    def __init__(self, order: Row, lines: Sequence[Row]) -> None:
        self._order = order
        self._by_id = {str(line.id): line for line in lines}
        self._by_number = {line.get("lineitemnumber"): line for line in lines}

    def of(self, line: PostedLine) -> Row | None:
        """The line that a posted line invoices; None for one that names none. Raises NotFound for an unknown one."""
        if not line.order_line and line.number is None:
            return None
        if line.order_line:
            found, called = self._by_id.get(line.order_line.lower()), line.order_line
        else:
            found, called = self._by_number.get(line.number), str(line.number)
        if found is None:
            raise NotFound(
                f"{LIFECYCLE.name(self._order)} has no line {abbreviated(called)}. Name its lines as they were "
                "delivered, or leave that out for what is not on the order.",
                table="salesorderdetail",
            )
        return found


def lines_by_name(order: Row, lines: Sequence[Row]) -> LinesByName:
    """The lines of an order, to be found by a posted line."""
    return LinesByName(order, lines)


def line_values(invoice: PostedInvoice, lines: LinesByName) -> list[dict[str, object]]:
    """The values of an invoice's lines here, with the amounts of the other system (erp 6)."""
    return [_values(line, lines.of(line)) for line in invoice.lines]


def _values(line: PostedLine, ordered: Row | None) -> dict[str, object]:
    amounts: dict[str, object] = {
        "quantity": line.quantity,
        "priceperunit": line.price,
        "ispriceoverridden": True,
        "manualdiscountamount": line.discount,
        "tax": line.tax,
        "baseamount": line.net,
        "extendedamount": line.total,
    }
    if ordered is None:
        return {**amounts, "isproductoverridden": True, "productdescription": line.text or "Other"}
    product: dict[str, object] = {"salesorderdetailid": ordered.id}
    if ordered.get("productid") is None:
        text = line.text or ordered.get("productdescription")
        return {**amounts, **product, "isproductoverridden": True, "productdescription": text}
    return {**amounts, **product, "productid": ordered["productid"], "uomid": ordered.get("uomid")}


def is_invoiced(
    work: Work, invoice: PostedInvoice, order: Row, ordered: Sequence[Row], given: Sequence[Mapping[str, object]]
) -> bool:
    """Whether nothing is left to invoice of an order, with this invoice and those written down before it."""
    if invoice.is_complete:
        return True
    invoices = work.as_system.children("invoice", "salesorderid", [order.id])[order.id]
    valid = [each.id for each in invoices if each.get("statecode") != CANCELED and each.change is None]
    before = work.as_system.children("invoicedetail", "invoiceid", valid)
    done: dict[object, Decimal] = defaultdict(Decimal)
    for line in (*(line for id in valid for line in before[id]), *given):
        quantity = line.get("quantity")
        if isinstance(quantity, Decimal):
            done[line.get("salesorderdetailid")] += quantity
    return all(done[line.id] >= (line.get("quantity") or 0) for line in ordered)

"""Posting: an order is shipped and invoiced, in parts or as a whole; a draft becomes a posted invoice (erp 8.3, 8.19).

Nothing here commits: all of it happens inside one change of the books.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import uuid4

from msgspec.structs import asdict, replace

from handsel.testing.businesscentral.arithmetic import recalculated, share
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.forms import INVOICE, ORDER, require_unblocked
from handsel.testing.businesscentral.line_values import checked_quantities
from handsel.testing.businesscentral.refusals import dialog, plain
from handsel.testing.businesscentral.rows import (
    ZERO,
    DocumentLine,
    OrderLineProgress,
    SalesInvoice,
    SalesOrder,
    SalesOrderLine,
)
from handsel.testing.businesscentral.subjects import require_sold, unit_of

POSTED_INVOICES = ("PS-INV", 103001)
"""The number series of posted invoices, and its first number."""
_NOTHING = "There is nothing to post because the document does not contain a quantity or amount."
_HEAD = frozenset(SalesInvoice.__struct_fields__) & frozenset(SalesOrder.__struct_fields__)
_LINE = frozenset(DocumentLine.__struct_fields__)
_OWN = {"etag", "id", "last_modified_date_time", "number", "status", "document_id"}
"""What a posted row does not take from the row it comes from."""


def post_order(
    company: Company,
    order: SalesOrder,
    *,
    ship: bool = False,
    invoice: bool = False,
    quantities: Mapping[int, Decimal] | None = None,
) -> SalesInvoice | None:
    """Ship, invoice, or both: what the lines say is to be shipped and invoiced, or `quantities` by sequence number.

    The posted invoice, if there is one. An order of which everything is invoiced is gone afterwards.
    """
    books = company.books
    lines = ORDER.lines_of(books, order)
    if quantities is not None:
        lines = [_told(line, quantities.get(line.sequence, ZERO), ship=ship, invoice=invoice) for line in lines]
    shipped = {line.id: line.ship_quantity if ship else ZERO for line in lines}
    invoiced = {line.id: _to_invoice(line, shipped[line.id]) if invoice else ZERO for line in lines}
    if not any(shipped.values()) and not any(invoiced.values()):
        raise dialog(_NOTHING)
    require_unblocked(books.customers.rows[order.customer_id], ORDER.title, ships=ship, posts=True)
    company.require_open_period(order.posting_date, f"Sales Header Document Type='Order',No.='{order.number}'")
    for line in lines:
        _take_from_stock(company, line, shipped[line.id])
    posted = _invoice_of(company, order, lines, invoiced) if any(invoiced.values()) else None
    after = [_after(line, shipped[line.id], invoiced[line.id]) for line in lines]
    if all(line.invoiced_quantity == line.quantity for line in after):
        _remove(company, order, lines)
    else:
        for line in after:
            books.put(books.order_lines, line)
        done = all(line.shipped_quantity == line.quantity for line in after)
        books.put(books.orders, replace(order, status="Open", fully_shipped=done))
    return posted


def post_invoice(company: Company, draft: SalesInvoice) -> SalesInvoice:
    """A draft as a posted invoice, with the same id and another number (erp 8.3)."""
    books = company.books
    lines = INVOICE.lines_of(books, draft)
    if not any(line.quantity for line in lines):
        raise dialog(_NOTHING)
    require_unblocked(books.customers.rows[draft.customer_id], INVOICE.title, ships=True, posts=True)
    company.require_open_period(draft.posting_date, f"Sales Header Document Type='Invoice',No.='{draft.number}'")
    for line in lines:
        _take_from_stock(company, line, line.quantity)
    status = "Open" if draft.total_amount_including_tax else "Paid"
    number = books.next_number(*POSTED_INVOICES)
    return books.put(books.invoices, replace(draft, number=number, status=status))


def _told(line: SalesOrderLine, quantity: Decimal, *, ship: bool, invoice: bool) -> SalesOrderLine:
    """A line of which a quantity is to be shipped, invoiced, or both."""
    shipping = quantity if ship else ZERO
    told = replace(line, ship_quantity=shipping, invoice_quantity=quantity if invoice else ZERO)
    checked_quantities(told)
    return told


def _to_invoice(line: SalesOrderLine, shipped: Decimal) -> Decimal:
    """What is to be invoiced of what has been shipped and is being shipped."""
    most = line.shipped_quantity + shipped - line.invoiced_quantity
    return min(line.invoice_quantity, most) if most >= 0 else max(line.invoice_quantity, most)


def _take_from_stock(company: Company, line: DocumentLine, quantity: Decimal) -> None:
    """Reduce the inventory of a line's item, which may go below zero; refuse a blocked one."""
    books = company.books
    item = books.items.get(line.item_id) if line.line_type == "Item" else None
    if item is None:
        return
    require_sold(item)
    if quantity and item.type == "Inventory":
        taken = quantity * unit_of(books, item, line.unit_of_measure_code).quantity
        books.put(books.items, replace(item, inventory=item.inventory - taken))


def _after(line: SalesOrderLine, shipped: Decimal, invoiced: Decimal) -> SalesOrderLine:
    """A line after something of it was shipped and invoiced: all the rest is to be shipped and invoiced next."""
    shipped_quantity, invoiced_quantity = line.shipped_quantity + shipped, line.invoiced_quantity + invoiced
    return replace(
        line,
        shipped_quantity=shipped_quantity,
        invoiced_quantity=invoiced_quantity,
        ship_quantity=line.quantity - shipped_quantity,
        invoice_quantity=line.quantity - invoiced_quantity,
    )


def _invoice_of(
    company: Company, order: SalesOrder, lines: Sequence[SalesOrderLine], invoiced: Mapping[str, Decimal]
) -> SalesInvoice:
    """The posted invoice of quantities by line."""
    books, places = company.books, company.places(order)
    number = books.next_number(*POSTED_INVOICES)
    invoice_id = str(uuid4())
    discount = ZERO
    parts: list[DocumentLine] = []
    for line in lines:
        if line.quantity and not invoiced[line.id]:
            continue
        taken, allocated = _discounts(company, line, invoiced[line.id], places)
        discount += allocated
        values = {name: value for name, value in asdict(line).items() if name in _LINE and name not in _OWN}
        values |= {"quantity": invoiced[line.id], "discount_amount": taken, "document_id": invoice_id}
        parts.append(DocumentLine(**values))
    priced, totals = recalculated(parts, discount, places)
    for part in priced:
        books.put(books.invoice_lines, part)
    values = {name: value for name, value in asdict(order).items() if name in _HEAD and name not in _OWN}
    values |= {
        "total_amount_excluding_tax": totals.without_tax,
        "total_tax_amount": totals.tax,
        "total_amount_including_tax": totals.with_tax,
        "discount_amount": discount,
    }
    invoice = SalesInvoice(
        id=invoice_id,
        number=number,
        invoice_date=order.posting_date,
        due_date=company.due_date(order.posting_date, order.payment_terms_id),
        order_id=order.id,
        order_number=order.number,
        remaining_amount=totals.with_tax,
        status="Open" if totals.with_tax else "Paid",
        **values,
    )
    return books.put(books.invoices, invoice)


def _discounts(company: Company, line: SalesOrderLine, quantity: Decimal, places: int) -> tuple[Decimal, Decimal]:
    """The parts of a line's own discount and of the document's that belong to an invoiced quantity.

    What all invoices take together is what the order had: each takes what is due so far, less what was taken.
    """
    books = company.books
    so_far = books.progress.get(line.id) or OrderLineProgress(id=line.id)
    done = line.invoiced_quantity + quantity
    discount = share(line.discount_amount, done, line.quantity, places)
    allocation = share(line.invoice_discount_allocation, done, line.quantity, places)
    books.put(books.progress, replace(so_far, discount=discount, allocation=allocation))
    return discount - so_far.discount, allocation - so_far.allocation


def _remove(company: Company, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> None:
    books = company.books
    for line in lines:
        books.remove(books.order_lines, books.order_lines.rows[line.id])
        progress = books.progress.get(line.id)
        if progress is not None:
            books.remove(books.progress, progress)
    books.remove(books.orders, order)


def quantities_of(lines: Sequence[SalesOrderLine], told: Mapping[int, Decimal]) -> Mapping[int, Decimal]:
    """Quantities by sequence number. Refuses a sequence number that no line has."""
    known = {line.sequence for line in lines}
    for sequence, quantity in told.items():
        if sequence not in known:
            raise dialog(
                f"No line of the order has the sequence number {sequence}, so {plain(quantity)} cannot be posted. "
                f"There are {', '.join(map(str, sorted(known)))}."
            )
    return told

"""Sales documents that are not posted: made, with their lines in one request or one by one, changed and deleted.

Nothing here commits: all of it happens inside one change of the books.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar
from uuid import uuid4

from msgspec.structs import replace

from handsel.testing.businesscentral.arithmetic import base_of_discount, recalculated
from handsel.testing.businesscentral.bodies import Given, Json, given_values
from handsel.testing.businesscentral.columns import NO_ID, Value
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.forms import AnyForm, Form, require_unblocked
from handsel.testing.businesscentral.line_values import checked_quantities, with_values
from handsel.testing.businesscentral.refusals import bad_request, dialog, field_test
from handsel.testing.businesscentral.rows import Customer, Document, DocumentLine, SalesInvoice, SalesOrderLine
from handsel.testing.businesscentral.subjects import NAMING

D = TypeVar("D", bound=Document)
L = TypeVar("L", bound=DocumentLine)
STEP = 10_000
"""The distance between the sequence numbers of two lines."""

_NO_DISCOUNT = (
    "Cannot apply an invoice discount because the document does not include lines where the Allow Invoice Disc. field "
    "is selected."
)
_NUMBERS = (
    "You may not enter numbers manually. If you want to enter numbers manually, please activate Manual Nos. in No. "
    "Series {series}."
)


def create_document(company: Company, form: Form[D, L], sent: Mapping[str, Json]) -> D:
    """A new document, with the lines that the body holds (deep insert, erp 8.13): all of it, or nothing."""
    heads = dict(sent)
    listed = heads.pop(form.lines_name, None)
    if listed is not None and not (isinstance(listed, list) and all(isinstance(line, dict) for line in listed)):
        raise bad_request(f"The property '{form.lines_name}' takes an array of objects.")
    if "number" in heads:
        raise dialog(_NUMBERS.format(series=form.series))
    books = company.books
    given = given_values(form.heads(books).kind, form.name, heads)
    customer = _customer(company, given, "sell-to", "customer")
    require_unblocked(customer, form.title)
    discount = given.get("discount_amount")
    if discount and company.settings.strict_discount:
        raise dialog(_NO_DISCOUNT)  # lines come after the head is stored (erp 8.18)
    head = _with_head_values(company, form, _new_head(company, form, customer), given)
    lines: list[L] = []
    for line in listed or ():
        assert isinstance(line, dict)
        values = given_values(form.lines(books).kind, form.line_name, line)
        last = lines[-1].sequence if lines else 0
        lines.append(_new_line(company, form, head, customer, values, last))
    return _store(company, form, head, lines, {})


def change_document(company: Company, form: Form[D, L], head: D, sent: Mapping[str, Json]) -> D:
    """A changed head. A customer's change brings that customer's name, addresses and terms."""
    require_draft(form, head)
    given = given_values(form.heads(company.books).kind, form.name, sent)
    if {"customer_id", "customer_number"} & given.keys():
        customer = _customer(company, given, "sell-to", "customer")
        require_unblocked(customer, form.title)
        head = replace(head, **_of_customer(company, customer))
    head = _with_head_values(company, form, head, given)
    lines = form.lines_of(company.books, head)
    return _store(company, form, head, lines, {line.id: line for line in lines})


def delete_document(company: Company, form: Form[D, L], head: D) -> None:
    """Remove a document and its lines. Refused if something was shipped and not invoiced (erp 8.1)."""
    require_draft(form, head)
    lines = form.lines_of(company.books, head)
    for line in lines:
        _require_nothing_shipped(line)
    for line in lines:
        company.books.remove(form.lines(company.books), line)
    company.books.remove(form.heads(company.books), head)


def create_line(company: Company, form: Form[D, L], head: D, sent: Mapping[str, Json]) -> L:
    """One more line of a document."""
    require_draft(form, head)
    books = company.books
    given = given_values(form.lines(books).kind, form.line_name, sent)
    customer = books.customers.rows[head.customer_id]
    lines = form.lines_of(books, head)
    line = _new_line(company, form, head, customer, given, lines[-1].sequence if lines else 0)
    known = {each.id: each for each in lines}
    _store(company, form, head, sorted([*lines, line], key=lambda each: each.sequence), known)
    return form.lines(books).rows[line.id]


def change_line(company: Company, form: Form[D, L], head: D, line: L, sent: Mapping[str, Json]) -> L:
    """A changed line of a document."""
    require_draft(form, head)
    books = company.books
    given = given_values(form.lines(books).kind, form.line_name, sent)
    if given.get("document_id", head.id) != head.id:
        raise dialog("The line cannot be moved to another document.")
    customer = books.customers.rows[head.customer_id]
    changed = with_values(books, line, given, customer, company.places(head), renamed=bool(NAMING & given.keys()))
    lines = form.lines_of(books, head)
    known = {each.id: each for each in lines}
    _store(company, form, head, [changed if each.id == line.id else each for each in lines], known)
    return form.lines(books).rows[line.id]


def delete_line(company: Company, form: Form[D, L], head: D, line: L) -> None:
    """Remove a line of a document."""
    require_draft(form, head)
    _require_nothing_shipped(line)
    lines = [each for each in form.lines_of(company.books, head) if each.id != line.id]
    company.books.remove(form.lines(company.books), line)
    _store(company, form, head, lines, {each.id: each for each in lines})


def require_draft(form: AnyForm | Form[D, L], head: Document) -> None:
    """Refuse to touch what is posted."""
    status = getattr(head, "status", "Draft")
    if form.title != "Order" and status not in ("Draft", "In_x0020_Review"):
        raise dialog(f"The action can be applied to a draft {form.title.lower()} only.")


def _store(company: Company, form: Form[D, L], head: D, lines: list[L], known: Mapping[str, L]) -> D:
    """Price a document and store what has changed in it."""
    books, places = company.books, company.places(head)
    if head.discount_amount:
        base = base_of_discount(lines, places)
        if known and not base:
            raise dialog(_NO_DISCOUNT)
        if not 0 <= head.discount_amount <= max(base, Decimal(0)):
            raise dialog(f"The invoice discount amount must be between 0 and {base}.")
    priced, totals = recalculated(lines, head.discount_amount, places)
    table = form.lines(books)
    for line in priced:
        checked_quantities(line)
        if line != known.get(line.id):
            books.put(table, line)
    head = replace(
        head,
        total_amount_excluding_tax=totals.without_tax,
        total_tax_amount=totals.tax,
        total_amount_including_tax=totals.with_tax,
    )
    if isinstance(head, SalesInvoice):
        head = replace(head, remaining_amount=totals.with_tax)
    return books.put(form.heads(books), head)


def _new_head(company: Company, form: Form[D, L], customer: Customer) -> D:
    books, today = company.books, company.today()
    dates = {"posting_date": today, form.dated: today}
    number = books.next_number(form.series, form.first)
    head = form.heads(books).kind(id=str(uuid4()), number=number)
    return replace(head, **dates, **_of_customer(company, customer))


def _of_customer(company: Company, customer: Customer) -> dict[str, Value]:
    """What a head takes from its customer."""
    values: dict[str, Value] = {
        "customer_id": customer.id,
        "customer_number": customer.number,
        "customer_name": customer.display_name,
        "currency_code": customer.currency_code or company.currency,
        "currency_id": customer.currency_id,
        "payment_terms_id": customer.payment_terms_id,
        "shipment_method_id": customer.shipment_method_id,
        "salesperson": customer.salesperson_code,
        "phone_number": customer.phone_number,
        "email": customer.email,
        "ship_to_name": customer.display_name,
        **_address("sell_to", customer),
        **_address("ship_to", customer),
    }
    return values | _bill_to(customer)


def _bill_to(customer: Customer) -> dict[str, Value]:
    return {
        "bill_to_customer_id": customer.id,
        "bill_to_customer_number": customer.number,
        "bill_to_name": customer.display_name,
        **_address("bill_to", customer),
    }


def _address(which: str, customer: Customer) -> dict[str, Value]:
    return {
        f"{which}_address_line1": customer.address_line1,
        f"{which}_address_line2": customer.address_line2,
        f"{which}_city": customer.city,
        f"{which}_country": customer.country,
        f"{which}_state": customer.state,
        f"{which}_post_code": customer.postal_code,
    }


def _with_head_values(company: Company, form: Form[D, L], head: D, given: Given) -> D:
    """A head with the values that a body gave, which must fit to each other."""
    values = {name: value for name, value in given.items() if name not in ("customer_id", "customer_number")}
    if {"bill_to_customer_id", "bill_to_customer_number"} & given.keys():
        values = _bill_to(_customer(company, given, "bill-to", "bill_to_customer")) | values
    if {"currency_id", "currency_code"} & given.keys():
        values |= _currency(company, given)
    head = replace(head, **values)
    company.require_terms(head.payment_terms_id, head.shipment_method_id)
    if isinstance(head, SalesInvoice) and "due_date" not in given:
        head = replace(head, due_date=company.due_date(head.invoice_date, head.payment_terms_id))
    return head


def _currency(company: Company, given: Given) -> dict[str, Value]:
    key, code = str(given.get("currency_id", NO_ID)), str(given.get("currency_code", ""))
    row = company.foreign(code) if code else company.books.currencies.get(key)
    if row is None:
        if key != NO_ID:
            raise dialog('The "currencyId" does not match to a Currency.')
        return {"currency_id": NO_ID, "currency_code": company.currency}
    if key not in (NO_ID, row.id):
        raise dialog("The currency values do not match to a specific Currency.")
    return {"currency_id": row.id, "currency_code": row.code}


def _customer(company: Company, given: Given, role: str, attribute: str) -> Customer:
    """The customer that a body names by id or number."""
    table = company.books.customers
    number, key = str(given.get(f"{attribute}_number", "")), str(given.get(f"{attribute}_id", NO_ID))
    if not number and key == NO_ID:
        raise dialog('A "customerNumber" or a "customerId" must be provided.')
    found = table.one("number", number) if number else table.get(key)
    if found is None:
        raise dialog(f"The {role} customer cannot be found.")
    if key not in (NO_ID, found.id):
        raise dialog(f"The {role} customer values do not match to a specific Customer.")
    return found


def _new_line(company: Company, form: Form[D, L], head: D, customer: Customer, given: Given, last: int) -> L:
    """A line after the one whose sequence number is `last`."""
    line = form.lines(company.books).kind(id=str(uuid4()), document_id=head.id, sequence=last + STEP)
    if given.get("document_id", head.id) != head.id:
        raise dialog("The line belongs to another document.")
    return with_values(company.books, line, given, customer, company.places(head), renamed=True)


def _require_nothing_shipped(line: DocumentLine) -> None:
    if isinstance(line, SalesOrderLine) and line.shipped_quantity != line.invoiced_quantity:
        raise field_test(
            f"Qty. Shipped Not Invoiced must be equal to '0'  in Sales Line: Line No.={line.sequence}. "
            f"Current value is '{line.shipped_quantity - line.invoiced_quantity}'."
        )

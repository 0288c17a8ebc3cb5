"""Customers, items and payments in a journal: made and changed by the API and by whoever tests (erp 8.4, 8.5, 8.21)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from msgspec.structs import replace

from handsel.testing.businesscentral.bodies import Given, Json, given_values
from handsel.testing.businesscentral.columns import NO_DATE, NO_ID
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.refusals import dialog, same_key, unrelated
from handsel.testing.businesscentral.rows import Customer, CustomerPayment, Item, ItemUnit
from handsel.testing.businesscentral.seeds import TAXABLE

PIECE = "PCS"
"""The base unit of an item that names none."""
_STOCK = frozenset(("inventory",))


def create_customer(company: Company, sent: Mapping[str, Json]) -> Customer:
    """A new customer; without a number it gets the next one."""
    given = given_values(Customer, "customer", sent)
    number = given.get("number") or company.books.next_number("C", 10001)
    if company.books.customers.one("number", number) is not None:
        raise same_key("Customer", "No.", str(number))
    return _stored_customer(company, Customer(id=str(uuid4()), number=str(number)), given)


def change_customer(company: Company, customer: Customer, sent: Mapping[str, Json]) -> Customer:
    """A changed customer; documents keep what they took from it."""
    return _stored_customer(company, customer, given_values(Customer, "customer", sent))


def create_item(
    company: Company, sent: Mapping[str, Json], units: Mapping[str, Decimal] | None = None, *, stocked: bool = False
) -> Item:
    """A new item; `units` are those it is sold in besides its base unit, and how many base units each holds.

    With `stocked` its inventory may be given, which the API does not take.
    """
    given = given_values(Item, "item", sent, allowed=_STOCK if stocked else frozenset())
    books = company.books
    number = str(given.get("number") or books.next_number("I", 1001))
    if books.items.one("number", number) is not None:
        raise same_key("Item", "No.", number)
    base = str(given.get("base_unit_of_measure_code") or PIECE)
    group = str(given.get("tax_group_code") or TAXABLE)
    item = Item(id=str(uuid4()), number=number, base_unit_of_measure_code=base, tax_group_code=group)
    for code, quantity in {base: Decimal(1), **(units or {})}.items():
        if books.units.one("code", code) is None:
            raise unrelated("Code", "Item Unit of Measure", code, "Unit of Measure")
        books.put(books.item_units, ItemUnit(item_id=item.id, code=code, quantity=quantity))
    return _stored_item(company, item, given)


def change_item(company: Company, item: Item, sent: Mapping[str, Json], *, stocked: bool = False) -> Item:
    """A changed item."""
    given = given_values(Item, "item", sent, allowed=_STOCK if stocked else frozenset())
    return _stored_item(company, item, given)


def create_payment(company: Company, sent: Mapping[str, Json]) -> CustomerPayment:
    """A payment in a journal, which a person posts. Its amount is negative."""
    books = company.books
    payment = replace(CustomerPayment(id=str(uuid4())), **given_values(CustomerPayment, "customerPayment", sent))
    journal = books.payment_journals.get(payment.journal_id)
    if journal is None:
        raise dialog("The journal cannot be found.")
    customer = books.customers.one("number", payment.customer_number) or books.customers.get(payment.customer_id)
    if customer is None:
        raise dialog("The customer cannot be found.")
    if payment.amount > 0:
        raise dialog('The "amount" should be a negative number.')
    number, key = payment.applies_to_invoice_number, payment.applies_to_invoice_id
    invoice = books.invoices.one("number", number) if number else books.invoices.get(key)
    if invoice is None and (number or key != NO_ID):
        raise dialog("The invoice cannot be found.")
    lines = books.payments.with_value("journal_id", journal.id)
    changes: Given = {
        "journal_display_name": journal.display_name,
        "line_number": payment.line_number or max((line.line_number for line in lines), default=0) + 10_000,
        "customer_id": customer.id,
        "customer_number": customer.number,
        "posting_date": company.today() if payment.posting_date == NO_DATE else payment.posting_date,
    }
    if invoice is not None:
        changes |= {"applies_to_invoice_id": invoice.id, "applies_to_invoice_number": invoice.number}
    return books.put(books.payments, replace(payment, **changes))


def _stored_customer(company: Company, customer: Customer, given: Given) -> Customer:
    customer = replace(customer, **given)
    company.require_terms(customer.payment_terms_id, customer.shipment_method_id)
    if "currency_code" in given:
        currency = company.foreign(customer.currency_code)
        customer = replace(customer, currency_id=NO_ID if currency is None else currency.id)
    return company.books.put(company.books.customers, customer)


def _stored_item(company: Company, item: Item, given: Given) -> Item:
    books = company.books
    item = replace(item, **given)
    unit = books.units.one("code", item.base_unit_of_measure_code)
    if unit is None:
        raise unrelated("Base Unit of Measure", "Item", item.base_unit_of_measure_code, "Unit of Measure")
    group = books.tax_groups.one("code", item.tax_group_code)
    if group is None:
        raise unrelated("Tax Group Code", "Item", item.tax_group_code, "Tax Group")
    return books.put(books.items, replace(item, base_unit_of_measure_id=unit.id, tax_group_id=group.id))

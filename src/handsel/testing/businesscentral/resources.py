"""What the API shows: collections, what leads from a row to others, and what may be done with rows (erp 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from handsel.testing.businesscentral import drafts, masters, posting, settling
from handsel.testing.businesscentral.bodies import Json
from handsel.testing.businesscentral.books import Books, Table
from handsel.testing.businesscentral.columns import NO_ID
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.forms import CREDIT_MEMO, INVOICE, ORDER, Form
from handsel.testing.businesscentral.refusals import dialog, field_test
from handsel.testing.businesscentral.rows import Document, DocumentLine, Row, SalesInvoice

D = TypeVar("D", bound=Document)
L = TypeVar("L", bound=DocumentLine)
Sent = Mapping[str, Json]
Made = tuple[str, Row]
"""A collection and a row of it."""
Act = Callable[[Company, str], Made | None]
"""What an action does with the row of an id; what it made."""

_TERMS = {
    "currency": ("currencies", "currency_id"),
    "paymentTerm": ("paymentTerms", "payment_terms_id"),
    "shipmentMethod": ("shipmentMethods", "shipment_method_id"),
}
_LINE = {
    "item": ("items", "item_id"),
    "account": ("accounts", "account_id"),
    "unitOfMeasure": ("unitsOfMeasure", "unit_of_measure_id"),
}
_PLAIN = {
    "unitsOfMeasure": "unitOfMeasure",
    "currencies": "currency",
    "paymentTerms": "paymentTerm",
    "shipmentMethods": "shipmentMethod",
    "accounts": "account",
    "taxGroups": "taxGroup",
}


@dataclass(frozen=True)
class Resource:
    """One collection. What is done with a row is told the row's id; what is not there is not allowed."""

    name: str
    """The collection's name."""
    one: str
    """The name of one row's type."""
    table: Table[Row]
    to_one: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Navigation to one row: its collection, and the attribute with its id."""
    to_many: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Navigation to rows: their collection, and their attribute with this row's id."""
    parent: tuple[str, str, str] | None = None
    """The property and attribute with the id of the row that these belong to, and its collection."""
    create: Callable[[Company, Sent], Row] | None = None
    change: Callable[[Company, str, Sent], Row] | None = None
    delete: Callable[[Company, str], None] | None = None
    actions: Mapping[str, Act] = field(default_factory=dict)


def resources_of(books: Books) -> Mapping[str, Resource]:
    """All collections by name."""
    found = [Resource(name, one, books.tables[name]) for name, one in _PLAIN.items()]
    found += [_customers(books), _items(books), *_payments(books)]
    found += _documents(books, ORDER, {"shipAndInvoice": _ship_and_invoice})
    found += _documents(books, INVOICE, _INVOICE_ACTIONS)
    found += _documents(books, CREDIT_MEMO, {"post": _post_credit_memo, "send": _send(CREDIT_MEMO)})
    return {resource.name: resource for resource in found}


def _customers(books: Books) -> Resource:
    def delete(company: Company, key: str) -> None:
        row = company.books.customers.rows[key]
        if company.books.orders.one("customer_number", row.number) is not None:
            raise dialog(
                f"You cannot delete Customer {row.number} because there is at least one outstanding Sales Order for "
                "this customer."
            )
        company.books.remove(company.books.customers, row)

    return Resource(
        "customers",
        "customer",
        books.tables["customers"],
        _TERMS,
        create=masters.create_customer,
        change=lambda company, key, sent: masters.change_customer(company, company.books.customers.rows[key], sent),
        delete=delete,
    )


def _items(books: Books) -> Resource:
    return Resource(
        "items",
        "item",
        books.tables["items"],
        {"unitOfMeasure": ("unitsOfMeasure", "base_unit_of_measure_id"), "taxGroup": ("taxGroups", "tax_group_id")},
        create=lambda company, sent: masters.create_item(company, sent),
        change=lambda company, key, sent: masters.change_item(company, company.books.items.rows[key], sent),
    )


def _payments(books: Books) -> list[Resource]:
    return [
        Resource(
            "customerPaymentJournals",
            "customerPaymentJournal",
            books.tables["customerPaymentJournals"],
            to_many={"customerPayments": ("customerPayments", "journal_id")},
        ),
        Resource(
            "customerPayments",
            "customerPayment",
            books.tables["customerPayments"],
            {"customer": ("customers", "customer_id")},
            parent=("journalId", "journal_id", "customerPaymentJournals"),
            create=masters.create_payment,
            delete=lambda company, key: company.books.remove(company.books.payments, company.books.payments.rows[key]),
        ),
    ]


def _documents(books: Books, form: Form[D, L], actions: Mapping[str, Act]) -> list[Resource]:
    """The collections of a kind of document: heads and lines."""

    def head(company: Company, key: str) -> D:
        return form.heads(company.books).rows[key]

    def line(company: Company, key: str) -> tuple[D, L]:
        found = form.lines(company.books).rows[key]
        return head(company, found.document_id), found

    def create_line(company: Company, sent: Sent) -> Row:
        key = sent.get("documentId", NO_ID)
        owner = form.heads(company.books).get(str(key).lower())
        if owner is None:
            raise dialog(
                "You must specify a Document Id to create a line."
                if key == NO_ID
                else "No document with the specified ID exists."
            )
        return drafts.create_line(company, form, owner, sent)

    heads_name, lines_name = f"{form.name}s", form.lines_name
    return [
        Resource(
            heads_name,
            form.name,
            books.tables[heads_name],
            {"customer": ("customers", "customer_id"), **_TERMS},
            {lines_name: (lines_name, "document_id")},
            create=lambda company, sent: drafts.create_document(company, form, sent),
            change=lambda company, key, sent: drafts.change_document(company, form, head(company, key), sent),
            delete=lambda company, key: drafts.delete_document(company, form, head(company, key)),
            actions=actions,
        ),
        Resource(
            lines_name,
            form.line_name,
            books.tables[lines_name],
            {form.name: (heads_name, "document_id"), **_LINE},
            parent=("documentId", "document_id", heads_name),
            create=create_line,
            change=lambda company, key, sent: drafts.change_line(company, form, *line(company, key), sent),
            delete=lambda company, key: drafts.delete_line(company, form, *line(company, key)),
        ),
    ]


def _ship_and_invoice(company: Company, key: str) -> Made | None:
    posted = posting.post_order(company, company.books.orders.rows[key], ship=True, invoice=True)
    return None if posted is None else ("salesInvoices", posted)


def _invoice_action(act: Callable[[Company, SalesInvoice], Row], collection: str, *, sends: bool = False) -> Act:
    def run(company: Company, key: str) -> Made | None:
        invoice = company.books.invoices.rows[key]
        if sends:
            _require_email(invoice)
        return collection, act(company, invoice)

    return run


def _post(company: Company, invoice: SalesInvoice) -> SalesInvoice:
    drafts.require_draft(INVOICE, invoice)
    return posting.post_invoice(company, invoice)


def _cancel(company: Company, invoice: SalesInvoice) -> SalesInvoice:
    settling.cancel(company, invoice)
    return company.books.invoices.rows[invoice.id]


def _post_credit_memo(company: Company, key: str) -> Made | None:
    return "salesCreditMemos", settling.post_credit_memo(company, company.books.credit_memos.rows[key])


def _send(form: Form[D, L]) -> Act:
    def run(company: Company, key: str) -> Made | None:
        _require_email(form.heads(company.books).rows[key])
        return None

    return run


def _require_email(document: Document) -> None:
    if not document.email:
        raise field_test(
            "The send-to email is empty. Specify email either for the customer or for the invoice in email preview."
        )


_INVOICE_ACTIONS: Mapping[str, Act] = {
    "post": _invoice_action(_post, "salesInvoices"),
    "postAndSend": _invoice_action(_post, "salesInvoices", sends=True),
    "send": _send(INVOICE),
    "cancel": _invoice_action(_cancel, "salesInvoices"),
    "cancelAndSend": _invoice_action(_cancel, "salesInvoices", sends=True),
    "makeCorrectiveCreditMemo": _invoice_action(settling.make_corrective_credit_memo, "salesCreditMemos"),
}

"""The kinds of sales documents: order, invoice, credit memo. What they share is in `drafts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from handsel.testing.businesscentral.books import Books, Table
from handsel.testing.businesscentral.refusals import dialog
from handsel.testing.businesscentral.rows import (
    BLANK,
    Customer,
    Document,
    DocumentLine,
    SalesCreditMemo,
    SalesInvoice,
    SalesOrder,
    SalesOrderLine,
)

D = TypeVar("D", bound=Document)
L = TypeVar("L", bound=DocumentLine)


@dataclass(frozen=True)
class Form(Generic[D, L]):
    """A kind of document."""

    title: str
    """As sentences name it."""
    name: str
    """As the API names one document; an `s` more is the collection."""
    heads: Callable[[Books], Table[D]]
    lines: Callable[[Books], Table[L]]
    series: str
    first: int
    """Its number series and the first number of it."""
    dated: str
    """The attribute of the document's date."""

    @property
    def line_name(self) -> str:
        """As the API names one line."""
        return f"{self.name}Line"

    @property
    def lines_name(self) -> str:
        """As the API names the lines."""
        return f"{self.name}Lines"

    def lines_of(self, books: Books, head: D) -> list[L]:
        """A document's lines, in their order."""
        return sorted(self.lines(books).with_value("document_id", head.id), key=lambda line: line.sequence)


ORDER: Form[SalesOrder, SalesOrderLine] = Form(
    "Order", "salesOrder", lambda books: books.orders, lambda books: books.order_lines, "S-ORD", 101001, "order_date"
)
INVOICE: Form[SalesInvoice, DocumentLine] = Form(
    "Invoice",
    "salesInvoice",
    lambda books: books.invoices,
    lambda books: books.invoice_lines,
    "S-INV",
    102001,
    "invoice_date",
)
CREDIT_MEMO: Form[SalesCreditMemo, DocumentLine] = Form(
    "Credit Memo",
    "salesCreditMemo",
    lambda books: books.credit_memos,
    lambda books: books.credit_memo_lines,
    "S-CR",
    105001,
    "credit_memo_date",
)
AnyForm: TypeAlias = (
    "Form[SalesOrder, SalesOrderLine] | Form[SalesInvoice, DocumentLine] | Form[SalesCreditMemo, DocumentLine]"
)
FORMS: tuple[AnyForm, ...] = (ORDER, INVOICE, CREDIT_MEMO)


def require_unblocked(customer: Customer, title: str, *, ships: bool = False, posts: bool = False) -> None:
    """Refuse a document of a blocked customer, when it is made or posted (erp 8.16)."""
    how = customer.blocked
    if how == BLANK or (how != "All" and title == CREDIT_MEMO.title):
        return
    if how == "Ship" and not (ships if posts else title == ORDER.title):
        return
    doing = "post" if posts else "create"
    raise dialog(f"You cannot {doing} this type of document when Customer {customer.number} is blocked with type {how}")

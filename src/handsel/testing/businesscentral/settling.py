"""What happens to a posted invoice: payment, taking a payment back, cancelling, credit memos (erp 8.20, 8.21).

Nothing here commits: all of it happens inside one change of the books.
"""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from msgspec.structs import asdict, replace

from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.forms import CREDIT_MEMO, INVOICE, require_unblocked
from handsel.testing.businesscentral.refusals import dialog, plain
from handsel.testing.businesscentral.rows import (
    ZERO,
    Applied,
    CustomerPayment,
    SalesCreditMemo,
    SalesInvoice,
)

POSTED_CREDIT_MEMOS = ("PS-CR", 104001)
"""The number series of posted credit memos, and its first number."""
_HEAD = frozenset(SalesCreditMemo.__struct_fields__) & frozenset(SalesInvoice.__struct_fields__)
_OWN = {"etag", "id", "last_modified_date_time", "number", "status", "document_id"}
_DRAFTS = ("Draft", "In_x0020_Review")


def require_posted(invoice: SalesInvoice) -> None:
    """Refuse a draft."""
    if invoice.status in _DRAFTS:
        raise dialog("The action can be applied to a posted invoice only.")


def pay(company: Company, invoice: SalesInvoice, amount: Decimal) -> SalesInvoice:
    """Apply a payment, in the invoice's currency. What is more than the remaining amount stays unapplied."""
    require_posted(invoice)
    if amount <= 0:
        raise dialog(f"A payment of {plain(amount)} cannot be applied to invoice {invoice.number}: it is not positive.")
    applied = min(amount, invoice.remaining_amount)
    if applied:
        company.books.put(company.books.applied, Applied(invoice_id=invoice.id, amount=applied))
    return _settled(company, invoice)


def unapply(company: Company, invoice: SalesInvoice) -> SalesInvoice:
    """Take all payments of an invoice back; credit memos stay."""
    require_posted(invoice)
    books = company.books
    for part in books.applied.with_value("invoice_id", invoice.id):
        if not part.credit_memo_id:
            books.remove(books.applied, part)
    return _settled(company, invoice)


def cancel(company: Company, invoice: SalesInvoice) -> SalesCreditMemo:
    """Cancel a posted invoice by a posted credit memo. Refused once something was paid."""
    require_posted(invoice)
    if invoice.status == "Canceled":
        raise dialog("The invoice cannot be canceled because it has already been canceled.")
    if invoice.remaining_amount != invoice.total_amount_including_tax:
        raise dialog(
            "You cannot cancel this posted sales invoice because it is fully or partially paid.\\To reverse a paid "
            "sales invoice, you must manually create a sales credit memo."
        )
    return post_credit_memo(company, _credit_memo_of(company, invoice))


def make_corrective_credit_memo(company: Company, invoice: SalesInvoice) -> SalesCreditMemo:
    """A draft of a credit memo with all lines of a posted invoice. Refused once something was paid."""
    require_posted(invoice)
    if invoice.remaining_amount != invoice.total_amount_including_tax:
        raise dialog(
            "The invoice is closed. The corrective credit memo will not be applied to the invoice."
            if not invoice.remaining_amount
            else "The invoice is partially paid or credited. The corrective credit memo may not be fully closed by the "
            "invoice."
        )
    return _credit_memo_of(company, invoice)


def post_credit_memo(company: Company, draft: SalesCreditMemo) -> SalesCreditMemo:
    """Post a credit memo, and apply it to its invoice. One over the whole amount cancels the invoice."""
    books = company.books
    if draft.status not in _DRAFTS:
        raise dialog("The action can be applied to a draft credit memo only.")
    require_unblocked(books.customers.rows[draft.customer_id], CREDIT_MEMO.title, posts=True)
    company.require_open_period(draft.posting_date, f"Sales Header Document Type='Credit Memo',No.='{draft.number}'")
    invoice = books.invoices.get(draft.invoice_id)
    number = books.next_number(*POSTED_CREDIT_MEMOS)
    posted = books.put(
        books.credit_memos, replace(draft, number=number, status="Open" if invoice is None else "Corrective")
    )
    if invoice is not None:
        amount = min(posted.total_amount_including_tax, invoice.remaining_amount)
        books.put(books.applied, Applied(invoice_id=invoice.id, amount=amount, credit_memo_id=posted.id))
        _settled(company, invoice, canceled=amount == invoice.total_amount_including_tax)
    return posted


def post_payment(company: Company, payment: CustomerPayment) -> SalesInvoice | None:
    """Post a payment of a journal, whose amount is negative, and apply it to its invoice (erp 8.21)."""
    books = company.books
    books.remove(books.payments, payment)
    invoice = books.invoices.get(payment.applies_to_invoice_id)
    return None if invoice is None else pay(company, invoice, -payment.amount)


def _settled(company: Company, invoice: SalesInvoice, *, canceled: bool = False) -> SalesInvoice:
    """The invoice with its remaining amount and status, by what is applied to it."""
    books = company.books
    applied = sum((part.amount for part in books.applied.with_value("invoice_id", invoice.id)), ZERO)
    remaining = invoice.total_amount_including_tax - applied
    status = "Paid" if not remaining else "Open"
    if canceled or invoice.status == "Canceled":
        status = "Canceled"
    return books.put(books.invoices, replace(invoice, remaining_amount=remaining, status=status))


def _credit_memo_of(company: Company, invoice: SalesInvoice) -> SalesCreditMemo:
    books, today = company.books, company.today()
    memo_id = str(uuid4())
    for line in INVOICE.lines_of(books, invoice):
        books.put(books.credit_memo_lines, replace(line, id=str(uuid4()), document_id=memo_id))
    values = {name: value for name, value in asdict(invoice).items() if name in _HEAD and name not in _OWN}
    values |= {"posting_date": today, "due_date": today}
    memo = SalesCreditMemo(
        id=memo_id,
        number=books.next_number(CREDIT_MEMO.series, CREDIT_MEMO.first),
        credit_memo_date=today,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        **values,
    )
    return books.put(books.credit_memos, memo)

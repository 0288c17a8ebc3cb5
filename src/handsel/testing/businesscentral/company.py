"""The company: its books, its own currency, and what whoever tests has set."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import msgspec

from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.columns import NO_DATE, NO_ID
from handsel.testing.businesscentral.refusals import dialog
from handsel.testing.businesscentral.rows import Currency, Document

PLACES = 2
"""Decimals of the company's own currency."""


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """What can be set from outside."""

    today: str = ""
    """The working date; the real one if empty."""
    posting_from: str = ""
    posting_to: str = ""
    """The first and last date that can be posted to; no limit if empty."""
    company_gone: bool = False
    """Whether the company answers 404."""
    page_size: int = 20_000
    """Most rows of an answer (erp 8.12)."""
    token_seconds: int = 3599
    """How long an access token is valid."""
    strict_discount: bool = False
    """Whether an order that is made with a discount of its head is refused, as the published source does (erp 8.18)."""


class Company:
    """One company."""

    def __init__(self, company_id: str, name: str, currency: str, books: Books) -> None:
        self.id = company_id
        self.name = name
        self.currency = currency
        self.books = books
        self.settings = Settings()

    def today(self) -> str:
        """The working date."""
        return self.settings.today or datetime.now(UTC).date().isoformat()

    def places(self, document: Document) -> int:
        """The decimals of amounts in a document's currency."""
        row = self.books.currencies.get(document.currency_id)
        return PLACES if row is None else int(row.amount_decimal_places.partition(":")[2])

    def foreign(self, code: str) -> Currency | None:
        """The row of a currency's code; None for the company's own. Refuses an unknown one (erp 8.6)."""
        if code in ("", self.currency):
            return None
        row = self.books.currencies.one("code", code)
        if row is None:
            raise dialog('The "currencyCode" does not match to a Currency.')
        return row

    def due_date(self, start: str, terms_id: str) -> str:
        """When an invoice of a date is due by its payment terms."""
        terms = self.books.payment_terms.get(terms_id)
        days = re.match(r"\d+", terms.due_date_calculation) if terms is not None else None
        return (date.fromisoformat(start) + timedelta(days=int(days.group()) if days else 0)).isoformat()

    def require_open_period(self, posting_date: str, document: str) -> None:
        """Refuse a posting date outside the allowed range (erp 8.16)."""
        first, last = self.settings.posting_from, self.settings.posting_to
        if posting_date == NO_DATE or (first and posting_date < first) or (last and posting_date > last):
            raise dialog(f"Posting Date is not within your range of allowed posting dates in {document}.")

    def require_terms(self, terms_id: str, method_id: str) -> None:
        """Refuse ids of payment terms and shipment methods that are not there."""
        if terms_id != NO_ID and self.books.payment_terms.get(terms_id) is None:
            raise dialog('The "paymentTermsId" does not match to a Payment Terms.')
        if method_id != NO_ID and self.books.shipment_methods.get(method_id) is None:
            raise dialog('The "shipmentMethodId" does not match to a Shipment Method.')

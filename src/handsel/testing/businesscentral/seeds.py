"""What the company has at the start: currencies, units, terms, accounts, tax groups. Sample data, plainly."""

from __future__ import annotations

from decimal import Decimal

from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.rows import (
    Account,
    Currency,
    PaymentJournal,
    PaymentTerm,
    ShipmentMethod,
    TaxGroup,
    UnitOfMeasure,
)

TAXABLE = "TAXABLE"
CURRENCIES = {
    "EUR": ("Euro", "€", 2),
    "USD": ("US dollar", "$", 2),
    "GBP": ("Pound sterling", "£", 2),
    "CHF": ("Swiss franc", "CHF", 2),
    "JPY": ("Yen", "¥", 0),
}
"""Name, symbol and decimals by code."""
UNITS = {"PCS": ("Piece", "EA"), "BOX": ("Box", "BX"), "HOUR": ("Hour", "HUR"), "KG": ("Kilogram", "KGM")}
TERMS = {"COD": ("Cash on delivery", 0), "14 DAYS": ("Net 14 days", 14), "1M(8D)": ("Net 30 days", 30)}
METHODS = {"EXW": "Ex warehouse", "DAP": "Delivered at place"}
ACCOUNTS = {"6110": "Sample sales", "6810": "Sample freight"}


def sow(books: Books, currency: str) -> None:
    """Fill an empty company whose own currency is `currency`; that one is no row (erp 8.6)."""
    with books.change():
        for code, (name, symbol, places) in CURRENCIES.items():
            if code != currency:
                books.put(
                    books.currencies,
                    Currency(
                        code=code,
                        display_name=name,
                        symbol=symbol,
                        amount_decimal_places=f"{places}:{places}",
                        amount_rounding_precision=Decimal(1).scaleb(-places),
                    ),
                )
        for code, (name, standard) in UNITS.items():
            books.put(books.units, UnitOfMeasure(code=code, display_name=name, international_standard_code=standard))
        for code, (name, days) in TERMS.items():
            books.put(books.payment_terms, PaymentTerm(code=code, display_name=name, due_date_calculation=f"{days}D"))
        for code, name in METHODS.items():
            books.put(books.shipment_methods, ShipmentMethod(code=code, display_name=name))
        for number, name in ACCOUNTS.items():
            books.put(books.accounts, Account(number=number, display_name=name, category="Income"))
        books.put(books.tax_groups, TaxGroup(code=TAXABLE, display_name="Sample tax of 20 %", percent=Decimal(20)))
        books.put(books.tax_groups, TaxGroup(code="NONTAXABLE", display_name="No tax"))
        books.put(books.payment_journals, PaymentJournal(code="GENERAL", display_name="Sample payments"))

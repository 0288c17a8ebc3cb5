"""A document with lines of catalog products keeps a price list, and takes no such lines without one (pricing 2.1).

2 lamps are 39.98, a write-in 10, both 49.98.
"""

from decimal import Decimal
from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, line, write_in

GETS = {
    "quote": handsel.GetQuoteProductsFromOpportunity,
    "salesorder": handsel.GetSalesOrderProductsFromOpportunity,
    "invoice": handsel.GetInvoiceProductsFromOpportunity,
}
GENERATES = {
    "quote": handsel.GenerateQuoteFromOpportunity,
    "salesorder": handsel.GenerateSalesOrderFromOpportunity,
    "invoice": handsel.GenerateInvoiceFromOpportunity,
}
LOCKS = {"opportunity": "hs_ispricelocked", "quote": "hs_ispricelocked"}
MISSING = Code.MISSING_PRICE_LEVEL_ID
every_document = pytest.mark.parametrize("table", LINES)
every_target = pytest.mark.parametrize("table", GETS)


def work() -> dict[str, object]:
    return write_in("Work", 10)


@every_target
def test_no_products_come_into_a_document_without_a_price_list(company: Company, table: str) -> None:
    opportunity = company.opportunity(line(company.lamp, 2), work())
    document = company.document(table, work(), pricelevelid=None)
    company.refuses(GETS[table](document, opportunity), MISSING, "price list", "pricelevelid")
    typed = company.opportunity(line(company.lamp, 2, ispriceoverridden=True, priceperunit=5))
    company.refuses(GETS[table](document, typed), MISSING)
    company.update(table, document, pricelevelid=company.price_list)
    company.do(GETS[table](document, opportunity))
    assert company.total(table, document) == Decimal("59.98")


@every_target
def test_write_ins_come_without_a_price_list(company: Company, table: str) -> None:
    document = company.document(table, pricelevelid=None)
    company.do(GETS[table](document, company.opportunity(work(), pricelevelid=None)))
    assert company.total(table, document) == 10


@every_target
def test_of_a_list_only_the_document_without_a_price_list_is_refused(company: Company, table: str) -> None:
    opportunity = company.opportunity(line(company.lamp, 2))
    bare, listed = company.document(table, pricelevelid=None), company.document(table)
    messages = [GETS[table](document, opportunity) for document in (bare, listed)]
    refusal, done = company.session.execute_many(messages, on_refusal="collect")
    assert (refusal.error.code, done) == (MISSING, None)
    assert [company.total(table, document) for document in (bare, listed)] == [0, Decimal("39.98")]


@every_document
def test_the_price_list_of_catalog_lines_is_not_emptied(company: Company, table: str) -> None:
    document = company.document(table, line(company.lamp, 2), work())
    emptied = handsel.Update(table, document, {"pricelevelid": None})
    company.refuses(emptied, MISSING, "a line of catalog products", "pricelevelid")
    company.update(table, document, **{LOCKS.get(table, "ispricelocked"): True})
    company.refuses(emptied, MISSING)
    assert company.total(table, document) == Decimal("49.98")
    [first, _second] = company.lines(table, document)
    company.update(table, document, **{LOCKS.get(table, "ispricelocked"): False})
    company.delete(LINES[table][0], first.id)
    company.update(table, document, pricelevelid=None)
    assert company.total(table, document) == 10


@every_document
def test_a_typed_price_needs_the_price_list_too(company: Company, table: str) -> None:
    document = company.document(table, line(company.lamp, 2, ispriceoverridden=True, priceperunit=5))
    company.refuses(handsel.Update(table, document, {"pricelevelid": None}), MISSING)
    assert company.total(table, document) == 10


@every_document
def test_another_price_list_prices_anew_and_says_which_line_it_lacks(company: Company, table: str) -> None:
    half = company.create("pricelevel", name="Half")
    item = {"productid": company.lamp, "uomid": company.piece, "amount": 10, "pricingmethodcode": 1}
    company.create("productpricelevel", pricelevelid=half, **item)
    document = company.document(table, line(company.lamp, 2), line(company.desk))
    company.update(table, document, pricelevelid=half)
    lamp, desk = company.lines(table, document)
    assert (lamp["extendedamount"], lamp["pricingerrorcode"], desk["pricingerrorcode"]) == (20, 0, 11)
    assert company.columns(table, document, "totalamount", "pricingerrorcode") == (20, 1)


def without_list(company: Company, table: str, *, locked: bool = True) -> UUID:
    """A document of 2 lamps, 39.98, and work that lost its list while lists were optional; its prices are locked."""
    company.settings(ispricelistmandatory=False)
    document = company.document(table, line(company.lamp, 2), work())
    company.update(table, document, **{LOCKS.get(table, "ispricelocked"): locked})
    company.update(table, document, pricelevelid=None)
    company.settings(ispricelistmandatory=True)
    assert company.total(table, document) == Decimal("49.98")
    return document


@every_document
def test_todays_prices_are_not_read_from_no_list(company: Company, table: str) -> None:
    document = without_list(company, table)
    lock = LOCKS.get(table, "ispricelocked")
    company.refuses(handsel.Update(table, document, {lock: False}), MISSING)
    assert company.do(handsel.RetrievePriceTrace(Reference(table, document)))
    company.update(table, document, freightamount=5)
    assert company.total(table, document) == Decimal("54.98")
    company.do(handsel.RecalculatePrice(table, document))
    assert company.total(table, document) == Decimal("54.98")


def test_unlocking_an_order_without_a_list_is_refused(company: Company) -> None:
    company.refuses(handsel.UnlockSalesOrderPricing(without_list(company, "salesorder")), MISSING)
    company.refuses(handsel.UnlockInvoicePricing(without_list(company, "invoice")), MISSING)


@every_target
def test_a_conversion_loses_no_line(company: Company, table: str) -> None:
    opportunity = without_list(company, "opportunity")
    made = company.do(GENERATES[table](opportunity))
    assert company.total(table, made.id) == Decimal("49.98")


def test_a_quote_that_would_be_priced_anew_is_refused(company: Company) -> None:
    opportunity = without_list(company, "opportunity", locked=False)
    company.refuses(handsel.GenerateQuoteFromOpportunity(opportunity), MISSING, "Lamp")
    for table in ("salesorder", "invoice"):
        assert company.total(table, company.do(GENERATES[table](opportunity)).id) == Decimal("49.98")


def test_a_revision_without_a_list_is_refused(company: Company) -> None:
    quote = without_list(company, "quote", locked=False)
    company.settings(ispricelistmandatory=False)
    company.update("quote", quote, statecode=1)
    company.do(handsel.CloseQuote({"quoteid": quote}))
    company.settings(ispricelistmandatory=True)
    company.refuses(handsel.ReviseQuote(quote), MISSING, "Lamp")


@every_document
def test_with_optional_price_lists_a_document_without_one_keeps_its_prices(company: Company, table: str) -> None:
    """Recalculating it is what takes the price 0 that a product without a list has."""
    company.settings(ispricelistmandatory=False)
    document = company.document(table, line(company.lamp, 2), work())
    company.update(table, document, pricelevelid=None)
    assert company.total(table, document) == Decimal("49.98")
    company.update(table, document, freightamount=5)
    assert company.total(table, document) == Decimal("54.98")
    company.do(handsel.RecalculatePrice(table, document))
    assert company.total(table, document) == 15


@every_target
def test_with_system_pricing_off_the_amounts_are_the_clients(company: Company, table: str) -> None:
    company.settings(oobpricecalculationenabled=False)
    document = company.document(table, line(company.lamp, 2), pricelevelid=None)
    company.do(GETS[table](document, company.opportunity(line(company.lamp, 2))))
    assert len(company.lines(table, document)) == 2

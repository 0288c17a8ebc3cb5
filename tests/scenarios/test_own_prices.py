"""With system pricing off, the organization's code writes the amounts (behaviour 3.14, pricing 9.4)."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

import handsel
from handsel import Reference
from handsel.engine.handlers import forget_listener
from tests.scenarios.company import LINES, Company, line, write_in

tables = pytest.mark.parametrize("table", LINES)


def discount_by_total(event) -> None:
    """The vendor's sample: 5 % above 1000, 10 % from 5000; tax 10 % below 5000 after discount, else 8 %."""
    total = Decimal(0)
    for row in event.lines:
        extended = row["quantity"] * (row["priceperunit"] or 0)
        event.set(row, {"baseamount": extended, "extendedamount": extended})
        total += extended
    percent = 10 if total >= 5000 else 5 if total > 1000 else 0
    discount = total * percent / 100
    tax = (total - discount) * (10 if total - discount < 5000 else 8) / 100
    event.set(
        event.document,
        {
            "totallineitemamount": total,
            "totaldiscountamount": discount,
            "totalamountlessfreight": total - discount,
            "totaltax": tax,
            "totalamount": total - discount + tax + (event.document["freightamount"] or 0),
        },
    )


@pytest.fixture
def rule() -> Iterator[None]:
    handsel.on(handsel.CalculatePrice)(discount_by_total)
    yield
    forget_listener(handsel.CalculatePrice, discount_by_total)


@pytest.fixture(autouse=True)
def system_pricing_off(company: Company) -> None:
    company.settings(oobpricecalculationenabled=False)


TOTALS = ("totallineitemamount", "totaldiscountamount", "totaltax", "totalamount")


@tables
@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (10, (1000, 0, 100, 1107)),  # not above 1000: no discount; tax 100; freight 7
        (11, (1100, 55, "104.5", "1156.5")),  # 1045 × 10 % tax
        (50, (5000, 500, 450, 4957)),  # 4500 is below 5000: 10 % tax
        (60, (6000, 600, 432, 5839)),  # 5400: 8 % tax
    ],
)
def test_a_registered_rule_discounts_by_total(company: Company, rule, table, quantity, expected):
    document = company.document(table, write_in("Work", 100, quantity), freightamount=7)
    assert company.columns(table, document, *TOTALS) == tuple(Decimal(value) for value in expected)
    (detail,) = company.lines(table, document)
    assert detail["extendedamount"] == 100 * quantity


@tables
def test_the_rule_follows_every_change_of_a_line(company: Company, rule, table):
    document = company.document(table, write_in("Work", 100, 10))
    (detail,) = company.lines(table, document)
    company.update(LINES[table][0], detail.id, quantity=11)
    assert company.total(table, document) == Decimal("1149.50")
    added = company.create(LINES[table][0], **{f"{table}id": document}, **write_in("More", 100, 49))
    assert company.total(table, document) == 5832
    company.delete(LINES[table][0], added)
    assert company.total(table, document) == Decimal("1149.50")


def test_the_rule_prices_what_is_converted(company: Company, rule):
    opportunity = company.opportunity(write_in("Work", 100, 60))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    company.update("quote", quote.id, statecode=1)
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote.id))
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order.id))
    assert [row["totalamount"] for row in (quote, order, invoice)] == [5832] * 3


def test_amounts_are_rounded_to_the_currency(company: Company, rule):
    quote = company.quote(write_in("Work", "0.33", 1))
    assert company.columns("quote", quote, "totaltax", "totalamount") == (Decimal("0.03"), Decimal("0.36"))


def test_a_rule_that_names_no_column_is_refused_and_nothing_is_written(company: Company):
    def wrong(event) -> None:
        event.set(event.document, {"totalamuont": 1})

    handsel.on(handsel.CalculatePrice)(wrong)
    try:
        before = company.session.count("quote")
        with pytest.raises(handsel.UnknownColumn, match="totalamuont"):
            company.quote()
        assert company.session.count("quote") == before
    finally:
        forget_listener(handsel.CalculatePrice, wrong)


@tables
def test_without_a_rule_nothing_is_calculated_and_totals_can_be_written(company: Company, table):
    document = company.document(table, write_in("Work", 100, 10))
    assert company.total(table, document) is None
    company.update(table, document, totalamount="12.34")
    (detail,) = company.lines(table, document)
    company.update(LINES[table][0], detail.id, extendedamount="11.11")
    assert company.total(table, document) == Decimal("12.34")
    assert company.lines(table, document)[0]["extendedamount"] == Decimal("11.11")
    assert company.columns(table, document, "totalamount_base") == (Decimal("12.34"),)


@tables
def test_calculate_price_asks_for_a_document_or_the_document_of_a_line(company: Company, table):
    document = company.document(table, write_in("Work", 100, 10))
    (detail,) = company.lines(table, document)
    asked = []
    handsel.on(handsel.CalculatePrice)(listener := lambda event: asked.append(event.target))
    try:
        company.do(handsel.CalculatePrice(Reference(table, document)))
        company.do(handsel.CalculatePrice(Reference(LINES[table][0], detail.id)))
    finally:
        forget_listener(handsel.CalculatePrice, listener)
    assert asked == [Reference(table, document)] * 2


def test_when_system_pricing_is_on_again_the_rule_is_not_asked(company: Company, rule):
    company.settings(oobpricecalculationenabled=True)
    quote = company.quote(line(company.lamp, 100))
    assert company.total("quote", quote) == 1999

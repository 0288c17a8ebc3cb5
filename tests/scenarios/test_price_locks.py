"""Locked prices stay, unlocked ones follow the list; drafts change only when asked to (behaviour 3.11, pricing 9)."""

from decimal import Decimal

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, line, write_in

MESSAGES = {
    "salesorder": ("LockSalesOrderPricing", "UnlockSalesOrderPricing"),
    "invoice": ("LockInvoicePricing", "UnlockInvoicePricing"),
}
lockable = pytest.mark.parametrize("table", MESSAGES)


def lock(company: Company, table: str, id) -> None:
    assert company.do(getattr(handsel, MESSAGES[table][0])(id)) is None


def unlock(company: Company, table: str, id) -> None:
    assert company.do(getattr(handsel, MESSAGES[table][1])(id)) is None


def reprice(company: Company, amount) -> None:
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount=amount)


def discounted(company: Company, *ranges: tuple[int, int, int]) -> None:
    """Give the lamp a discount list of percentages."""
    discounts = company.create("discounttype", name="Volume", isamounttype=False)
    for low, high, percentage in ranges:
        company.create("discount", discounttypeid=discounts, lowquantity=low, highquantity=high, percentage=percentage)
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount=100, discounttypeid=discounts)


@lockable
def test_locking_twice_and_unlocking_twice_are_refused(company: Company, table):
    document = company.document(table)
    lock_, unlock_ = (getattr(handsel, name) for name in MESSAGES[table])
    company.refuses(unlock_(document), Code.ENTITY_IS_UNLOCKED)
    lock(company, table, document)
    assert company.columns(table, document, "ispricelocked") == (True,)
    company.refuses(lock_(document), Code.ENTITY_IS_LOCKED)
    unlock(company, table, document)
    assert company.columns(table, document, "ispricelocked") == (False,)


@lockable
def test_unlocking_reads_every_catalog_price_at_once(company: Company, table):
    document = company.document(
        table, line(company.lamp, 2), line(company.lamp, ispriceoverridden=True, priceperunit=7)
    )
    lock(company, table, document)
    reprice(company, 25)
    assert company.total(table, document) == Decimal("46.98")
    unlock(company, table, document)
    assert [row["priceperunit"] for row in company.lines(table, document)] == [25, 7]
    assert company.total(table, document) == 57


@lockable
def test_given_locked_prices_then_quantity_discount_tax_and_header_still_count(company: Company, table):
    document = company.document(table, line(company.lamp, 2))
    lock(company, table, document)
    reprice(company, 25)
    (detail,) = company.lines(table, document)
    company.update(LINES[table][0], detail.id, quantity=3, manualdiscountamount=5, tax=2)
    company.update(table, document, freightamount=10, discountpercentage=10)
    (detail,) = company.lines(table, document)
    assert (detail["priceperunit"], detail["baseamount"], detail["extendedamount"]) == (
        Decimal("19.99"),
        Decimal("59.97"),
        Decimal("56.97"),
    )
    assert company.total(table, document) == Decimal("61.47")  # 54.97 − 5.50 + 10 + 2


@lockable
def test_given_locked_prices_when_the_quantity_changes_then_the_volume_discount_is_found_anew(company: Company, table):
    discounted(company, (10, 19, 10), (20, 99, 20))
    document = company.document(table, line(company.lamp, 10))
    lock(company, table, document)
    reprice(company, 500)
    (detail,) = company.lines(table, document)
    assert (detail["volumediscountamount"], detail["baseamount"]) == (10, 900)
    company.update(LINES[table][0], detail.id, quantity=20)
    (detail,) = company.lines(table, document)
    assert (detail["priceperunit"], detail["volumediscountamount"], detail["baseamount"]) == (100, 20, 1600)
    company.update(LINES[table][0], detail.id, quantity=5)
    (detail,) = company.lines(table, document)
    assert (detail["priceperunit"], detail["volumediscountamount"], detail["baseamount"]) == (100, 0, 500)


@lockable
def test_given_locked_prices_then_no_write_in_and_no_typed_price(company: Company, table):
    document = company.document(table, line(company.lamp), write_in("Work", 5))
    lock(company, table, document)
    lines, key = LINES[table][0], f"{table}id"
    company.refuses(handsel.Create(lines, {key: document, **write_in("More", 5)}), Code.ENTITY_IS_LOCKED, "locked")
    typed = line(company.lamp, ispriceoverridden=True, priceperunit=5)
    company.refuses(handsel.Create(lines, {key: document, **typed}), Code.ENTITY_IS_LOCKED)
    catalog, own = company.lines(table, document)
    for detail in (catalog, own):
        company.refuses(
            handsel.Update(lines, detail.id, {"ispriceoverridden": True, "priceperunit": 3}), Code.ENTITY_IS_LOCKED
        )
    company.create(lines, **{key: document}, **line(company.desk))
    assert company.total(table, document) == Decimal("274.99")


@lockable
def test_a_locked_document_that_cannot_be_edited_cannot_be_unlocked(company: Company, table):
    source = {
        "salesorder": handsel.GenerateSalesOrderFromOpportunity,
        "invoice": handsel.GenerateInvoiceFromOpportunity,
    }[table]
    document = company.do(source(company.opportunity())).id
    if table == "salesorder":
        company.do(handsel.FulfillSalesOrder({"salesorderid": document}))
    else:
        company.update(table, document, statecode=2)
    for name in MESSAGES[table]:
        company.refuses(getattr(handsel, name)(document), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)


# Drafts and recalculation (pricing 9.1)


@pytest.mark.parametrize("table", LINES)
def test_a_changed_price_list_does_not_change_a_document_silently(company: Company, table):
    document = company.document(table, line(company.lamp), line(company.desk))
    reprice(company, 25)
    lamp, desk = company.lines(table, document)
    company.update(LINES[table][0], desk.id, quantity=2)
    company.update(table, document, freightamount=1)
    assert company.lines(table, document)[0]["priceperunit"] == Decimal("19.99")
    changes = company.do(handsel.RetrievePriceChanges(Reference(table, document)))
    assert [(row["lineid"], row["priceperunit"], row["todayspriceperunit"]) for row in changes] == [
        (lamp.id, Decimal("19.99"), 25)
    ]
    company.do(handsel.RecalculatePrice(table, document))
    assert company.total(table, document) == 526
    assert company.do(handsel.RetrievePriceChanges(Reference(table, document))) == []


@pytest.mark.parametrize("table", LINES)
def test_editing_a_line_takes_todays_price_for_that_line(company: Company, table):
    document = company.document(table, line(company.lamp), line(company.lamp))
    reprice(company, 25)
    first, _second = company.lines(table, document)
    company.update(LINES[table][0], first.id, quantity=2)
    assert [row["priceperunit"] for row in company.lines(table, document)] == [25, Decimal("19.99")]


@pytest.mark.parametrize("table", LINES)
def test_switching_an_override_off_brings_the_catalog_price_back(company: Company, table):
    document = company.document(table, line(company.lamp, ispriceoverridden=True, priceperunit=7))
    (detail,) = company.lines(table, document)
    company.update(LINES[table][0], detail.id, ispriceoverridden=False)
    assert company.total(table, document) == Decimal("19.99")


@pytest.mark.parametrize("table", LINES)
def test_a_price_given_without_override_is_ignored(company: Company, table):
    document = company.document(table, line(company.lamp, priceperunit=7))
    assert company.total(table, document) == Decimal("19.99")
    company.update(LINES[table][0], company.lines(table, document)[0].id, priceperunit=8)
    assert company.total(table, document) == Decimal("19.99")


@pytest.mark.parametrize("table", LINES)
def test_amounts_that_the_system_computes_cannot_be_sent(company: Company, table):
    document = company.document(table, line(company.lamp, baseamount=1, extendedamount=2))
    company.update(LINES[table][0], company.lines(table, document)[0].id, baseamount=1, extendedamount=2)
    company.update(table, document, totalamount=3)
    (detail,) = company.lines(table, document)
    assert (detail["baseamount"], detail["extendedamount"], company.total(table, document)) == (Decimal("19.99"),) * 3


@pytest.mark.parametrize("table", LINES)
def test_another_price_list_prices_every_line_anew(company: Company, table):
    other = company.create("pricelevel", name="Other")
    company.create(
        "productpricelevel",
        pricelevelid=other,
        productid=company.lamp,
        uomid=company.piece,
        pricingmethodcode=1,
        amount=30,
    )
    document = company.document(table, line(company.lamp, 2), line(company.desk))
    company.update(table, document, pricelevelid=other)
    rows = company.lines(table, document)
    assert [row["pricingerrorcode"] for row in rows] == [0, 11]
    assert company.columns(table, document, "pricingerrorcode", "totalamount") == (1, 60)
    company.update(table, document, pricelevelid=company.price_list)
    assert company.columns(table, document, "pricingerrorcode", "totalamount") == (0, Decimal("289.98"))


@pytest.mark.parametrize("table", LINES)
def test_deleting_a_line_prices_the_rest(company: Company, table):
    document = company.document(table, line(company.lamp), line(company.desk))
    company.delete(LINES[table][0], company.lines(table, document)[1].id)
    assert company.total(table, document) == Decimal("19.99")


def test_recalculating_a_read_only_document_is_refused(company: Company):
    for table, document in (
        ("quote", company.quote(state=1)),
        ("salesorder", company.order(state=2)),
        ("invoice", company.invoice(state=2)),
    ):
        company.refuses(handsel.RecalculatePrice(table, document), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)
        company.refuses(handsel.CalculatePrice(Reference(table, document)), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)


def test_a_volume_discount_is_found_by_both_bounds_and_not_in_a_gap(company: Company):
    discounted(company, (2, 3, 10), (5, 9, 20))
    quote = company.quote(*(line(company.lamp, count) for count in (1, 2, 3, 4, 5, 9, 10)))
    assert [row["volumediscountamount"] for row in company.lines("quote", quote)] == [0, 10, 10, 0, 20, 20, 0]


@pytest.mark.parametrize("table", LINES)
def test_the_trace_ends_in_the_stored_amounts(company: Company, table):
    document = company.document(table, line(company.lamp, 2, manualdiscountamount=1), freightamount=5)
    steps = company.do(handsel.RetrievePriceTrace(Reference(table, document)))
    results = {step["column"]: step["result"] for step in steps}
    assert Decimal(str(results["totalamount"])) == company.total(table, document) == Decimal("43.98")

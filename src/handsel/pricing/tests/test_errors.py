"""Lines in error keep their last amounts; writes that must not happen are refused with a helpful sentence."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from handsel.money.currency import Currency
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode, PricingRefusal, RefusalReason
from handsel.pricing.options import QuantitySelling
from handsel.pricing.quantity import quantity_decimals
from handsel.pricing.request import (
    DiscountList,
    DiscountRange,
    DocumentRequest,
    LineKind,
    LineRequest,
    PriceListItem,
    PricingSettings,
    ProductFacts,
    StoredAmounts,
)
from handsel.pricing.result import DocumentTotals
from handsel.pricing.units import UnitRatio

SETTINGS = PricingSettings(Currency("EUR", 2, Decimal(1)))
HUGE = Decimal("922337203685477.58")
WHOLE = PriceListItem(1, Decimal(10), quantity_selling=QuantitySelling.WHOLE)
LAST = StoredAmounts(Decimal("9.00"), Decimal("1.00"), Decimal("16.00"), Decimal("17.00"))


def document(*lines: LineRequest) -> DocumentRequest:
    return DocumentRequest(SETTINGS, lines)


def refusal_of(request: DocumentRequest) -> PricingRefusal:
    with pytest.raises(PricingRefusal) as caught:
        price_document(request)
    return caught.value


def test_a_line_in_error_keeps_its_last_amounts_and_counts_nothing() -> None:
    line = LineRequest(1, tax=Decimal(3), item_error=PricingErrorCode.INACTIVE_PRICE_LEVEL, stored=LAST)
    priced = price_document(document(line, LineRequest(2, LineKind.WRITE_IN, given_price=Decimal(5))))
    kept = priced.lines[0]
    assert kept.error_code is PricingErrorCode.INACTIVE_PRICE_LEVEL
    assert (kept.amounts.price_per_unit, kept.amounts.extended_amount) == (Decimal(9), Decimal(17))
    assert str(kept.base.extended_amount) == "17.00"
    assert kept.amounts.tax == 3
    assert priced.error_code is PricingErrorCode.DETAIL_ERROR
    assert (priced.totals.total_amount, priced.totals.total_tax) == (Decimal(5), Decimal(0))


def test_a_typed_price_stands_though_the_line_is_in_error() -> None:
    line = LineRequest(1, LineKind.OVERRIDDEN, quantity=None, given_price=Decimal("7.005"), stored=LAST)
    kept = price_document(document(line)).lines[0]
    assert kept.error_code is PricingErrorCode.MISSING_QUANTITY
    assert (str(kept.amounts.price_per_unit), str(kept.amounts.base_amount)) == ("7.01", "16.00")


def test_totals_out_of_range_keep_the_last_ones() -> None:
    lines = (LineRequest(1, LineKind.WRITE_IN, given_price=HUGE), LineRequest(2, LineKind.WRITE_IN, given_price=HUGE))
    last = DocumentTotals(*[Decimal(n) for n in (9, 9, 100, 0, 9, 91, 0, 100)])
    priced = price_document(DocumentRequest(SETTINGS, lines, freight_amount=Decimal(7), stored_totals=last))
    assert priced.error_code is PricingErrorCode.PRICE_ATTRIBUTE_OUT_OF_RANGE
    assert [line.error_code for line in priced.lines] == [PricingErrorCode.NONE, PricingErrorCode.NONE]
    assert (priced.totals.total_amount, priced.totals.freight_amount) == (Decimal(100), Decimal(7))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"product": None}, PricingErrorCode.MISSING_PRODUCT),
        ({"product": ProductFacts(Decimal(-1))}, PricingErrorCode.INVALID_PRICE),
        ({"product": ProductFacts(Decimal(1), has_list_currency=False)}, PricingErrorCode.INVALID_PRICE_LEVEL_CURRENCY),
        ({"unit_ratio": PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE}, PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE),
        ({"unit_ratio": UnitRatio(Decimal(1), Decimal(0))}, PricingErrorCode.PRICE_CALCULATION_ERROR),
    ],
)
def test_percent_methods_need_sound_facts(change: dict[str, Any], code: PricingErrorCode) -> None:
    line = LineRequest(1, item=PriceListItem(2, percentage=Decimal(50)), product=ProductFacts(Decimal(10)))
    assert price_document(document(replace(line, **change))).lines[0].error_code is code


def test_an_amount_discount_needs_the_currency_of_the_price_list() -> None:
    ranges = (DiscountRange(Decimal(1), Decimal(9), Decimal(10), Decimal(1)),)
    item = PriceListItem(1, Decimal(10), discount_list=DiscountList(True, ranges, has_list_currency=False))
    assert (
        price_document(document(LineRequest(1, item=item))).lines[0].error_code
        is PricingErrorCode.INVALID_DISCOUNT_TYPE
    )
    percent = replace(item, discount_list=DiscountList(False, ranges, has_list_currency=False))
    assert price_document(document(LineRequest(1, item=percent))).totals.total_amount == 9


def test_a_fraction_of_a_whole_only_item_is_refused() -> None:
    refusal = refusal_of(document(LineRequest(7, quantity=Decimal("2.5"), item=WHOLE, label="Bolt M8")))
    assert (refusal.reason, refusal.line_key) == (RefusalReason.FRACTION_NOT_SOLD, 7)
    assert str(refusal) == (
        "Line Bolt M8: the quantity 2.5 is refused, because the price list item sells whole units only. "
        "Enter a whole number, or let the item sell whole and fractional quantities."
    )


def test_too_many_decimals_are_refused() -> None:
    fine = LineRequest(1, quantity=Decimal("0.123456"), item=PriceListItem(1, Decimal(1)))
    assert refusal_of(document(fine)).reason is RefusalReason.TOO_MANY_QUANTITY_DECIMALS
    coarse = LineRequest(1, quantity=Decimal("1.25"), product=ProductFacts(quantity_decimal=1))
    assert "at most 1 decimals" in str(refusal_of(document(coarse)))


def test_a_line_that_is_not_written_now_is_priced_whatever_its_quantity() -> None:
    line = LineRequest(1, quantity=Decimal("2.5"), item=WHOLE, is_written=False)
    assert price_document(document(line)).totals.total_amount == 25


def test_a_catalog_line_without_a_price_list_is_refused_when_written_and_marked_otherwise() -> None:
    line = LineRequest(1, item_error=PricingErrorCode.MISSING_PRICE_LEVEL, label="Bolt")
    refusal = refusal_of(document(line))
    assert refusal.reason is RefusalReason.PRICE_LIST_REQUIRED
    assert "Choose a price list" in str(refusal)
    overridden = replace(line, kind=LineKind.OVERRIDDEN, given_price=Decimal(1))
    assert refusal_of(document(overridden)).reason is RefusalReason.PRICE_LIST_REQUIRED
    old = price_document(document(replace(line, is_written=False))).lines[0]
    assert old.error_code is PricingErrorCode.MISSING_PRICE_LEVEL


@pytest.mark.parametrize(
    ("rate", "tax", "reason"),
    [
        ("1", HUGE * 2, RefusalReason.MONEY_OUT_OF_RANGE),
        ("0.5", HUGE, RefusalReason.BASE_OVERFLOW),
        ("0.5", -HUGE, RefusalReason.BASE_UNDERFLOW),
    ],
)
def test_a_typed_amount_that_cannot_be_stored_is_refused(rate: str, tax: Decimal, reason: RefusalReason) -> None:
    settings = PricingSettings(Currency("EUR", 2, Decimal(rate)))
    line = LineRequest(1, LineKind.WRITE_IN, given_price=Decimal(1), tax=tax, label="Bolt")
    refusal = refusal_of(DocumentRequest(settings, (line,)))
    assert (refusal.reason, refusal.line_key) == (reason, 1)
    assert str(refusal).startswith("Line Bolt: tax ")
    refusal = refusal_of(DocumentRequest(settings, freight_amount=tax))
    assert (refusal.reason, refusal.line_key) == (reason, None)
    assert str(refusal).startswith("Document: freight amount ")


@pytest.mark.parametrize(
    ("item", "product", "decimals"),
    [
        (WHOLE, ProductFacts(quantity_decimal=3), 0),
        (PriceListItem(1, quantity_selling=QuantitySelling.NO_CONTROL), ProductFacts(quantity_decimal=2), 5),
        (PriceListItem(1, quantity_selling=QuantitySelling.WHOLE_AND_FRACTIONAL), None, 5),
        (None, ProductFacts(quantity_decimal=2), 2),
        (None, ProductFacts(quantity_decimal=0), 0),
        (None, None, 5),
    ],
)
def test_decimals_a_quantity_may_have(item: PriceListItem | None, product: ProductFacts | None, decimals: int) -> None:
    assert quantity_decimals(item, product) == decimals


def test_codes_are_the_documented_ones() -> None:
    assert [int(code) for code in PricingErrorCode] == list(range(39))
    assert PricingErrorCode(11).label == "Product Not In Price Level"

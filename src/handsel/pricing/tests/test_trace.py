"""The answer to "how was this computed?"."""

from decimal import Decimal

import pytest

from handsel.money.currency import Currency
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.methods.registry import METHODS, method_labels, price_method
from handsel.pricing.options import DiscountMethod
from handsel.pricing.request import (
    DiscountList,
    DiscountRange,
    DocumentRequest,
    LineKind,
    LineRequest,
    PriceListItem,
    PricingSettings,
    ProductFacts,
)
from handsel.pricing.revenue import estimated_value
from handsel.pricing.trace import Trace


def test_the_steps_of_a_line_and_of_the_document_read_as_sentences() -> None:
    discounts = DiscountList(False, (DiscountRange(Decimal(10), Decimal(99), Decimal("19.05")),))
    item = PriceListItem(2, None, Decimal(100), 2, 1, Decimal("0.20"), None, discounts)
    line = LineRequest(
        "L1",
        quantity=Decimal(10),
        manual_discount_amount=Decimal(1),
        tax=Decimal("4.00"),
        item=item,
        product=ProductFacts(Decimal("24.75")),
    )
    settings = PricingSettings(Currency("USD", 2, Decimal("0.8")), discount_method=DiscountMethod.PER_UNIT)
    trace = Trace()
    price_document(DocumentRequest(settings, (line,), Decimal(10), Decimal(5), Decimal("7.50")), trace)
    assert [str(step) for step in trace.of_line("L1")] == [
        "priceperunit 25.20 = list price × percentage ÷ 100 × base quantity of the line's unit ÷ base quantity of the "
        "default unit, by the item's rounding policy, rounded to 2 decimals (list price 24.75, percentage 100, base "
        "quantity of the line's unit 1, base quantity of the default unit 1, before the policy 24.750000, "
        "rounding amount 0.20)",
        "volume discount on one unit 4.8006 = percentage off the price in the discount list's range for the quantity, "
        "not rounded (price 25.20, quantity 10, percentage 19.05)",
        "baseamount 203.99 = quantity × (price per unit - volume discount on one unit), rounded to 2 decimals "
        "(quantity 10, price per unit 25.20, volume discount on one unit 4.8006)",
        "volumediscountamount 4.80 = volume discount on one unit, rounded to 2 decimals to be shown "
        "(volume discount on one unit 4.8006)",
        "manual discount of the line 10.00 = manual discount × quantity, rounded to 2 decimals "
        "(manual discount 1.00, quantity 10)",
        "extendedamount 197.99 = base amount - manual discount of the line + tax "
        "(base amount 203.99, manual discount of the line 10.00, tax 4.00)",
        "extendedamount_base 247.49 = amount ÷ exchange rate, rounded to 2 decimals (amount 197.99, exchange rate 0.8)",
    ]
    assert [str(step) for step in trace.of_document()][2:7] == [
        "discount by percentage 19.40 = detail amount × percentage ÷ 100, rounded to 2 decimals "
        "(detail amount 193.99, percentage 10)",
        "totaldiscountamount 34.40 = line discounts + discount by percentage + discount amount "
        "(line discounts 10.00, discount by percentage 19.40, discount amount 5.00)",
        "totalamountlessfreight 169.59 = detail amount - discount by percentage - discount amount "
        "(detail amount 193.99, discount by percentage 19.40, discount amount 5.00)",
        "totaltax 4.00 = sum of the lines' tax",
        "totalamount 181.09 = amount before freight + freight + tax "
        "(amount before freight 169.59, freight 7.50, tax 4.00)",
    ]


def test_a_trace_tells_why_a_line_counts_nothing() -> None:
    trace = Trace()
    settings = PricingSettings(Currency("EUR", 2, Decimal(1)))
    price_document(
        DocumentRequest(settings, (LineRequest("L1", item_error=PricingErrorCode.PRODUCT_NOT_IN_PRICE_LEVEL),)), trace
    )
    (step,) = trace.of_line("L1")
    assert "error 11 Product Not In Price Level; the line is left out of the totals" in step.rule


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LineRequest("L1"), "price lists are optional"),
        (LineRequest("L1", LineKind.OVERRIDDEN, given_price=Decimal(1)), "typed on the line"),
        (LineRequest("L1", LineKind.LOCKED, given_price=Decimal(1)), "prices are locked"),
        (LineRequest("L1", LineKind.BUNDLE_REQUIRED), "paid with its bundle"),
    ],
)
def test_a_trace_tells_where_the_price_comes_from(line: LineRequest, words: str) -> None:
    trace = Trace()
    price_document(DocumentRequest(PricingSettings(Currency("EUR", 2, Decimal(1))), (line,)), trace)
    assert words in trace.of_line("L1")[0].rule


def test_every_pricing_method_is_entered_once() -> None:
    assert list(method_labels()) == [1, 2, 3, 4, 5, 6] == sorted(METHODS)
    with pytest.raises(ValueError, match="already defined"):
        price_method(1, "", "", lambda item, line: ())(lambda item, line: Decimal(0))


def test_revenue_follows_the_total_only_where_the_system_calculates_it() -> None:
    typed, total = Decimal(7), Decimal(90)
    assert estimated_value(is_system_calculated=True, typed=typed, total_amount=total) == total
    assert estimated_value(is_system_calculated=False, typed=typed, total_amount=total) == typed
    assert estimated_value(is_system_calculated=False, typed=None, total_amount=total) is None

"""The steps in words for the totals of a document; only called when a trace is requested."""

from decimal import Decimal

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.request import DocumentRequest
from handsel.pricing.result import DocumentTotals
from handsel.pricing.trace import Trace, explain_base_currency


def explain_totals(
    trace: Trace, request: DocumentRequest, totals: DocumentTotals, base: DocumentTotals, percent_discount: Decimal
) -> None:
    """Record each total with its formula (pricing 5)."""
    percentage = request.discount_percentage or Decimal(0)
    net, line_discounts = totals.total_line_item_amount, totals.total_line_item_discount_amount
    percent = ("discount by percentage", percent_discount)
    discount = ("discount amount", totals.discount_amount)
    trace.add(None, "totallineitemamount", "sum over the lines without error of extended amount - tax", (), net)
    trace.add(None, "totallineitemdiscountamount", "sum of the lines' manual discounts", (), line_discounts)
    trace.add(
        None,
        "discount by percentage",
        f"detail amount × percentage ÷ 100, rounded to {request.settings.currency.precision} decimals",
        (("detail amount", net), ("percentage", percentage)),
        percent_discount,
    )
    trace.add(
        None,
        "totaldiscountamount",
        "line discounts + discount by percentage + discount amount",
        (("line discounts", line_discounts), percent, discount),
        totals.total_discount_amount,
    )
    trace.add(
        None,
        "totalamountlessfreight",
        "detail amount - discount by percentage - discount amount",
        (("detail amount", net), percent, discount),
        totals.total_amount_less_freight,
    )
    trace.add(None, "totaltax", "sum of the lines' tax", (), totals.total_tax)
    trace.add(
        None,
        "totalamount",
        "amount before freight + freight + tax",
        (
            ("amount before freight", totals.total_amount_less_freight),
            ("freight", totals.freight_amount),
            ("tax", totals.total_tax),
        ),
        totals.total_amount,
    )
    explain_base_currency(trace, None, "totalamount", totals.total_amount, request.settings, base.total_amount)


def explain_unchanged_totals(trace: Trace, code: PricingErrorCode, totals: DocumentTotals) -> None:
    """Record that totals out of range were not stored."""
    trace.add(
        None,
        "totalamount",
        f"last amount, as pricing stopped with error {code.value} {code.label}",
        (),
        totals.total_amount,
    )

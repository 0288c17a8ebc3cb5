"""The steps in words for the amounts of a line; only called when a trace is requested."""

from decimal import Decimal

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import DiscountMethod
from handsel.pricing.request import LineRequest, PricingSettings
from handsel.pricing.result import LineAmounts
from handsel.pricing.trace import Trace, explain_base_currency


def explain_base_amount(
    trace: Trace, line: LineRequest, quantity: Decimal, price: Decimal, discount: Decimal, places: int, result: Decimal
) -> None:
    """Record the base amount of a line that was computed anew."""
    trace.add(
        line.key,
        "baseamount",
        f"quantity × (price per unit - volume discount on one unit), rounded to {places} decimals",
        (("quantity", quantity), ("price per unit", price), ("volume discount on one unit", discount)),
        result,
    )


def explain_settled_base_amount(trace: Trace, line: LineRequest, result: Decimal) -> None:
    """Record a base amount that stays because nothing it depends on changed."""
    trace.add(line.key, "baseamount", "as before, as neither price nor quantity changed", (), result)


def explain_line(
    trace: Trace,
    line: LineRequest,
    settings: PricingSettings,
    discount: Decimal,
    amounts: LineAmounts,
    base: LineAmounts,
    line_discount: Decimal,
) -> None:
    """Record the volume discount as shown, the manual discount, the extended amount and its base-currency value."""
    key, places = line.key, settings.currency.precision
    trace.add(
        key,
        "volumediscountamount",
        f"volume discount on one unit, rounded to {places} decimals to be shown",
        (("volume discount on one unit", discount),),
        amounts.volume_discount_amount,
    )
    if settings.discount_method is DiscountMethod.PER_UNIT:
        trace.add(
            key,
            "manual discount of the line",
            f"manual discount × quantity, rounded to {places} decimals",
            (("manual discount", amounts.manual_discount_amount), ("quantity", line.quantity or Decimal(0))),
            line_discount,
        )
    trace.add(
        key,
        "extendedamount",
        "base amount - manual discount of the line + tax",
        (
            ("base amount", amounts.base_amount),
            ("manual discount of the line", line_discount),
            ("tax", amounts.tax),
        ),
        amounts.extended_amount,
    )
    explain_base_currency(trace, key, "extendedamount", amounts.extended_amount, settings, base.extended_amount)


def explain_unchanged(trace: Trace, line: LineRequest, code: PricingErrorCode, amounts: LineAmounts) -> None:
    """Record that a line in error keeps its last extended amount."""
    trace.add(
        line.key,
        "extendedamount",
        f"last amount, as pricing stopped with error {code.value} {code.label}; the line is left out of the totals",
        (),
        amounts.extended_amount,
    )

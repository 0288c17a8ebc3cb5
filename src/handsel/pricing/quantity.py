"""Which quantities may be written on a line."""

from handsel.money.rounding import is_whole, round_amount
from handsel.pricing.errors import PricingRefusal, RefusalReason
from handsel.pricing.options import QuantitySelling
from handsel.pricing.request import LineRequest, PriceListItem, ProductFacts

MOST_QUANTITY_DECIMALS = 5


def quantity_decimals(item: PriceListItem | None, product: ProductFacts | None) -> int:
    """How many decimals a quantity may have (pricing 10; the result of GetQuantityDecimal).

    A price list item decides by its quantity selling option; without one, the product's own limit applies.
    """
    if item is not None:
        return 0 if item.quantity_selling == QuantitySelling.WHOLE else MOST_QUANTITY_DECIMALS
    if product is None or product.quantity_decimal is None:
        return MOST_QUANTITY_DECIMALS
    return product.quantity_decimal


def check_quantity(line: LineRequest) -> None:
    """Raises PricingRefusal for a fraction of what is sold whole, or for more decimals than allowed."""
    quantity = line.quantity
    if quantity is None or is_whole(quantity):
        return
    decimals = quantity_decimals(line.item, line.product)
    if decimals == 0 and line.item is not None:
        raise PricingRefusal(
            RefusalReason.FRACTION_NOT_SOLD,
            line.key,
            f"Line {line.label or line.key}: the quantity {quantity} is refused, because the price list item sells "
            "whole units only. Enter a whole number, or let the item sell whole and fractional quantities.",
        )
    if quantity != round_amount(quantity, decimals):
        raise PricingRefusal(
            RefusalReason.TOO_MANY_QUANTITY_DECIMALS,
            line.key,
            f"Line {line.label or line.key}: the quantity {quantity} is refused, because it may have at most "
            f"{decimals} decimals. {_advice(line, decimals)}",
        )


def _advice(line: LineRequest, decimals: int) -> str:
    if decimals < MOST_QUANTITY_DECIMALS and line.product is not None:
        return "Enter fewer decimals, or raise the decimals supported by the product."
    return f"Enter at most {MOST_QUANTITY_DECIMALS} decimals."

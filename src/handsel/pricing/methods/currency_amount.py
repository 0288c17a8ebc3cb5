"""Price method 1: the amount of the price list item, as entered for its unit."""

from decimal import Decimal

from handsel.pricing.errors import PriceError, PricingErrorCode
from handsel.pricing.methods.registry import price_method
from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs

CURRENCY_AMOUNT = 1


def _inputs(item: PriceListItem, line: LineRequest) -> TraceInputs:
    return (("amount", currency_amount(item, line)),)


@price_method(CURRENCY_AMOUNT, "Currency Amount", "amount of the price list item", _inputs, has_rounding_policy=False)
def currency_amount(item: PriceListItem, line: LineRequest) -> Decimal:
    """The amount. Raises PriceError 12 without one, 17 for a negative one."""
    amount = item.amount
    if amount is None:
        raise PriceError(PricingErrorCode.MISSING_PRICE_LEVEL_AMOUNT)
    if amount < 0:
        raise PriceError(PricingErrorCode.INVALID_PRICE_LEVEL_AMOUNT)
    return amount

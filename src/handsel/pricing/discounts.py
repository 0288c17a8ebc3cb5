"""Volume discounts: the range of a discount list that a quantity falls into, and what it takes off one unit."""

from decimal import Decimal

from handsel.pricing.errors import PriceError, PricingErrorCode
from handsel.pricing.request import DiscountList, DiscountRange

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def range_for(ranges: tuple[DiscountRange, ...], quantity: Decimal) -> DiscountRange | None:
    """The range that holds the quantity, bounds included; None in a gap, below the first or above the last."""
    for candidate in ranges:
        if candidate.low_quantity <= quantity <= candidate.high_quantity:
            return candidate
    return None


def volume_discount(discounts: DiscountList, price: Decimal, quantity: Decimal) -> Decimal:
    """What comes off the price of one unit, unrounded (pricing 3).

    Applies whether or not the list is active. Raises PriceError 26 for an amount list in another currency than the
    price list, 28 for a range without a value or with a negative one.
    """
    if discounts.is_amount_type and not discounts.has_list_currency:
        raise PriceError(PricingErrorCode.INVALID_DISCOUNT_TYPE)
    found = range_for(discounts.ranges, quantity)
    if found is None:
        return _ZERO
    value = found.amount if discounts.is_amount_type else found.percentage
    if value is None or value < 0:
        raise PriceError(PricingErrorCode.INVALID_DISCOUNT)
    return value if discounts.is_amount_type else price * value / _HUNDRED

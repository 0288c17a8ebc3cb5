"""Rounding policies of a price list item: prices that end in 0.99, or are multiples of 5."""

from decimal import Decimal

from handsel.money.rounding import whole_steps
from handsel.pricing.errors import PriceError, PricingErrorCode
from handsel.pricing.options import RoundingOption, RoundingPolicy

_ZERO = Decimal(0)
_ONE = Decimal(1)


def ending_period(ending: Decimal) -> Decimal:
    """The distance between two prices with this ending: 1 below 1, otherwise the smallest power of ten above it.

    0.99 recurs every 1, 9.99 every 10, 10 every 100 (pricing 2.4).
    """
    return _ONE if ending < 1 else _ONE.scaleb(ending.adjusted() + 1)


def follow_rounding_policy(price: Decimal, policy: int | None, option: int | None, amount: Decimal | None) -> Decimal:
    """The candidate price the policy picks for an unrounded price of 0 or more (pricing 2.4).

    "Multiple of" has the candidates k × amount, "ends in" has k × period + amount. Up is the smallest candidate at or
    above the price, down the largest at or below it, nearest the closer of the two, upwards on a tie. A negative
    candidate gives 0. Raises PriceError 22, 23 or 24 for an unknown policy or option, or an amount that is not valid.
    """
    if policy is None or policy == RoundingPolicy.NONE:
        return price
    if policy not in _POLICIES:
        raise PriceError(PricingErrorCode.INVALID_ROUNDING_POLICY)
    if option not in _OPTIONS:
        raise PriceError(PricingErrorCode.INVALID_ROUNDING_OPTION)
    if amount is None or amount < 0:
        raise PriceError(PricingErrorCode.INVALID_ROUNDING_AMOUNT)
    if option == RoundingOption.MULTIPLE_OF:
        if not amount:
            raise PriceError(PricingErrorCode.INVALID_ROUNDING_AMOUNT)
        return _choose(price, policy, amount, _ZERO)
    return _choose(price, policy, ending_period(amount), amount)


_POLICIES = frozenset(RoundingPolicy)
_OPTIONS = frozenset(RoundingOption)


def _choose(price: Decimal, policy: int, period: Decimal, ending: Decimal) -> Decimal:
    below = whole_steps(price - ending, period) * period + ending
    if below == price:
        return price
    above = below + period
    if policy == RoundingPolicy.UP:
        chosen = above
    elif policy == RoundingPolicy.DOWN:
        chosen = below
    else:
        chosen = below if price - below < above - price else above
    return chosen if chosen > 0 else _ZERO

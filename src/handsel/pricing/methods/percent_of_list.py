"""Price method 2: a percentage of the product's list price."""

from decimal import Decimal

from handsel.pricing.methods.percent import HUNDRED, LIST_PRICE, percent_method

PERCENT_OF_LIST = 2


@percent_method(PERCENT_OF_LIST, "Percent of List", LIST_PRICE, "× percentage ÷ 100")
def percent_of_list(percentage: Decimal) -> tuple[Decimal, Decimal]:
    """list × p / 100, in the line's unit (pricing 2.3)."""
    return percentage, HUNDRED

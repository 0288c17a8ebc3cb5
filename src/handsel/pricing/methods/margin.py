"""Price methods 4 and 6: the price of which a cost of the product remains after the margin."""

from decimal import Decimal

from handsel.pricing.methods.percent import CURRENT_COST, HUNDRED, STANDARD_COST, percent_method

MARGIN_CURRENT_COST = 4
MARGIN_STANDARD_COST = 6
_WORDS = "× 100 ÷ (100 - percentage)"
_LIMITS = (Decimal(0), Decimal("99.99"))  # a margin of 100 would leave nothing for the cost


@percent_method(MARGIN_CURRENT_COST, "Percent Margin - Current Cost", CURRENT_COST, _WORDS, limits=_LIMITS)
@percent_method(MARGIN_STANDARD_COST, "Percent Margin - Standard Cost", STANDARD_COST, _WORDS, limits=_LIMITS)
def margin(percentage: Decimal) -> tuple[Decimal, Decimal]:
    """cost / (1 - p / 100), in the line's unit (pricing 2.3)."""
    return HUNDRED, HUNDRED - percentage

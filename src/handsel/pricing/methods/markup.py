"""Price methods 3 and 5: a cost of the product, and a percentage on top of it."""

from decimal import Decimal

from handsel.pricing.methods.percent import CURRENT_COST, HUNDRED, STANDARD_COST, percent_method

MARKUP_CURRENT_COST = 3
MARKUP_STANDARD_COST = 5
_WORDS = "× (100 + percentage) ÷ 100"


@percent_method(MARKUP_CURRENT_COST, "Percent Markup - Current Cost", CURRENT_COST, _WORDS)
@percent_method(MARKUP_STANDARD_COST, "Percent Markup - Standard Cost", STANDARD_COST, _WORDS)
def markup(percentage: Decimal) -> tuple[Decimal, Decimal]:
    """cost × (1 + p / 100), in the line's unit (pricing 2.3)."""
    return HUNDRED + percentage, HUNDRED

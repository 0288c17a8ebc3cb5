"""Price method 5: standard cost and a percentage on top of it."""

from decimal import Decimal

from handsel.pricing.methods.facts import HUNDRED, percentage, percentage_inputs, ratio, standard_cost
from handsel.pricing.methods.registry import price_method
from handsel.pricing.options import PricingMethod
from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs


def _inputs(item: PriceListItem, line: LineRequest) -> TraceInputs:
    return percentage_inputs("standard cost", standard_cost(line), item, line)


@price_method(
    PricingMethod.MARKUP_STANDARD_COST,
    "standard cost × (100 + percentage) ÷ 100 × base quantity of the line's unit ÷ base quantity of the default unit",
    _inputs,
)
def markup_standard_cost(item: PriceListItem, line: LineRequest) -> Decimal:
    """standard cost × (1 + p / 100), in the line's unit (pricing 2.3)."""
    times = HUNDRED + percentage(item)
    units = ratio(line)
    return standard_cost(line) * times * units.line_unit / (HUNDRED * units.default_unit)

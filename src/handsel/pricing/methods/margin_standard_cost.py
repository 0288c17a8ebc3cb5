"""Price method 6: standard cost is what a margin on the price leaves."""

from decimal import Decimal

from handsel.pricing.methods.facts import HUNDRED, cost_share, percentage_inputs, ratio, standard_cost
from handsel.pricing.methods.registry import price_method
from handsel.pricing.options import PricingMethod
from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs


def _inputs(item: PriceListItem, line: LineRequest) -> TraceInputs:
    return percentage_inputs("standard cost", standard_cost(line), item, line)


@price_method(
    PricingMethod.MARGIN_STANDARD_COST,
    "standard cost × 100 ÷ (100 - percentage) × base quantity of the line's unit ÷ base quantity of the default unit",
    _inputs,
)
def margin_standard_cost(item: PriceListItem, line: LineRequest) -> Decimal:
    """standard cost / (1 - p / 100), in the line's unit (pricing 2.3). A margin of 100 or more is code 18."""
    share = cost_share(item)
    units = ratio(line)
    return standard_cost(line) * HUNDRED * units.line_unit / (share * units.default_unit)

"""Price method 2: a percentage of the product's list price."""

from decimal import Decimal

from handsel.pricing.methods.facts import HUNDRED, list_price, percentage, percentage_inputs, ratio
from handsel.pricing.methods.registry import price_method
from handsel.pricing.options import PricingMethod
from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs


def _inputs(item: PriceListItem, line: LineRequest) -> TraceInputs:
    return percentage_inputs("list price", list_price(line), item, line)


@price_method(
    PricingMethod.PERCENT_OF_LIST,
    "list price × percentage ÷ 100 × base quantity of the line's unit ÷ base quantity of the default unit",
    _inputs,
)
def percent_of_list(item: PriceListItem, line: LineRequest) -> Decimal:
    """list × p / 100, in the line's unit (pricing 2.3). Divides last, once, so that nothing is lost before."""
    times = percentage(item)
    units = ratio(line)
    return list_price(line) * times * units.line_unit / (HUNDRED * units.default_unit)

"""What all percent methods do: a share of an amount of the product, carried to the line's unit (pricing 2.2, 2.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps

from handsel.pricing.methods.facts import current_cost, list_price, percentage, ratio, standard_cost
from handsel.pricing.methods.registry import price_method
from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs

HUNDRED = Decimal(100)
PERCENTAGE_LIMITS = (Decimal(0), Decimal("99999.99"))


@dataclass(frozen=True, slots=True)
class Basis:
    """The amount that the percentage is taken of, and its name for people. ``amount`` raises PriceError."""

    name: str
    amount: Callable[[LineRequest], Decimal]


LIST_PRICE = Basis("list price", list_price)
CURRENT_COST = Basis("current cost", current_cost)
STANDARD_COST = Basis("standard cost", standard_cost)

Share = Callable[[Decimal], tuple[Decimal, Decimal]]
"""Percentage → the share of the basis that is the price, as numerator and denominator."""


def percent_method(
    code: int, label: str, basis: Basis, words: str, *, limits: tuple[Decimal, Decimal] = PERCENTAGE_LIMITS
) -> Callable[[Share], Share]:
    """Register a method whose price is the decorated share of the basis; ``words`` describe the share to people.

    The formula divides last, once, so that nothing is lost before.
    """

    def enter(share: Share) -> Share:
        @wraps(share)
        def formula(item: PriceListItem, line: LineRequest) -> Decimal:
            numerator, denominator = share(percentage(item, limits))
            units = ratio(line)
            return basis.amount(line) * numerator * units.line_unit / (denominator * units.default_unit)

        def inputs(item: PriceListItem, line: LineRequest) -> TraceInputs:
            units = ratio(line)
            return (
                (basis.name, basis.amount(line)),
                ("percentage", percentage(item, limits)),
                ("base quantity of the line's unit", units.line_unit),
                ("base quantity of the default unit", units.default_unit),
            )

        rule = f"{basis.name} {words} × base quantity of the line's unit ÷ base quantity of the default unit"
        price_method(code, label, rule, inputs, uses_units=True, percentage_limits=limits)(formula)
        return share

    return enter

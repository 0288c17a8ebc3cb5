"""The table of price methods, by pricingmethodcode."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from handsel.pricing.request import LineRequest, PriceListItem
from handsel.pricing.trace import TraceInputs

PriceFormula = Callable[[PriceListItem, LineRequest], Decimal]
FormulaInputs = Callable[[PriceListItem, LineRequest], TraceInputs]


@dataclass(frozen=True, slots=True)
class PriceMethod:
    """One way to a catalog price.

    ``formula`` gives the unrounded price of one of the line's unit, or raises PriceError. ``rule`` and ``inputs``
    tell it to people. ``has_rounding_policy``: the item's rounding policy applies (not to a plain amount, pricing
    2.4).
    """

    formula: PriceFormula
    rule: str
    inputs: FormulaInputs
    has_rounding_policy: bool


METHODS: dict[int, PriceMethod] = {}


def price_method(
    code: int, rule: str, inputs: FormulaInputs, *, has_rounding_policy: bool = True
) -> Callable[[PriceFormula], PriceFormula]:
    """Enter the decorated formula for this pricingmethodcode. Raises ValueError when the code is taken."""

    def enter(formula: PriceFormula) -> PriceFormula:
        if code in METHODS:
            raise ValueError(f"Price method {code} is already defined by {METHODS[code].formula.__module__}.")
        METHODS[code] = PriceMethod(formula, rule, inputs, has_rounding_policy)
        return formula

    return enter

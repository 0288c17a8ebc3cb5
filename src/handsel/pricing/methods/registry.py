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
    """One method to compute a catalog price.

    ``label`` names it in the column's option set. ``formula`` gives the unrounded price of one of the line's unit, or
    raises PriceError. ``rule`` and ``inputs`` explain it to people. ``has_rounding_policy``: the item's rounding policy
    applies (not to a plain amount, pricing 2.4). ``uses_units``: an amount of the product, which is for its default
    unit, is carried to the line's unit, so the unit group has to be read (pricing 2.3). ``percentage_limits``: the
    lowest and the highest percentage an item may have; None for a method that takes no percentage (pricing 2.2).
    """

    label: str
    formula: PriceFormula
    rule: str
    inputs: FormulaInputs
    has_rounding_policy: bool
    uses_units: bool
    percentage_limits: tuple[Decimal, Decimal] | None


METHODS: dict[int, PriceMethod] = {}


def price_method(
    code: int,
    label: str,
    rule: str,
    inputs: FormulaInputs,
    *,
    has_rounding_policy: bool = True,
    uses_units: bool = False,
    percentage_limits: tuple[Decimal, Decimal] | None = None,
) -> Callable[[PriceFormula], PriceFormula]:
    """Register the decorated formula for this pricingmethodcode. Raises ValueError when the code is taken."""

    def enter(formula: PriceFormula) -> PriceFormula:
        if code in METHODS:
            raise ValueError(f"Price method {code} is already defined by {METHODS[code].formula.__module__}.")
        METHODS[code] = PriceMethod(label, formula, rule, inputs, has_rounding_policy, uses_units, percentage_limits)
        return formula

    return enter


def method_labels() -> dict[int, str]:
    """Code → label of every price method, by code: the options of productpricelevel.pricingmethodcode."""
    return {code: METHODS[code].label for code in sorted(METHODS)}

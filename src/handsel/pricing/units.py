"""How many of one unit make another, through the chain of base units."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from handsel.money.rounding import EXACT
from handsel.pricing.errors import PricingErrorCode

Key = TypeVar("Key", bound=Hashable)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Unit(Generic[Key]):
    """A unit of measure: ``quantity`` of ``base_unit``; the primary unit of a group has no base unit."""

    quantity: Decimal
    base_unit: Key | None = None


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """The two base quantities, not divided: dividing early would make 1 ÷ 12 inexact before the price is known."""

    line_unit: Decimal
    default_unit: Decimal


SAME_UNIT = UnitRatio(_ONE, _ONE)


class UnitChainError(Exception):
    """The chain of base units loops, or names a unit that does not exist."""


def base_quantity(unit_id: Key, units: Mapping[Key, Unit[Key]]) -> tuple[Decimal, Key]:
    """The number of primary units in one ``unit_id``, and the id of the primary unit (pricing 2.3).

    A gross of 12 dozen of 12 pieces gives (144, piece). Raises UnitChainError naming the chain when it loops or breaks.
    """
    quantity = _ONE
    chain: list[Key] = []
    while True:
        chain.append(unit_id)
        unit = units.get(unit_id)
        if unit is None:
            raise UnitChainError(f"Unit {unit_id} does not exist; give {_names(chain)} an existing base unit.")
        if unit.base_unit is None:
            return quantity, unit_id
        if unit.base_unit in chain:
            raise UnitChainError(f"Unit {unit.base_unit} is built on itself ({_names(chain)}); change one base unit.")
        quantity = EXACT.multiply(quantity, unit.quantity)
        unit_id = unit.base_unit


def unit_ratio(
    line_unit_id: Key | None, default_unit_id: Key | None, units: Mapping[Key, Unit[Key]]
) -> UnitRatio | PricingErrorCode:
    """The ratio of a line's unit to the product's default unit, or the code of what is missing (pricing 2.3).

    10 without a unit on the line; 31 without a default unit; 32 when the two do not share one unit group; 25 when a
    chain is broken or holds a quantity of zero or less. Only a percent method turns the code into an error.
    """
    if line_unit_id is None:
        return PricingErrorCode.MISSING_UOM
    if default_unit_id is None:
        return PricingErrorCode.MISSING_PRODUCT_DEFAULT_UOM
    if line_unit_id not in units or default_unit_id not in units:
        return PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE
    if line_unit_id == default_unit_id:
        return SAME_UNIT
    try:
        line_quantity, line_primary = base_quantity(line_unit_id, units)
        default_quantity, default_primary = base_quantity(default_unit_id, units)
    except UnitChainError:
        return PricingErrorCode.PRICE_CALCULATION_ERROR
    if line_primary != default_primary:
        return PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE
    if line_quantity <= 0 or default_quantity <= 0:
        return PricingErrorCode.PRICE_CALCULATION_ERROR
    return UnitRatio(line_quantity, default_quantity)


def _names(chain: list[Key]) -> str:
    return " → ".join(str(unit_id) for unit_id in chain)

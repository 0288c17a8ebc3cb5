"""Units through their chain of base units."""

from decimal import Decimal

import pytest

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.units import SAME_UNIT, Unit, UnitChainError, UnitRatio, base_quantity, unit_ratio

UNITS: dict[str, Unit[str]] = {
    "each": Unit(Decimal(1)),
    "dozen": Unit(Decimal(12), "each"),
    "gross": Unit(Decimal(12), "dozen"),
    "pallet": Unit(Decimal("2.5"), "gross"),
    "kilogram": Unit(Decimal(1)),
    "left": Unit(Decimal(2), "right"),
    "right": Unit(Decimal(3), "left"),
    "torn": Unit(Decimal(2), "gone"),
    "nothing": Unit(Decimal(0), "each"),
}


@pytest.mark.parametrize(("unit", "quantity"), [("each", "1"), ("dozen", "12"), ("gross", "144"), ("pallet", "360.0")])
def test_base_quantities_multiply_along_the_chain(unit: str, quantity: str) -> None:
    assert base_quantity(unit, UNITS) == (Decimal(quantity), "each")


def test_a_loop_is_named() -> None:
    with pytest.raises(UnitChainError, match=r"left is built on itself \(left → right\)"):
        base_quantity("left", UNITS)


def test_a_missing_base_unit_is_named() -> None:
    with pytest.raises(UnitChainError, match="gone does not exist"):
        base_quantity("torn", UNITS)


@pytest.mark.parametrize(
    ("line_unit", "default_unit", "ratio"),
    [
        ("each", "each", SAME_UNIT),
        ("gross", "dozen", UnitRatio(Decimal(144), Decimal(12))),
        ("each", None, PricingErrorCode.MISSING_PRODUCT_DEFAULT_UOM),
        (None, "each", PricingErrorCode.MISSING_UOM),
        ("each", "kilogram", PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE),
        ("each", "no such unit", PricingErrorCode.MISSING_PRODUCT_UOM_SCHEDULE),
        ("left", "each", PricingErrorCode.PRICE_CALCULATION_ERROR),
        ("nothing", "each", PricingErrorCode.PRICE_CALCULATION_ERROR),
    ],
)
def test_the_ratio_or_what_is_missing(
    line_unit: str | None, default_unit: str | None, ratio: UnitRatio | PricingErrorCode
) -> None:
    assert unit_ratio(line_unit, default_unit, UNITS) == ratio

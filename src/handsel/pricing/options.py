"""The option sets pricing decides by, with their stored values and labels."""

from enum import IntEnum
from typing import Self


class LabelledCode(IntEnum):
    """A stored number with a text for people: ``RoundingPolicy.UP == 2`` and ``RoundingPolicy.UP.label == "Up"``."""

    label: str

    def __new__(cls, value: int, label: str = "") -> Self:
        """Keep the label beside the value; with the value alone, ``RoundingPolicy(2)`` looks the member up."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def labels(cls) -> dict[int, str]:
        """Value → label, in declared order."""
        return {member.value: member.label for member in cls}


class DiscountMethod(LabelledCode):
    """organization.discountcalculationmethod: whether a manual discount is per unit or per line."""

    LINE_ITEM = 0, "Line item"
    PER_UNIT = 1, "Per unit"


class RoundingPolicy(LabelledCode):
    """productpricelevel.roundingpolicycode."""

    NONE = 1, "None"
    UP = 2, "Up"
    DOWN = 3, "Down"
    NEAREST = 4, "To Nearest"


class RoundingOption(LabelledCode):
    """productpricelevel.roundingoptioncode."""

    ENDS_IN = 1, "Ends in"
    MULTIPLE_OF = 2, "Multiple of"


class QuantitySelling(LabelledCode):
    """productpricelevel.quantitysellingcode: whether a fraction may be sold."""

    NO_CONTROL = 1, "No Control"
    WHOLE = 2, "Whole"
    WHOLE_AND_FRACTIONAL = 3, "Whole and Fractional"


class ProductType(LabelledCode):
    """producttypecode of a line."""

    PRODUCT = 1, "Product"
    BUNDLE = 2, "Bundle"
    REQUIRED_BUNDLE_PRODUCT = 3, "Required Bundle Product"
    OPTIONAL_BUNDLE_PRODUCT = 4, "Optional Bundle Product"
    PROJECT_SERVICE = 5, "Project-based Service"

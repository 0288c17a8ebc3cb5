"""The range of an amount of money, and whether an amount is above or below it."""

from decimal import Decimal
from enum import Enum

# The range of a Dataverse money column: a 64-bit integer of ten-thousandths.
HIGHEST_AMOUNT = Decimal("922337203685477.5807")
LOWEST_AMOUNT = Decimal("-922337203685477.5807")


class Breach(Enum):
    """On which side an amount is outside the money range."""

    OVERFLOW = "overflow"
    UNDERFLOW = "underflow"


def fits(amount: Decimal) -> bool:
    """Whether the amount can be stored, in any currency."""
    return LOWEST_AMOUNT <= amount <= HIGHEST_AMOUNT


def breach_of(amount: Decimal) -> Breach | None:
    """Overflow above the highest amount, underflow below the lowest, None inside the range."""
    if amount > HIGHEST_AMOUNT:
        return Breach.OVERFLOW
    if amount < LOWEST_AMOUNT:
        return Breach.UNDERFLOW
    return None

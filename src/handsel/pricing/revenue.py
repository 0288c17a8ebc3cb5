"""The estimated revenue of an opportunity."""

from decimal import Decimal


def estimated_value(*, is_system_calculated: bool, typed: Decimal | None, total_amount: Decimal) -> Decimal | None:
    """The document's total where the system calculates it, else the user's own number (pricing 5.1)."""
    return total_amount if is_system_calculated else typed

"""A currency for arithmetic: its number of decimals and its exchange rate to the base currency."""

from dataclasses import dataclass
from decimal import Decimal

MOST_DECIMALS = 4  # pricing 1: a precision is 0 to 4


def require_precision(precision: int, what: str) -> None:
    """Raises ValueError when the precision named by ``what`` is not 0 to 4 decimals."""
    if not 0 <= precision <= MOST_DECIMALS:
        raise ValueError(f"{what} must be 0 to {MOST_DECIMALS} decimals, not {precision}.")


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency.

    ``precision`` is its number of decimals, 0 to 4. ``exchange_rate`` is how many of its units one unit of the base
    currency costs; the base currency has 1 (pricing 1). Raises ValueError for another precision or a rate that
    is not above 0.
    """

    code: str
    precision: int
    exchange_rate: Decimal

    def __post_init__(self) -> None:
        require_precision(self.precision, f"The precision of currency {self.code}")
        if not self.exchange_rate > 0:
            raise ValueError(f"The exchange rate of currency {self.code} must be above 0, not {self.exchange_rate}.")

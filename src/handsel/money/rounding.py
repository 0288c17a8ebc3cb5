"""The one place that rounds: half away from zero, in decimal arithmetic that never loses a digit on the way.

Everything else in the project calls :func:`round_amount`; nothing else quantizes.
"""

from contextlib import AbstractContextManager
from decimal import (
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

# Decimal's own default keeps 28 digits. A quantity of 16 digits times a price of 19 already needs 35, and a price
# must not be rounded by an earlier step before its rounding policy is applied. With 100 digits every product in
# pricing is exact, and a quotient is never wrong on the far side of a half. (ROUND_HALF_UP is decimal's name for half
# away from zero.)
EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])

MOST_PLACES = 12  # an exchange rate, the finest number we store
_QUANTA = {places: Decimal(1).scaleb(-places) for places in range(MOST_PLACES + 1)}
_ZEROS = {places: Decimal(0).scaleb(-places) for places in range(MOST_PLACES + 1)}
_quantize = EXACT.quantize


def exact_arithmetic() -> AbstractContextManager[Context]:
    """A context in which ``+ - * /`` on decimals keep 100 digits. Enter it once per document, not once per line."""
    return localcontext(EXACT)


def round_amount(value: Decimal, places: int) -> Decimal:
    """``value`` with exactly ``places`` decimals (0 to 12), a half going away from zero (pricing 1.2).

    2.665 gives 2.67 and -2.665 gives -2.67. What rounds to nothing is a plain zero, never a negative one. Does not
    depend on the caller's decimal context. Raises ValueError for another number of decimals, decimal.InvalidOperation
    for an infinite value or one of more than 100 digits.
    """
    try:
        rounded = _quantize(value, _QUANTA[places])
    except KeyError:
        raise ValueError(f"An amount can be rounded to 0 to {MOST_PLACES} decimals, not to {places}.") from None
    return rounded if rounded else _ZEROS[places]


def at_scale(value: Decimal, places: int) -> Decimal:
    """The same value with ``places`` decimals, or unchanged if it has more significant ones."""
    rounded = round_amount(value, places)
    return rounded if rounded == value else value


def whole_steps(distance: Decimal, step: Decimal) -> Decimal:
    """The number of whole steps in the distance, rounded towards minus infinity: 3.65 in steps of 0.25 is 14.

    Raises decimal.DivisionByZero for a step of zero.
    """
    return EXACT.divide(distance, step).to_integral_value(ROUND_FLOOR)


def is_whole(value: Decimal) -> bool:
    """Whether the value has no fraction; 2.000 is whole."""
    return value == value.to_integral_value()

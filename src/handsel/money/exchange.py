"""The same amount in the base currency."""

from decimal import Decimal

from handsel.money.rounding import EXACT, round_amount

_divide = EXACT.divide


def to_base(amount: Decimal, exchange_rate: Decimal, base_precision: int) -> Decimal:
    """The amount divided by the rate, rounded to the base currency's decimals (pricing 6).

    ``exchange_rate`` is document currency units per base unit: 100.00 at 0.8 is 125.00. Raises decimal.DivisionByZero
    for a rate of zero; the result may lie outside the money range, see
    :func:`handsel.money.amount.breach_of`.
    """
    if not amount or exchange_rate == 1:
        return round_amount(amount, base_precision)
    return round_amount(_divide(amount, exchange_rate), base_precision)

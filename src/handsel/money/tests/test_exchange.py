"""Currencies, their base amounts, and the range of money."""

from decimal import Decimal

import pytest

from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT, Breach, breach_of, fits
from handsel.money.currency import Currency
from handsel.money.exchange import to_base

COIN = Decimal("0.0001")


@pytest.mark.parametrize(
    ("amount", "rate", "precision", "base"),
    [
        ("100.00", "0.8", 2, "125.00"),
        ("100.00", "3", 2, "33.33"),
        ("-0.01", "2", 2, "-0.01"),
        ("0.00", "7.31", 3, "0.000"),
        ("1.0055", "1", 3, "1.006"),
        ("922337203685477.5807", "1", 4, "922337203685477.5807"),
        ("1.00", "0.000000000001", 2, "1000000000000.00"),
    ],
)
def test_base_amounts_divide_by_the_rate(amount: str, rate: str, precision: int, base: str) -> None:
    assert str(to_base(Decimal(amount), Decimal(rate), precision)) == base


def test_a_quotient_just_below_half_a_coin_is_not_rounded_up() -> None:
    # In coins the quotient is 20868638235296 and (R - 1) / 2R for a rate of R = 4234567890123457 x 10^-12.
    # Cut to 28 digits it would read exactly one half.
    base = to_base(Decimal("883696653817892.03"), Decimal("4234.567890123457"), 2)
    assert str(base) == "208686382352.96"


def test_overflow_is_told_from_underflow() -> None:
    assert breach_of(HIGHEST_AMOUNT) is None
    assert breach_of(LOWEST_AMOUNT) is None
    assert breach_of(HIGHEST_AMOUNT + COIN) is Breach.OVERFLOW
    assert breach_of(LOWEST_AMOUNT - COIN) is Breach.UNDERFLOW
    assert fits(HIGHEST_AMOUNT)
    assert not fits(LOWEST_AMOUNT - COIN)


@pytest.mark.parametrize("precision", [-1, 5])
def test_a_currency_has_no_to_four_decimals(precision: int) -> None:
    with pytest.raises(ValueError, match="0 to 4 decimals"):
        Currency("EUR", precision, Decimal(1))


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_an_exchange_rate_is_above_zero(rate: str) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Currency("EUR", 2, Decimal(rate))

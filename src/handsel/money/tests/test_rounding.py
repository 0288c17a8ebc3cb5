"""Rounding: half away from zero, everywhere the same, whatever the caller's decimal context."""

from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT
from handsel.money.rounding import at_scale, is_whole, round_amount, whole_steps

exactly = settings(derandomize=True, max_examples=100, deadline=None)
amounts = st.decimals(min_value=-(10**18), max_value=10**18, allow_nan=False, allow_infinity=False, places=9)
places = st.integers(0, 4)


@pytest.mark.parametrize(
    ("value", "to", "rounded"),
    [
        ("2.665", 2, "2.67"),
        ("-2.665", 2, "-2.67"),
        ("2.6649999999999999999999999999999999", 2, "2.66"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("-0", 2, "0.00"),
        ("7", 4, "7.0000"),
        ("1E+3", 1, "1000.0"),
    ],
)
def test_rounds_half_away_from_zero_to_exactly_the_places(value: str, to: int, rounded: str) -> None:
    assert str(round_amount(Decimal(value), to)) == rounded


def test_the_ends_of_the_money_range_survive_any_context() -> None:
    with localcontext() as narrow:
        narrow.prec = 5
        assert str(round_amount(HIGHEST_AMOUNT, 4)) == "922337203685477.5807"
        assert str(round_amount(LOWEST_AMOUNT, 4)) == "-922337203685477.5807"
        assert str(round_amount(Decimal("99999999999.99999") * Decimal("1"), 2)) == "100000000000.00"


def test_a_product_of_the_largest_quantity_and_price_is_rounded_exactly() -> None:
    # 99999999999.99999 x 922337203685477.5807 = 92233720368547758070000000 - 9223372036.854775807, by hand.
    value = Decimal("92233720368547748846627963.145224193")
    assert str(round_amount(value, 2)) == "92233720368547748846627963.15"


@pytest.mark.parametrize("wrong", [-1, 13])
def test_other_places_are_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="0 to 12"):
        round_amount(Decimal(1), wrong)


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(InvalidOperation):
        round_amount(Decimal("Infinity"), 2)


@exactly
@given(amounts, places)
def test_rounding_twice_changes_nothing(value: Decimal, to: int) -> None:
    once = round_amount(value, to)
    assert str(round_amount(once, to)) == str(once)


@exactly
@given(amounts, places)
def test_rounding_is_symmetric(value: Decimal, to: int) -> None:
    assert round_amount(-value, to) == -round_amount(value, to)


@exactly
@given(amounts, places)
def test_rounding_never_moves_more_than_half_a_coin(value: Decimal, to: int) -> None:
    assert abs(Fraction(round_amount(value, to)) - Fraction(value)) <= Fraction(1, 2 * 10**to)


def test_at_scale_adds_zeros_but_never_changes_a_value() -> None:
    assert str(at_scale(Decimal("100.0000"), 2)) == "100.00"
    assert str(at_scale(Decimal("0.1234"), 2)) == "0.1234"


@pytest.mark.parametrize(
    ("distance", "step", "steps"), [("3.65", "0.25", 14), ("3.75", "0.25", 15), ("-0.01", "1", -1), ("0", "7", 0)]
)
def test_whole_steps_count_towards_minus_infinity(distance: str, step: str, steps: int) -> None:
    assert whole_steps(Decimal(distance), Decimal(step)) == steps


@pytest.mark.parametrize(("value", "whole"), [("2.000", True), ("-3", True), ("0.00001", False), ("1E+9", True)])
def test_whole_numbers_are_told(value: str, whole: bool) -> None:
    assert is_whole(Decimal(value)) is whole

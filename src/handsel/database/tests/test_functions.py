"""Case-folded text and exact decimals in SQLite."""

from decimal import Decimal
from itertools import product

import pytest

from handsel.database.sqlite.functions import Sum, compare_decimals, compare_numbers, is_like
from handsel.tables.fold_case import fold_case


def test_fold_case_lowers_one_letter_at_a_time() -> None:
    assert fold_case("ÄRGER Ž Ж ΣΑΣ İ") == "ärger ž ж σασ i"
    assert fold_case("STRAẞE Straße") == "straße straße"
    assert fold_case(None) is None


def test_decimals_compare_as_numbers() -> None:
    texts = ["-100000000000", "-2.5", "-2", "0", "0.0", "1E-9", "2", "2.0", "10", "100000000000.0000000001"]
    for first, second in product(texts, texts):
        a, b = Decimal(first), Decimal(second)
        assert compare_decimals(first, second) == (a > b) - (a < b)


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("abc", "a%", True),
        ("abc", "%b%", True),
        ("abc", "_b_", True),
        ("abc", "_b", False),
        ("abc", "%", True),
        ("", "%", True),
        ("", "_", False),
        ("abcbc", "a%bc", True),
        ("abcbd", "a%bc", False),
        ("a%c", "a!%c", True),
        ("abc", "a!%c", False),
        ("a_!", "a!_!!", True),
        ("abxcd", "a%_x%d", True),
    ],
)
def test_patterns(text: str, pattern: str, fits: bool) -> None:
    assert is_like(text, pattern) is fits


def test_patterns_take_no_time() -> None:
    assert is_like("a" * 2_000, "%a" * 300 + "%b") is False


def test_numbers_of_different_scales_compare() -> None:
    assert compare_numbers(15_000, 4, 15, 1) == 0
    assert compare_numbers(2**62, 0, "1", -1) == 1
    assert compare_numbers(1, 1, 0.1, -1) == 0
    assert compare_numbers(None, 0, 1, 0) is None


def test_sums_have_no_limit() -> None:
    total = Sum()
    for value in (2**63 - 1, None, 2**63 - 1, "0.5"):
        total.step(value)
    assert total.finalize() == "18446744073709551614.5"
    assert Sum().finalize() is None


def test_what_is_no_decimal_comes_first() -> None:
    assert compare_decimals("x", "-5") == -1
    assert compare_decimals("NaN", "x") == 0

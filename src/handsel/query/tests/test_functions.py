"""Text without case and exact decimals in SQLite."""

from decimal import Decimal
from itertools import product

from handsel.query.functions import compare_decimals, fold


def test_fold_lowers_one_letter_at_a_time() -> None:
    assert fold("ÄRGER Ž Ж ΣΑΣ İ") == "ärger ž ж σασ i"
    assert fold("STRAẞE Straße") == "straße straße"
    assert fold(None) is None


def test_decimals_compare_as_numbers() -> None:
    texts = ["-100000000000", "-2.5", "-2", "0", "0.0", "1E-9", "2", "2.0", "10", "100000000000.0000000001"]
    for first, second in product(texts, texts):
        a, b = Decimal(first), Decimal(second)
        assert compare_decimals(first, second) == (a > b) - (a < b)


def test_what_is_no_decimal_comes_first() -> None:
    assert compare_decimals("x", "-5") == -1
    assert compare_decimals("NaN", "x") == 0

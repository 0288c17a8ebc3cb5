"""SQL functions that queries need on SQLite: case-insensitive text, and decimals that are stored as text.

Every connection has them; no index and no constraint may use them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from handsel.money.exchange import to_base
from handsel.money.rounding import at_scale
from handsel.tables.fold_case import fold_case

FOLD_CASE = "hs_fold"
DECIMAL_ORDER = "hs_decimal"
COMPARE = "hs_compare"
LIKE = "hs_like"
SUM = "hs_sum"
EXCHANGED = "hs_exchanged"

OFTEN = 256
"""After how many attempts a search for a pattern looks at the time."""

_WIDE = Context(prec=100)


def compare_decimals(first: str, second: str) -> int:
    """-1, 0 or 1, exactly, for two decimals as text. Text that is no decimal sorts first."""
    a, b = _decimal(first), _decimal(second)
    return (a > b) - (a < b)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal("-Infinity")
    return number if not number.is_nan() else Decimal("-Infinity")


def compare_numbers(
    first: int | float | str | None, places: int, second: int | float | str | None, other_places: int
) -> int | None:
    """-1, 0 or 1 for numbers as SQLite holds them, None where one is null. Scaled integers give their decimals."""
    if first is None or second is None:
        return None
    if isinstance(first, float) or isinstance(second, float):
        a, b = (float(_number(first, places)), float(_number(second, other_places)))
        return (a > b) - (a < b)
    one, other = _number(first, places), _number(second, other_places)
    return (one > other) - (one < other)


def _number(value: int | float | str, places: int) -> Decimal:
    return Decimal(value).scaleb(-max(places, 0), _WIDE) if not isinstance(value, str) else _decimal(value)


def is_like(text: str | None, pattern: str | None, is_late: Callable[[], bool] = lambda: False) -> bool | None:
    """Whether a text matches a LIKE pattern, both case-folded, with `!` as escape.

    The time is bounded by the product of both lengths. When it `is_late`, the search ends: whoever asked gets an error.
    """
    if text is None or pattern is None:
        return None
    wanted = _signs(pattern)
    position = at = 0
    star, back = -1, 0
    while position < len(text):
        if at < len(wanted) and (wanted[at] == ("_", True) or wanted[at] == (text[position], False)):
            position, at = position + 1, at + 1
        elif at < len(wanted) and wanted[at] == ("%", True):
            star, back = at, position
            at += 1
        elif star >= 0:
            back += 1
            if not back % OFTEN and is_late():
                return False
            position, at = back, star + 1
        else:
            return False
    return all(sign == ("%", True) for sign in wanted[at:])


@functools.lru_cache(maxsize=128)
def _signs(pattern: str) -> tuple[tuple[str, bool], ...]:
    signs = []
    letters = iter(pattern)
    for letter in letters:
        signs.append((next(letters), False) if letter == "!" else (letter, letter in "%_"))
    return tuple(signs)


def exchanged(amount: str | None, rate: str | int, places: int) -> str | None:
    """A custom amount divided by an exchange rate and rounded to `places`; it is written with four decimals."""
    return None if amount is None else str(at_scale(to_base(Decimal(amount), Decimal(rate), places), 4))


class Sum:
    """An exact sum of scaled integers or decimal texts, however large; the result is text."""

    def __init__(self) -> None:
        self.total: int | Decimal | None = None

    def step(self, value: int | str | None) -> None:
        if value is not None:
            number = value if isinstance(value, int) else _decimal(value)
            self.total = number if self.total is None else _WIDE.add(self.total, number)

    def finalize(self) -> str | None:
        return None if self.total is None else str(self.total)


def register_functions(connection: Any, is_late: Callable[[], bool]) -> None:
    """Register the functions on a new connection. `is_late`: whether the running question has had its time."""
    connection.create_function(FOLD_CASE, 1, fold_case, deterministic=True)
    connection.create_function(COMPARE, 4, compare_numbers, deterministic=True)
    connection.create_function(LIKE, 2, lambda text, pattern: is_like(text, pattern, is_late), deterministic=True)
    connection.create_function(EXCHANGED, 3, exchanged, deterministic=True)
    connection.create_aggregate(SUM, 1, Sum)
    connection.create_collation(DECIMAL_ORDER, compare_decimals)

"""Numbers that were sent as text."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,200})?(?:[eE][+-]?[0-9]{1,3})?")


def number_of(text: str) -> Decimal:
    """The number that a text is, exactly. Raises ValueError for any other text, such as one with spaces or a unit."""
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{text[:40]!r} is no number")
    return Decimal(text)


def whole_number_of(text: str) -> int:
    """The whole number of 32 bits that a text is, exactly, as in "3" and "3.0". Raises ValueError for any other."""
    number = number_of(text)
    if abs(number) >= 2**31 or number != int(number):  # the size first: 1e999 would be written out
        raise ValueError(f"{text[:40]!r} is no whole number of 32 bits")
    return int(number)

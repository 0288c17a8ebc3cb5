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

"""What a query needs SQLite to know: text without case, and decimals that are stored as text.

Registered on a connection when it first runs a query; no index and no constraint may use them. PostgreSQL has both.
"""

from __future__ import annotations

import sqlite3
from decimal import Decimal, InvalidOperation

from django.db.backends.base.base import BaseDatabaseWrapper

FOLD = "hs_fold"
DECIMAL_ORDER = "hs_decimal"

# In Python the lower case of these depends on the neighbours or is two characters; in PostgreSQL it is one letter.
_ONE_TO_ONE = str.maketrans({"Σ": "σ", "İ": "i"})


def fold(text: str | None) -> str | None:
    """A text as comparisons see it: every character in lower case, as PostgreSQL's `lower` makes it."""
    if not isinstance(text, str):
        return text
    return text.lower() if text.isascii() else text.translate(_ONE_TO_ONE).lower()


def compare_decimals(first: str, second: str) -> int:
    """-1, 0 or 1, exactly, for two decimals as text. What is no decimal comes first."""
    a, b = _decimal(first), _decimal(second)
    return (a > b) - (a < b)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal("-Infinity")
    return number if not number.is_nan() else Decimal("-Infinity")


def ensure_functions(wrapper: BaseDatabaseWrapper) -> None:
    """Make the functions known to this connection, once for as long as it stays open."""
    wrapper.ensure_connection()
    raw = wrapper.connection
    if isinstance(raw, sqlite3.Connection) and getattr(wrapper, "hs_functions_on", None) is not raw:
        raw.create_function(FOLD, 1, fold, deterministic=True)
        raw.create_collation(DECIMAL_ORDER, compare_decimals)
        wrapper.hs_functions_on = raw  # type: ignore[attr-defined]

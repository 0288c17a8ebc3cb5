"""Numbers and amounts as text: separators of the locale, symbol and decimals of the currency."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from handsel.query.formatting.locale import EN_US, Locale

_USUAL_PRECISION = 2


@dataclass(frozen=True, slots=True)
class CurrencyFormat:
    """How amounts of one currency are written: its ISO `code`, its `symbol`, and its decimals, `precision`."""

    code: str = ""
    symbol: str = ""
    precision: int = _USUAL_PRECISION


NO_CURRENCY = CurrencyFormat()
"""For amounts whose currency is not known, or may not be seen: bare numbers with two decimals."""


def currency_format(currency: Mapping[str, object] | None) -> CurrencyFormat:
    """The format of amounts from the row of a currency; `NO_CURRENCY` without a row."""
    if currency is None:
        return NO_CURRENCY
    precision = currency.get("currencyprecision")
    return CurrencyFormat(
        str(currency.get("isocurrencycode") or ""),
        str(currency.get("currencysymbol") or ""),
        precision if isinstance(precision, int) else _USUAL_PRECISION,
    )


def integer_text(value: int, locale: Locale = EN_US) -> str:
    """A whole number with thousands separators."""
    return _separated(f"{value:,}", locale)


def decimal_text(value: int | float | Decimal, places: int, locale: Locale = EN_US) -> str:
    """A number with exactly `places` decimals and thousands separators."""
    return _separated(f"{value:,.{places}f}", locale)


def _separated(text: str, locale: Locale) -> str:
    if locale.group == "," and locale.decimal == ".":
        return text
    return text.translate(_separators(locale.group, locale.decimal))


@functools.cache
def _separators(group: str, decimal: str) -> Mapping[int, str]:
    return str.maketrans({",": group, ".": decimal})


def number_text(value: int | float | Decimal, locale: Locale = EN_US) -> str:
    """A number of no column: whole, or with two decimals."""
    return integer_text(value, locale) if isinstance(value, int) else decimal_text(value, _USUAL_PRECISION, locale)


def money_text(value: Decimal, currency: CurrencyFormat, locale: Locale = EN_US) -> str:
    """An amount with symbol and decimals of its currency."""
    number = decimal_text(abs(value), currency.precision, locale)
    text = locale.money[value < 0].format(symbol=currency.symbol, number=number)
    return text if currency.symbol else text.strip("\xa0")


def amount_text(value: Decimal, precision: int, locale: Locale = EN_US) -> str:
    """An amount without a symbol, with at least `precision` decimals: it is never shown rounded."""
    return decimal_text(value, max(precision, _needed(value)), locale)


def quantity_text(value: Decimal, locale: Locale = EN_US) -> str:
    """A quantity, percentage or rate without superfluous zeros."""
    return decimal_text(value, _needed(value), locale)


def _needed(value: Decimal) -> int:
    """Decimals that the value has beyond trailing zeros."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

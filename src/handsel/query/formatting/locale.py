"""How a person's language and region write numbers, amounts, dates and times: `Locale`, plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo

from handsel.errors import InvalidArgument


@dataclass(frozen=True, slots=True)
class Locale:
    """How values are written for one person.

    tag     BCP 47 tag of language and region
    money   places the currency's `{symbol}` and the digits, `{number}`: of an amount from zero on, of one below zero
    date    places `{year}`, `{month}` and `{day}`; each may have a width, as in `{day:02}`
    time    places `{minute}`, and `{hour}` or `{hour12}` with `{half}` (AM, PM)
    zone    the time zone in which moments are shown
    """

    tag: str
    decimal: str
    group: str
    money: tuple[str, str]
    date: str
    time: str
    zone: tzinfo = UTC


# The facts of each locale are those of CLDR 49, except years, which always have four digits, and en-US, which
# follows Dataverse. "\xa0" is a space at which no line breaks, "\u202f" a narrow one.
_BEFORE = ("{symbol}{number}", "-{symbol}{number}")
_BEHIND = ("{number}\xa0{symbol}", "-{number}\xa0{symbol}")
_SWISS = ("{symbol}\xa0{number}", "{symbol}-{number}")
_DUTCH = ("{symbol}\xa0{number}", "{symbol}\xa0-{number}")

_HOURS_24 = "{hour:02}:{minute:02}"
_HOURS_12 = "{hour12}:{minute:02} {half}"

EN_US = Locale("en-US", ".", ",", _BEFORE, "{month}/{day}/{year}", _HOURS_12)
"""The default of Dataverse, and so the locale of the Web API."""

_LOCALES = {
    locale.tag: locale
    for locale in (
        EN_US,
        Locale("en-GB", ".", ",", _BEFORE, "{day:02}/{month:02}/{year}", _HOURS_24),
        Locale("de-DE", ",", ".", _BEHIND, "{day:02}.{month:02}.{year}", _HOURS_24),
        Locale("de-CH", ".", "'", _SWISS, "{day:02}.{month:02}.{year}", _HOURS_24),
        Locale("fr-FR", ",", "\u202f", _BEHIND, "{day:02}/{month:02}/{year}", _HOURS_24),
        Locale("nl-NL", ",", ".", _DUTCH, "{day:02}-{month:02}-{year}", _HOURS_24),
    )
}


def locale_named(tag: str) -> Locale:
    """The locale with this tag, in UTC: `dataclasses.replace` gives it another zone. Raises InvalidArgument."""
    found = _LOCALES.get(tag)
    if found is None:
        raise InvalidArgument(f"There is no locale '{tag}'. Known are {', '.join(_LOCALES)}.")
    return found

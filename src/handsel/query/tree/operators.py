"""The query functions of Dataverse: their names in `$filter` and in FetchXML, and how many values each takes."""

from __future__ import annotations

import enum
import functools
import re

from handsel.errors import BadRequest, Code

PREFIX = "Microsoft.Dynamics.CRM."


class Takes(enum.Enum):
    """How many values a function takes."""

    NONE = "no value"
    ONE = "one value (PropertyValue)"
    TWO = "two values (PropertyValues, or PropertyValue1 and PropertyValue2)"
    MANY = "at least one value (PropertyValues)"


_UNITS = ("Hours", "Days", "Weeks", "Months", "Years", "FiscalPeriods", "FiscalYears")
_SPANS = ("Week", "Month", "Year", "FiscalPeriod", "FiscalYear")

FUNCTIONS: dict[str, Takes] = {
    **dict.fromkeys(("In", "NotIn", "ContainValues", "DoesNotContainValues"), Takes.MANY),
    **dict.fromkeys(("Between", "NotBetween"), Takes.TWO),
    **dict.fromkeys(("Today", "Yesterday", "Tomorrow", "Last7Days", "Next7Days"), Takes.NONE),
    **dict.fromkeys(("On", "NotOn", "OnOrAfter", "OnOrBefore"), Takes.ONE),
    **dict.fromkeys((f"{direction}{span}" for direction in ("Last", "This", "Next") for span in _SPANS), Takes.NONE),
    **dict.fromkeys((f"{direction}X{unit}" for direction in ("Last", "Next") for unit in _UNITS), Takes.ONE),
    **dict.fromkeys((f"OlderThanX{unit}" for unit in ("Minutes", *_UNITS[:5])), Takes.ONE),
    **dict.fromkeys(("InFiscalYear", "InFiscalPeriod"), Takes.ONE),
    **dict.fromkeys(
        ("InFiscalPeriodAndYear", "InOrAfterFiscalPeriodAndYear", "InOrBeforeFiscalPeriodAndYear"), Takes.TWO
    ),
    **dict.fromkeys(("EqualUserId", "NotEqualUserId", "EqualBusinessId", "NotEqualBusinessId"), Takes.NONE),
    **dict.fromkeys(("EqualUserTeams", "EqualUserOrUserTeams", "EqualUserOrUserHierarchy"), Takes.NONE),
    "EqualUserOrUserHierarchyAndTeams": Takes.NONE,
    **dict.fromkeys(("Above", "AboveOrEqual", "Under", "UnderOrEqual", "NotUnder"), Takes.ONE),
    **dict.fromkeys(("Contains", "StartsWith", "EndsWith"), Takes.ONE),
}

_FETCH_NAMES = {
    "Last7Days": "last-seven-days",
    "Next7Days": "next-seven-days",
    "DoesNotContainValues": "not-contain-values",
    "EqualUserId": "eq-userid",
    "NotEqualUserId": "ne-userid",
    "EqualBusinessId": "eq-businessid",
    "NotEqualBusinessId": "ne-businessid",
    "EqualUserTeams": "eq-userteams",
    "EqualUserOrUserTeams": "eq-useroruserteams",
    "EqualUserOrUserHierarchy": "eq-useroruserhierarchy",
    "EqualUserOrUserHierarchyAndTeams": "eq-useroruserhierarchyandteams",
    "AboveOrEqual": "eq-or-above",
    "UnderOrEqual": "eq-or-under",
    "StartsWith": "begins-with",
}
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


@functools.cache
def fetch_functions() -> dict[str, str]:
    """The operator of a FetchXML condition → the function that means the same."""
    return {_FETCH_NAMES.get(name, _plain(name)): name for name in FUNCTIONS if name != "Contains"}


def _plain(name: str) -> str:
    """`LastXFiscalYears` → `last-x-fiscal-years`, `OlderThanXDays` → `olderthan-x-days`."""
    return _WORD.sub("-", name).lower().replace("older-than", "olderthan")


def check_count(name: str, called: str, count: int) -> None:
    """Refuse a wrong number of values (0x80060888). `called` is the name of the function in the query."""
    takes = FUNCTIONS[name]
    fits = {Takes.NONE: count == 0, Takes.ONE: count == 1, Takes.TWO: count == 2, Takes.MANY: count >= 1}[takes]
    if not fits:
        raise BadRequest(f"{called} takes {takes.value}, and was given {count}.", Code.QUERY_SYNTAX, function=called)

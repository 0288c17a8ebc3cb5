"""Whether a value can be compared with a column, and the value to compare."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias
from uuid import UUID

from handsel.errors import BadRequest, Code
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.moments import moment_in_text
from handsel.query.tree.nodes import Literal
from handsel.query.tree.printing import literal
from handsel.tables.fold_case import fold_case
from handsel.tables.info import ColumnInfo, all_tables

_EXPECTED = {
    Family.TEXT: "a text in single quotes",
    Family.BOOLEAN: "true or false",
    Family.MOMENT: "a date or time like 2026-01-31T12:00:00Z",
    Family.DATE: "a date like 2026-01-31",
    Family.ID: "an id like 0f8fad5b-d9cb-469f-a165-70867728950e",
}

_SHOWN = 12
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


Comparable: TypeAlias = bool | str | Decimal | datetime | date | UUID
"""A value in a query that is no null."""


def checked(column: ColumnInfo, value: Literal) -> Comparable:
    """The value in the Python type of the column's family. Raises BadRequest (0x80060888), which names both."""
    family = family_of(column)
    if column.kind == "EntityName":
        value = _table_name(value)
    found = _CHECKS[family](value)
    if found is None:
        raise _unfit(family, column, value)
    return found


def checked_text(column: ColumnInfo, value: Literal) -> str:
    """The value as a text, whatever the column holds. Raises BadRequest (0x80060888), which names both."""
    found = _check_text(value)
    if found is None:
        raise _unfit(Family.TEXT, column, value)
    return found


def checked_number(column: ColumnInfo, value: Literal) -> Decimal:
    """The value as a number, whatever the column holds. Raises BadRequest (0x80060888), which names both."""
    found = _check_number(value)
    if found is None:
        raise _unfit(Family.WHOLE, column, value)
    return found


def checked_moment(column: ColumnInfo, value: Literal) -> datetime:
    """The value as a moment, whatever the column holds. Raises BadRequest (0x80060888), which names both."""
    found = _check_moment(value)
    if found is None:
        raise _unfit(Family.MOMENT, column, value)
    return found


def checked_id(column: ColumnInfo, value: Literal) -> UUID:
    """The value as an id, whatever the column holds. Raises BadRequest (0x80060888), which names both."""
    found = _check_id(value)
    if found is None:
        raise _unfit(Family.ID, column, value)
    return found


def options_labelled(column: ColumnInfo, value: Literal) -> tuple[Comparable, ...]:
    """The options of a choice that have a text as their label, without case; none for any other value.

    There may be several: "In Progress" is a status reason of draft quotes and of active ones.
    """
    if not isinstance(value, str) or not column.labels:
        return ()
    label = fold_case(value.strip())
    found = [option for option, text in column.labels.items() if fold_case(text) == label]
    return tuple(bool(option) if column.kind == "Boolean" else Decimal(option) for option in found)


def _table_name(value: Literal) -> Literal:
    """A table by its name, also where it is given by its object type code."""
    text = value.strip() if isinstance(value, str) else str(value) if isinstance(value, Decimal) else ""
    if not (text.isascii() and text.isdigit()):
        return value
    return next((info.logical_name for info in all_tables() if str(info.object_type_code) == text), text)


def _unfit(family: Family, column: ColumnInfo, value: Literal) -> BadRequest:
    expected = _EXPECTED.get(family, "a number")
    if column.labels and family is not Family.BOOLEAN:
        listed = [f"{option} {label}" for option, label in column.labels.items()]
        more = ", …" if len(listed) > _SHOWN else ""
        expected = f"an option by its number or label: {', '.join(listed[:_SHOWN])}{more}"
    return BadRequest(
        f"{column.logical_name} cannot be compared with {literal(value)}; it takes {expected}.",
        Code.QUERY_SYNTAX,
        column=column.logical_name,
    )


def on_grid(value: Decimal, places: int) -> tuple[Decimal, bool]:
    """The largest value up to `value` that a column with `places` decimals can hold, and whether the two are equal."""
    exact = Fraction(value) * 10**places
    whole = max(_LOWEST, min(_HIGHEST, math.floor(exact)))
    # Written out: arithmetic would round to the precision of the decimal context.
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places)), whole == exact


def _check_text(value: Literal) -> str | None:
    if not isinstance(value, str) or "\x00" in value:
        return None
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair
        return None
    return value


def _check_number(value: Literal) -> Decimal | None:
    value = _read(_number, value)
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _check_boolean(value: Literal) -> bool | None:
    if isinstance(value, str):
        return _BOOLEANS.get(value.strip().lower())
    return value if isinstance(value, bool) else None


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_LONGEST_NUMBER = 200


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER or "_" in text:
        raise ValueError("no number")
    number = Decimal(text)
    # An exponent larger than any column can hold would only make the arithmetic slow.
    if not number.is_finite() or abs(number.adjusted()) > 1_000:
        raise ValueError("no number")
    return number


def _check_moment(value: Literal) -> datetime | None:
    value = _read(moment_in_text, value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _check_date(value: Literal) -> date | None:
    """A date; a moment stands for its day in UTC, as the column holds no time."""
    value = _read(moment_in_text, _read(date.fromisoformat, value))
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC)).date()
    return value if isinstance(value, date) else None


def _check_id(value: Literal) -> UUID | None:
    value = _read(UUID, value)
    return value if isinstance(value, UUID) else None


def _read(reader: Callable[[str], Literal], value: Literal) -> Literal:
    """A value that was written in quotes although it is no text, perhaps with spaces around it."""
    if not isinstance(value, str):
        return value
    try:
        return reader(value.strip())
    except (ValueError, OverflowError, InvalidOperation):
        return value


_CHECKS: dict[Family, Callable[[Literal], Comparable | None]] = {
    Family.TEXT: _check_text,
    Family.WHOLE: _check_number,
    Family.SCALED: _check_number,
    Family.DIGITS: _check_number,
    Family.FLOAT: _check_number,
    Family.BOOLEAN: _check_boolean,
    Family.MOMENT: _check_moment,
    Family.DATE: _check_date,
    Family.ID: _check_id,
}

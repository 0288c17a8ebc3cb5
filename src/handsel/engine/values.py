"""Converting given values to what a column holds: types, lengths, ranges, options, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import unquote
from uuid import UUID

from handsel.database.row import ColumnValue, Reference, Row
from handsel.engine.elsewhere import id_elsewhere
from handsel.engine.number_text import number_of, whole_number_of
from handsel.engine.parameters import as_uuid
from handsel.errors import (
    BadRequest,
    Code,
    InvalidArgument,
    InvalidValue,
    NumberOutOfRange,
    TextTooLong,
    UnknownColumn,
    abbreviated,
)
from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.facts import Writable
from handsel.tables.info import ColumnInfo, TableInfo, UnknownTable, all_tables, declared_names, table_info

UNRESOLVED = "?"
"""The table of a reference given as a bare id where several tables are possible."""


def table_named(name: object) -> TableInfo:
    """A table by logical name or entity set name. Raises BadRequest (0x80041102) for an unknown one."""
    try:
        if isinstance(name, str):
            return table_info(name)
    except UnknownTable:
        pass
    for info in all_tables():
        if info.entity_set == name:
            return info
    raise BadRequest(
        f"There is no table named '{name}'. Tables go by logical name, for example quote or quotedetail.",
        Code.UNKNOWN_TABLE,
    )


def parse_values(
    info: TableInfo, given: Mapping[str, object], *, stored: Row | None = None, also: Collection[str] = ()
) -> dict[str, ColumnValue]:
    """Column values by logical name, checked, with references as `Reference`: of a new row, or of one as stored.

    `<column>@odata.bind` and the navigation names of many-table lookups (`customerid_account`) are accepted. What a
    client may not write is ignored, as Dataverse does: so a row that was read can be sent back. A column that is
    set only on create must have the stored value. A given state of a new row must be the first one. `also` are further
    columns that this client may write. Raises BadRequest errors.
    """
    needed = Writable.CREATE if stored is None else Writable.UPDATE
    parsed: dict[str, ColumnValue] = {}
    for name, value in given.items():
        if not isinstance(name, str):
            raise UnknownColumn(f"{info.label}: column names are text, not {name!r}.")
        if name.startswith("@") or ("@odata." in name and not name.endswith("@odata.bind")):
            continue
        column, target = _column(info, name.removesuffix("@odata.bind"))
        if name.endswith("@odata.bind") and isinstance(value, str) and (column is None or not set_elsewhere(column)):
            value = bound(value)
        if column is None:
            raise UnknownColumn(
                f"{info.label} has no column '{name}'.{_near(info, name)}", table=info.logical_name, column=name
            )
        if column.writable & needed or column.logical_name in also or (stored is None and column is info.state_column):
            put(info, column, parsed, parse(info, column, value, target))
        elif stored is not None and column.writable & Writable.CREATE and column.logical_name != info.primary_key:
            _require_stored(info, column, stored, parse(info, column, value, target))
    return parsed


def columns_given(info: TableInfo, given: Iterable[object]) -> list[str]:
    """The columns that values are given for, by logical name, without those that no client writes."""
    found = (_column(info, name.removesuffix("@odata.bind"))[0] for name in given if isinstance(name, str))
    return [column.logical_name for column in found if column is not None and column.writable]


def _require_stored(info: TableInfo, column: ColumnInfo, stored: Row, value: object) -> None:
    """Refuse another value of a column that can be set only on create."""
    present = stored.get(column.logical_name)
    if present != (value.id if isinstance(value, Reference) else value):
        raise InvalidValue(
            f"{info.label}: {column.logical_name} can only be set when the row is created. It stays "
            f"{'empty' if present is None else abbreviated(present)}; leave it out.",
            Code.INVALID_ARGUMENT,
            table=info.logical_name,
            column=column.logical_name,
        )


V = TypeVar("V")


def put(info: TableInfo, column: ColumnInfo, values: dict[str, V], value: V) -> None:
    """Put a value, parsed or as it was given, under its column's name. Raises InvalidValue if there is another already.

    An empty value is replaced: clients clear `customerid_contact` while they set `customerid_account`.
    """
    present = values.get(column.logical_name)
    if None not in (present, value) and present != value:
        raise InvalidValue(
            f"{info.label}: {column.logical_name} holds one value, and two are given: {_shown(present)} and "
            f"{_shown(value)}. Keep one of them; a row that is made below another one belongs to that one.",
            table=info.logical_name,
            column=column.logical_name,
        )
    values[column.logical_name] = value if present is None else present


def _shown(value: object) -> str:
    """A value in a sentence; a reference as its address."""
    if isinstance(value, Reference) and value.table in declared_names():
        return f"{table_info(value.table).entity_set}({value.id})"
    return abbreviated(value)


def _column(info: TableInfo, name: str) -> tuple[ColumnInfo | None, str | None]:
    column = info.columns.get(name) or info.columns.get(name.lower())
    if column is not None:
        return column, None
    for column in info.columns.values():
        for target, navigation in column.navigation.items():
            if navigation == name:
                return column, target
    return None, None


def _near(info: TableInfo, name: str) -> str:
    wanted = name.lower().replace("_", "")
    near = [column for column in info.columns if len(wanted) > 2 and (wanted in column or column in wanted)][:3]
    return f" Did you mean {', '.join(near)}?" if near else ""


_BIND = re.compile(r"(?:^|/)(\w+)\(([^()]*)\)$")


def bound(text: str) -> str | Reference:
    """The reference in a bind value: `/accounts(<id>)`, percent-encoded or not. A bare id stays as it is."""
    match = _BIND.search(unquote(text.strip()))
    if match is None:
        return text
    return Reference(table_named(match.group(1)).logical_name, as_uuid("@odata.bind", match.group(1), match.group(2)))


def parse(info: TableInfo, column: ColumnInfo, value: object, target: str | None = None) -> ColumnValue:
    """One value as its column holds it. Raises InvalidValue, TextTooLong or NumberOutOfRange."""
    if value is None or value == "":
        return None
    try:
        return _PARSERS[column.kind](info, column, value, target)
    except (TypeError, ValueError, InvalidOperation, OverflowError) as error:
        raise unfit(info, column, value) from error


def unfit(info: TableInfo, column: ColumnInfo, value: object) -> InvalidValue:
    """The refusal of a value that the column's type cannot hold; it says what the column takes."""
    expected = _EXPECTED.get(column.kind, "another type")
    if column.kind == "DateTime" and column.behavior == "DateOnly":
        expected = "a date like 2026-01-31"
    return InvalidValue(
        f"{info.label}: {column.logical_name} cannot hold {abbreviated(value)}; it takes {expected}.",
        table=info.logical_name,
        column=column.logical_name,
    )


_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def _text(info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> str:
    if not isinstance(value, str):
        raise TypeError
    if column.max_length is not None and len(value) > column.max_length:
        raise TextTooLong(
            f"{info.label}: {column.logical_name} takes at most {column.max_length} characters, got {len(value)}.",
            table=info.logical_name,
            column=column.logical_name,
        )
    # PostgreSQL stores no NUL, and half of a surrogate pair is no character.
    unstorable = None if value.isascii() and "\x00" not in value else _UNSTORABLE.search(value)
    if unstorable is not None:
        raise InvalidValue(
            f"{info.label}: {column.logical_name} cannot hold U+{ord(unstorable[0]):04X} (character "
            f"{unstorable.start() + 1} of the text): no text holds it. Leave it out.",
            table=info.logical_name,
            column=column.logical_name,
        )
    return value


def _number(info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise TypeError
    if isinstance(value, str):
        number = number_of(value)
    else:
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError
    _in_range(info, column, number)
    return number


def _decimal(info: TableInfo, column: ColumnInfo, value: object, target: str | None) -> Decimal:
    number = _number(info, column, value, target)
    places = column.precision
    if (
        places is not None
        and number != number.to_integral_value()
        and -int(number.normalize().as_tuple().exponent) > places
    ):
        raise NumberOutOfRange(
            f"{info.label}: {column.logical_name} takes at most {places} decimals, got {number}.",
            Code(column.precision_code) if column.precision_code is not None else None,
            table=info.logical_name,
            column=column.logical_name,
        )
    return number


def _money(info: TableInfo, column: ColumnInfo, value: object, target: str | None) -> Decimal:
    number = _number(info, column, value, target)
    if not LOWEST_AMOUNT <= number <= HIGHEST_AMOUNT:
        raise NumberOutOfRange(
            f"{info.label}: {column.logical_name} of {number} is outside the range of money, ±{HIGHEST_AMOUNT}.",
            Code.MONEY_SIZE_EXCEEDED,
        )
    return number


def _integer(info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> int:
    if isinstance(value, str):
        value = number_of(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, float)):
        raise TypeError
    # Ranges are checked first: converting 1e999999999 to a whole number would take all memory.
    _in_range(info, column, value)
    bits = 32 if column.kind == "Integer" else 64
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise NumberOutOfRange(
            f"{info.label}: {column.logical_name} of {value} is no {bits}-bit whole number.",
            table=info.logical_name,
            column=column.logical_name,
        )
    if value != int(value):
        raise ValueError
    return int(value)


def _in_range(info: TableInfo, column: ColumnInfo, number: int | float | Decimal) -> None:
    low, high = column.minimum, column.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise NumberOutOfRange(
            f"{info.label}: {column.logical_name} of {number} is outside its range, {low} to {high}.",
            Code(column.range_code) if column.range_code is not None else None,
            table=info.logical_name,
            column=column.logical_name,
        )


def _double(info: TableInfo, column: ColumnInfo, value: object, target: str | None) -> float:
    return float(_number(info, column, value, target))


def _choice(info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> int:
    if isinstance(value, (str, Decimal, float)):
        value = whole_number_of(str(value))
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if column.labels and value not in column.labels and not (value == -1 and column.kind == "Status"):
        listed = ", ".join(f"{option} {label}" for option, label in list(column.labels.items())[:12])
        raise NumberOutOfRange(
            f"{info.label}: {value} is no option of {column.logical_name}. It can be {listed}.",
            table=info.logical_name,
            column=column.logical_name,
        )
    return int(value)


def _boolean(_info: TableInfo, _column: ColumnInfo, value: object, _target: str | None) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _moment(_info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> datetime | date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if column.behavior == "DateOnly":
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        raise TypeError
    if not isinstance(value, datetime):
        if not isinstance(value, date):
            raise TypeError
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    moment: datetime = value.astimezone(UTC).replace(microsecond=0)
    return moment


def _guid(info: TableInfo, column: ColumnInfo, value: object, _target: str | None) -> UUID:
    try:
        return as_uuid(info.label, column.logical_name, value)
    except InvalidArgument as error:  # in a row it is a value of the wrong type, not a parameter
        raise TypeError from error


def _lookup(info: TableInfo, column: ColumnInfo, value: object, target: str | None) -> UUID | Reference:
    if set_elsewhere(column):
        return id_elsewhere(info, column, value)
    if isinstance(value, Row):
        value = value.reference
    if isinstance(value, Mapping):
        table = value.get("table") or str(value.get("@odata.type", "")).rpartition(".")[2]
        id = value.get("id")
        if id is None and table:
            id = value.get(table_named(table).primary_key)
        if not table or id is None:
            raise TypeError
        value = Reference(table_named(table).logical_name, as_uuid(info.label, column.logical_name, id))
    if isinstance(value, str) and "(" in value:
        value = bound(value)
    if not column.targets:
        return as_uuid(info.label, column.logical_name, value)
    if not isinstance(value, Reference):
        only = target or (column.targets[0] if len(column.targets) == 1 else UNRESOLVED)
        value = Reference(only, as_uuid(info.label, column.logical_name, value))
    if value.table != UNRESOLVED and value.table not in column.targets:
        raise InvalidValue(
            f"{info.label}: {column.logical_name} refers to {' or '.join(column.targets)}, not to {value.table}.",
            table=info.logical_name,
            column=column.logical_name,
        )
    return value


_PARSERS: Mapping[str, Callable[[TableInfo, ColumnInfo, object, str | None], ColumnValue]] = {
    "String": _text,
    "Memo": _text,
    "EntityName": _text,
    "Integer": _integer,
    "BigInt": _integer,
    "Decimal": _decimal,
    "Money": _money,
    "Double": _double,
    "Boolean": _boolean,
    "DateTime": _moment,
    "Picklist": _choice,
    "State": _choice,
    "Status": _choice,
    "Uniqueidentifier": _guid,
    "Lookup": _lookup,
    "Owner": _lookup,
    "Customer": _lookup,
}

_EXPECTED = {
    "String": "text",
    "Memo": "text",
    "Integer": "a whole number",
    "BigInt": "a whole number",
    "Decimal": "a decimal number",
    "Money": "an amount",
    "Double": "a number",
    "Boolean": "true or false",
    "DateTime": "a date or time like 2026-01-31T12:00:00Z",
    "Picklist": "the number of an option",
    "State": "the number of a state",
    "Status": "the number of a status reason",
    "Uniqueidentifier": "an id",
    "Lookup": "a row's id or reference",
    "Owner": "a user or team",
    "Customer": "an account or contact",
}

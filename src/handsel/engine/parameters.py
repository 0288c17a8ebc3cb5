"""The parameters of messages: their names and types, and how given values are converted to the type, or refused."""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.column_set import ColumnSet
from handsel.engine.edm import ROW, Type, edm_name, is_table_name
from handsel.errors import Code, InvalidArgument, abbreviated, enumerated
from handsel.tables.facts import schema_name_of
from handsel.tables.info import UnknownTable, table_info

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Converter = Callable[[str, str, Any], Any]
"""Converts a value to a type. Takes the message's name, the parameter's API name and the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a field's type and default do not say: `status: Annotated[int, Parameter(nullable=False)] = -1`."""

    name: str | None = None
    """The API name. By default the field's schema name; an id whose `type` is a table drops its Id."""
    also: str | None = None
    """Another API name that callers may write."""
    type: Type | None = None
    """The type in `$metadata`, where it does not follow from the field's."""
    nullable: bool | None = None
    """False where the documented service requires a value that has a default here."""
    is_documented: bool = True
    """False for a parameter that is accepted but not declared in `$metadata`."""
    is_elsewhere: bool = False
    """True where it names a row of a table that Handsel does not have: only the id is used."""
    empty: Code = Code.INVALID_ARGUMENT
    """The code of the refusal when a required value is missing."""
    untyped: str | None = None
    """Of a parameter that takes a row of any table: the table of one that does not say its own."""


RowElsewhere = Annotated[Any, Parameter(type=ROW, is_elsewhere=True)]
"""A parameter that names a row of a table that Handsel does not have, such as a business process."""
UndocumentedRow = Annotated[Any, Parameter(type=ROW, is_elsewhere=True, is_documented=False)]
"""The same where the documented service has no such parameter."""


@dataclass(frozen=True, slots=True)
class ParameterInfo:
    """One parameter of a message, derived from its field."""

    field: str
    name: str
    names: frozenset[str]
    """Every name that a caller may write exactly."""
    stated: Type
    """Its type as declared; `type` is the same in `$metadata`'s words, None where Python's type has no counterpart."""
    type: str | None
    table: str | None
    """The table whose rows it names or holds, if it is one table's."""
    nullable: bool
    is_needed: bool
    """True when a message cannot be made without it."""
    takes_none: bool
    default: object
    """What None means where the type has no None, as left out; else None."""
    kinds: frozenset[Any]
    """The Python types it may have, without None."""
    convert: Converter | None
    is_documented: bool
    is_elsewhere: bool
    empty: Code
    untyped: str | None


def missing(owner: str, lacking: Sequence[ParameterInfo]) -> InvalidArgument:
    """The error for parameters that a message needs and did not get, with the code of the first that has its own."""
    is_one = len(lacking) == 1
    listed = f"parameter{'' if is_one else 's'} {enumerated(each.name for each in lacking)}"
    own = (each.empty for each in lacking if each.empty is not Code.INVALID_ARGUMENT)
    return InvalidArgument(f"{owner} needs the {listed}. Send {'it' if is_one else 'them'} along.", next(own, None))


_known: dict[type[Any], tuple[ParameterInfo, ...]] = {}


def parameters_of(cls: type[object]) -> tuple[ParameterInfo, ...]:
    """The parameters of a message in the order of its fields. Raises NameError for an unknown annotation."""
    found = _known.get(cls)
    if found is None:
        hints = typing.get_type_hints(cls, include_extras=True)
        found = _known[cls] = tuple(
            _parameter(field, hints[field.name]) for field in dataclasses.fields(cast("type[DataclassInstance]", cls))
        )
    return found


def named(parameters: Sequence[ParameterInfo], given: str, *, exactly: bool = False) -> ParameterInfo | None:
    """The parameter that a caller means, None if there is none.

    `exactly` takes its API names only; otherwise its Python name, any case, and an id without its Id do as well.
    """
    found = next((each for each in parameters if given in each.names), None)
    if found is not None or exactly:
        return found
    found = next((each for each in parameters if given == each.field), None)
    for wanted in (given.lower(), f"{given}id".lower()):
        found = found or next((each for each in parameters if wanted in map(str.lower, each.names)), None)
    return found


def _parameter(field: dataclasses.Field[Any], hint: Any) -> ParameterInfo:
    plain, stated = _unwrapped(hint)
    kinds = frozenset(typing.get_origin(each) or each for each in _members(plain))
    declared: Type = stated.type or (ROW if kinds == {Mapping} else _without_none(plain))
    table = declared if isinstance(declared, str) and is_table_name(declared) else None
    names_row = table is not None and UUID in kinds
    schema_name = schema_name_of(field.name)
    name = stated.name or (schema_name.removesuffix("Id") if names_row else schema_name)
    takes_none = field.default is not dataclasses.MISSING
    convert = _converter(_members(plain), table)
    is_needed = not takes_none and field.default_factory is dataclasses.MISSING
    return ParameterInfo(
        field=field.name,
        name=name,
        names=frozenset(
            (
                *(name, schema_name),
                *([f"{name}Id"] if names_row and not name.endswith("Id") else []),
                *([stated.also] if stated.also else []),
            )
        ),
        stated=declared,
        type=edm_name(declared),
        table=table,
        nullable=not is_needed if stated.nullable is None else stated.nullable,
        is_needed=is_needed,
        takes_none=takes_none,
        default=field.default if takes_none and not _allows_none(plain) else None,
        kinds=kinds,
        convert=_elsewhere(convert) if stated.is_elsewhere else convert,
        is_documented=stated.is_documented,
        is_elsewhere=stated.is_elsewhere,
        empty=stated.empty,
        untyped=stated.untyped,
    )


_NOTHING_STATED = Parameter()


def _unwrapped(hint: Any) -> tuple[Any, Parameter]:
    """An annotation without `Annotated`, and what it states about the parameter."""
    if typing.get_origin(hint) is Annotated:
        plain, *stated = typing.get_args(hint)
        return plain, next((each for each in stated if isinstance(each, Parameter)), _NOTHING_STATED)
    if _is_union(hint):
        parts = [_unwrapped(each) for each in typing.get_args(hint)]
        found = next((stated for _, stated in parts if stated is not _NOTHING_STATED), _NOTHING_STATED)
        return functools.reduce(lambda one, other: one | other, [plain for plain, _ in parts]), found
    return hint, _NOTHING_STATED


def _is_union(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union


def _allows_none(hint: Any) -> bool:
    return hint is Any or (_is_union(hint) and types.NoneType in typing.get_args(hint))


def _members(hint: Any) -> list[Any]:
    """The types that an annotation allows, without None."""
    members = typing.get_args(hint) if _is_union(hint) else (hint,)
    return [each for each in members if each is not types.NoneType]


def _without_none(hint: Any) -> Any:
    members = _members(hint)
    return members[0] if len(members) == 1 else hint


# Converting values to a type

_GUID = re.compile(r"(?:\A|\(|=)\{?([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})\}?\)?\Z")


def as_uuid(owner: str, name: str, value: object) -> UUID:
    """An id given as UUID, text (braces and `set(id)` allowed), row, reference, or JSON row of one known id."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, Mapping) and not isinstance(value, Row):
        id_keys = (name.lower(), f"{name.lower()}id", "@odata.id")
        ids = [inner for key, inner in value.items() if key.lower() in id_keys]
        ids = ids or [inner for key, inner in value.items() if key.endswith("id") and "@" not in key]
        value = ids[0] if len(ids) == 1 else value
    if isinstance(value, (Row, Reference)):
        return value.id
    if isinstance(value, str):
        match = _GUID.search(value.strip())
        if match:
            return UUID(match.group(1))
    raise InvalidArgument(f"{owner}: {name} must be an id like 0196f1b2-…, not {abbreviated(value)}.")


def _as_int(owner: str, name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,10}", value):
            return int(value)
        raise InvalidArgument(f"{owner}: {name} must be a whole number, not {abbreviated(value)}.")
    return value


def _as_bool(owner: str, name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidArgument(f"{owner}: {name} must be true or false, not {abbreviated(value)}.")


def _as_text(owner: str, name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidArgument(f"{owner}: {name} must be text, not {abbreviated(value)}.")


def _as_mapping(owner: str, name: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise InvalidArgument(f"{owner}: {name} must be an object of columns and values, not {abbreviated(value)}.")


def _as_decimal(owner: str, name: str, value: Any) -> Decimal:
    if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except ArithmeticError:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise InvalidArgument(f"{owner}: {name} must be a decimal number, not {abbreviated(value)}.")


def _as_moment(owner: str, name: str, value: Any) -> datetime | date:
    if isinstance(value, (datetime, date)):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidArgument(
        f"{owner}: {name} must be a date or time like 2026-01-31T12:00:00Z, not {abbreviated(value)}."
    )


def as_reference(owner: str, name: str, value: Any) -> Reference:
    """A row of any table, given as reference, row, `{"table", "id"}`, or JSON with `@odata.type` and its key."""
    if isinstance(value, Reference):
        return value
    if isinstance(value, Row):
        return value.reference
    if isinstance(value, Mapping):
        table, id = value.get("table"), value.get("id")
        if table is None and isinstance(value.get("@odata.type"), str):
            table = value["@odata.type"].rpartition(".")[2]
            id = _id_in(owner, name, table, value)
        if isinstance(table, str) and id is not None:
            return Reference(table, as_uuid(owner, name, id))
    raise InvalidArgument(
        f'{owner}: {name} must name a row like {{"table": "account", "id": "…"}}, not {abbreviated(value)}.'
    )


def _id_in(owner: str, name: str, table: str, row: Mapping[str, Any]) -> Any:
    """The id in a row given as JSON; that of a user or team may be called `ownerid`, as answers have it.

    Raises InvalidArgument for a row without one.
    """
    try:
        key = table_info(table).primary_key
    except UnknownTable:
        return row.get(f"{table}id")  # the handler that uses the row checks the table
    id = row.get(key)
    if id is None and table in ("systemuser", "team"):
        id = row.get("ownerid")
    if id is None:
        raise InvalidArgument(f"{owner}: {name} names no row: it needs {key}.")
    return id


def _elsewhere(convert: Converter | None) -> Converter:
    """Takes the row, or its address, for a parameter whose table is not here."""

    def converted(owner: str, name: str, value: Any) -> Any:
        if isinstance(value, Mapping) and not isinstance(value, Row):
            value = _id_elsewhere(owner, name, value)
        return value if convert is None else convert(owner, name, value)

    return converted


def _id_elsewhere(owner: str, name: str, row: Mapping[str, Any]) -> UUID:
    address = row.get("@odata.id")
    given = [address] if isinstance(address, str) else []
    given = given or [str(each) for key, each in row.items() if key.endswith("id") and "@" not in key]
    match = _GUID.search(given[0]) if len(given) == 1 else None
    if match is None:
        raise InvalidArgument(f"{owner}: {name} names no row: it needs its id, or its address in @odata.id.")
    return UUID(match.group(1))


def _as_column_set(_owner: str, _name: str, value: Any) -> ColumnSet | None:
    return ColumnSet.of(value)


def _as_member(members: type[enum.Enum]) -> Converter:
    """Takes a member of an enumeration, its value, or its number, which is what some clients send."""
    known = list(members)

    def convert(_owner: str, name: str, value: Any) -> enum.Enum:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(known):
            return known[value]
        for member in known:
            if value == member.value:
                return member
        listed = ", ".join(str(member.value) for member in known)
        raise InvalidArgument(f"{name} is one of {listed}, not {abbreviated(value)}.")

    return convert


_BY_TYPE: Mapping[Any, Converter] = {
    UUID: as_uuid,
    int: _as_int,
    bool: _as_bool,
    str: _as_text,
    Decimal: _as_decimal,
    datetime: _as_moment,
    Reference: as_reference,
    Mapping: _as_mapping,
    ColumnSet: _as_column_set,
}


def _converter(kinds: Sequence[Any], table: str | None) -> Converter | None:
    """The converter to one of these types; None where several forms are allowed, or any value."""
    if len(kinds) != 1:
        return None  # several forms are allowed: the message distinguishes them
    kind = typing.get_origin(kinds[0]) or kinds[0]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _as_member(kind)
    if isinstance(kind, type) and issubclass(kind, Sequence) and kind not in _BY_TYPE:
        return _of_items(typing.get_args(kinds[0]))
    convert = _BY_TYPE.get(kind)
    return convert if convert is None or table is None else _of_table(table, kind, convert)


def _of_items(of: tuple[Any, ...]) -> Converter | None:
    """Takes a list and brings each of its items to the type; None where the items may be anything, or rows."""
    convert = _BY_TYPE.get(of[0]) if of else None
    if convert is None:
        return None

    def converted(owner: str, name: str, value: Any) -> list[Any]:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
            raise InvalidArgument(f"{owner}: {name} must be a list, not {abbreviated(value)}.")
        return [convert(owner, name, each) for each in value]

    return converted


def _of_table(table: str, kind: Any, convert: Converter) -> Converter:
    """The same for a parameter whose rows are of one table; an id may be given as the row that it belongs to."""

    def checked(owner: str, name: str, value: Any) -> Any:
        if isinstance(value, (Reference, Row)) and value.table != table:
            raise InvalidArgument(f"{owner}: {name} is a row of {table}, not of {value.table}.")
        if kind is UUID and isinstance(value, Mapping) and not isinstance(value, Row) and "@odata.id" not in value:
            value = _id_in(owner, name, table, value)
        return convert(owner, name, value)

    return checked

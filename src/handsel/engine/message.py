"""Messages: every change from every door is one frozen, typed object with the documented name (design 4)."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from handsel.engine.errors import Code, InvalidArgument
from handsel.engine.row import Reference, Row
from handsel.tables.facts import schema_name_of

if TYPE_CHECKING:
    from handsel.engine.work import Item, Work

_messages: dict[str, type[Message]] = {}


class Message:
    """The base of every message. Parameters are the dataclass fields; their API names are their schema names."""

    __slots__ = ()
    shares_root: ClassVar[bool] = False
    """True when messages of one list may work on the same locked row in one round."""
    changes: ClassVar[bool] = True
    """False for a message that only reads: it takes no locks and no row version."""

    roots_must_exist: ClassVar[bool] = True
    """True when a missing root row refuses the message; Upsert creates it instead."""

    retries_duplicates: ClassVar[bool] = False
    """True when a row that appeared meanwhile is a reason to look again instead of a refusal: Upsert finds it then."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _messages[cls.__name__] = cls

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            if field.default is dataclasses.MISSING and getattr(self, field.name) is None:
                raise _empty(type(self).__name__, parameter_name(field))
        for name, parameter, coerce in _coercions(type(self)):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, coerce(type(self).__name__, parameter, value))

    def locks(self) -> Sequence[Reference]:
        """The rows that must stay as they are while the message works: its root rows."""
        return ()

    @classmethod
    def companions(cls, messages: Sequence[Any]) -> Sequence[Any]:
        """For each message of a list: a further thing that two messages of one round must not both work on, or None.

        Asked once for lists of two or more. A dialog that closes an opportunity along with its quote answers with that
        opportunity, so that two quotes of one opportunity take turns.
        """
        return [None] * len(messages)


M = TypeVar("M", bound=Message)


def message_type(name: str) -> type[Message]:
    """A message by its documented name. Raises InvalidArgument with near misses."""
    found = _messages.get(name)
    if found is None:
        near = [known for known in _messages if name.lower() in known.lower() or known.lower() in name.lower()]
        hint = f" Did you mean {', '.join(sorted(near))}?" if near else " `handsel message --list` shows them all."
        raise InvalidArgument(f"There is no message named '{name}'.{hint}")
    return found


def message_names() -> list[str]:
    """Every message there is, sorted."""
    return sorted(_messages)


def parameter_name(field: dataclasses.Field[Any]) -> str:
    """A parameter's API name: `opportunity_id` → `OpportunityId`."""
    name: str = field.metadata.get("name") or schema_name_of(field.name)
    return name


def message_from(name: str, payload: Mapping[str, Any]) -> Message:
    """A message from its name and JSON parameters.

    Parameters go by API name (`OpportunityId`) or Python name; a reference parameter may also be given as the row it
    names (`"Opportunity": {"opportunityid": …}`). Raises InvalidArgument (0x80040203) for unknown, missing or malformed
    ones.
    """
    cls = message_type(name)
    if not isinstance(payload, Mapping):
        raise InvalidArgument(f"{name} takes a JSON object of parameters, not {type(payload).__name__}.")
    fields = {parameter_name(field): field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for given, value in payload.items():
        if given.startswith("@"):
            continue
        field = fields.get(given) or next((f for f in fields.values() if f.name == given), None)
        if field is None:
            field = next((field for known, field in fields.items() if known.lower() == given.lower()), None)
        if field is None and f"{given}Id" in fields:
            field, value = fields[f"{given}Id"], _id_of(given, value)
        if field is None:
            raise InvalidArgument(f"{name} has no parameter '{given}'. It takes {', '.join(fields) or 'none'}.")
        values[field.name] = value
    missing = [
        parameter
        for parameter, field in fields.items()
        if field.name not in values
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise InvalidArgument(f"{name} needs the parameter {' and '.join(missing)}.")
    return cls(**values)


def _empty(message: str, parameter: str) -> InvalidArgument:
    """The refusal of nothing in a parameter that is needed; no opportunity has its own code (behaviour 9)."""
    code = Code.MISSING_OPPORTUNITY_ID if parameter == "OpportunityId" else None
    return InvalidArgument(f"{message} needs the parameter {parameter}.", code)


def _id_of(name: str, value: Any) -> Any:
    """The id in an inline row or reference: `{"opportunityid": …}`, `{"@odata.id": "opportunities(…)"}`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key.lower() == f"{name.lower()}id" or key == "@odata.id":
                return inner
        raise InvalidArgument(f"The parameter {name} names no row: it needs {name.lower()}id.")
    return value


_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})\}?\)?$")


def told(value: Any) -> str:
    """A caller's value as it stands in a message: short, and a number as it was written."""
    text = str(value) if isinstance(value, (Decimal, UUID)) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def as_uuid(owner: str, name: str, value: Any) -> UUID:
    """An id given as UUID, text (braces and `set(id)` allowed), row, reference, or JSON row of one known id."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, Mapping) and not isinstance(value, Row):
        ids = [inner for key, inner in value.items() if key == "@odata.id" or (key.endswith("id") and key[0] != "@")]
        value = ids[0] if len(ids) == 1 else value
    if isinstance(value, (Row, Reference)):
        return value.id
    if isinstance(value, str):
        match = _GUID.search(value.strip())
        if match:
            return UUID(match.group(1))
    raise InvalidArgument(f"{owner}: {name} must be an id like 0196f1b2-…, not {told(value)}.")


def _as_int(owner: str, name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,10}", value):
            return int(value)
        raise InvalidArgument(f"{owner}: {name} must be a whole number, not {told(value)}.")
    return value


def _as_bool(owner: str, name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidArgument(f"{owner}: {name} must be true or false, not {told(value)}.")


def _as_text(owner: str, name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidArgument(f"{owner}: {name} must be text, not {told(value)}.")


def _as_mapping(owner: str, name: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise InvalidArgument(f"{owner}: {name} must be an object of columns and values, not {told(value)}.")


def _as_decimal(owner: str, name: str, value: Any) -> Decimal:
    if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except ArithmeticError:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise InvalidArgument(f"{owner}: {name} must be a decimal number, not {told(value)}.")


def _as_moment(owner: str, name: str, value: Any) -> datetime | date:
    if isinstance(value, (datetime, date)):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidArgument(f"{owner}: {name} must be a date or time like 2026-01-31T12:00:00Z, not {told(value)}.")


def _as_reference(owner: str, name: str, value: Any) -> Reference:
    if isinstance(value, Reference):
        return value
    if isinstance(value, Row):
        return value.reference
    if isinstance(value, Mapping):
        table, id = value.get("table"), value.get("id")
        if table is None and isinstance(value.get("@odata.type"), str):
            table = value["@odata.type"].rpartition(".")[2]
            id = value.get(f"{table}id", value.get("activityid"))
        if isinstance(table, str) and id is not None:
            return Reference(table, as_uuid(owner, name, id))
    raise InvalidArgument(f'{owner}: {name} must name a row like {{"table": "account", "id": "…"}}, not {told(value)}.')


_BY_TYPE: dict[Any, Callable[[str, str, Any], Any]] = {
    UUID: as_uuid,
    int: _as_int,
    bool: _as_bool,
    str: _as_text,
    Decimal: _as_decimal,
    datetime: _as_moment,
    Reference: _as_reference,
    Mapping: _as_mapping,
}


_Coercion = tuple[str, str, Callable[[str, str, Any], Any]]
"""The field, the API name that a refusal calls it by, and what brings a value to the declared type."""

_known_coercions: dict[type[Message], tuple[_Coercion, ...]] = {}


def _coercions(cls: type[Message]) -> tuple[_Coercion, ...]:
    """Which parameters are brought to their declared type when a message is made."""
    known = _known_coercions.get(cls)
    if known is not None:
        return known
    hints = typing.get_type_hints(cls)
    found = []
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        kinds = [hints[field.name]]
        if isinstance(kinds[0], types.UnionType):
            kinds = [kind for kind in typing.get_args(kinds[0]) if kind is not types.NoneType]
        if len(kinds) > 1:
            continue  # several forms are allowed: the message tells them apart
        coerce = _BY_TYPE.get(typing.get_origin(kinds[0]) or kinds[0])
        if typing.get_origin(kinds[0]) is not None and issubclass(typing.get_origin(kinds[0]), Mapping):
            coerce = _as_mapping
        if coerce is not None:
            found.append((field.name, parameter_name(field), coerce))
    _known_coercions[cls] = tuple(found)
    return _known_coercions[cls]


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnSet:
    """Which columns of a resulting row come back. It never limits what is copied (behaviour 3)."""

    all_columns: bool = True
    columns: tuple[str, ...] = ()

    @staticmethod
    def of(value: Any) -> ColumnSet | None:
        """A column set from its JSON forms: an object, or a bare list of columns. None stays None: every column."""
        if value is None or isinstance(value, ColumnSet):
            return value
        if isinstance(value, Mapping):
            listed = value.get("Columns")
            if value.get("AllColumns") or listed is None:
                return ColumnSet()
            value = listed
        if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            return ColumnSet(all_columns=False, columns=tuple(value))
        raise InvalidArgument(f'ColumnSet must be {{"AllColumns": true}} or a list of columns, not {told(value)}.')


_BY_TYPE[ColumnSet] = lambda _owner, _name, value: ColumnSet.of(value)

Handler = Callable[["Work", "list[Item[Any]]"], None]
_handlers: dict[type[Message], Handler] = {}


def handles(cls: type[M]) -> Callable[[Callable[[Work, list[Item[M]]], None]], Callable[[Work, list[Item[M]]], None]]:
    """Declare the function that does a message: it gets a round of items and works on all of them at once."""

    def register(function: Callable[[Work, list[Item[M]]], None]) -> Callable[[Work, list[Item[M]]], None]:
        _handlers[cls] = function
        return function

    return register


def handler_of(cls: type[Message]) -> Handler:
    """The function that does messages of this type."""
    return _handlers[cls]


Listener = Callable[..., None]
_listeners: dict[type[Message], list[Listener]] = {}


def on(cls: type[M]) -> Callable[[Listener], Listener]:
    """Register own code for a message that is raised as an event, such as CalculatePrice."""

    def register(function: Listener) -> Listener:
        _listeners.setdefault(cls, []).append(function)
        return function

    return register


def listeners(cls: type[Message]) -> Iterable[Listener]:
    """The own code registered for an event message."""
    return tuple(_listeners.get(cls, ()))


def forget_listener(cls: type[Message], listener: Listener) -> None:
    """Take a registration back."""
    _listeners[cls].remove(listener)

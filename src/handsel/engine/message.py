"""Messages: every change from every door is one frozen, typed object with the documented name (architecture 4)."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from handsel.database.row import Reference
from handsel.engine.parameters import Converter, converter
from handsel.errors import Code, InvalidArgument
from handsel.tables.facts import schema_name_of

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
    def conflicts_with(cls, messages: Sequence[Any]) -> Sequence[Any]:
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


_Coercion = tuple[str, str, Converter]
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
        convert = converter(hints[field.name])
        if convert is not None:
            found.append((field.name, parameter_name(field), convert))
    _known_coercions[cls] = tuple(found)
    return _known_coercions[cls]

"""Messages: every change from every surface is one frozen, typed object with its documented name (architecture 4)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar

from handsel.database.row import Reference
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import missing, named, parameters_of
from handsel.errors import InvalidArgument, SetupError

R_co = TypeVar("R_co", covariant=True)
"""What a message results in; None where nothing comes back."""

_messages: dict[str, type[AnyMessage]] = {}


class Message(Generic[R_co]):
    """The base of every message: a frozen dataclass whose fields are its parameters. One function `handles` it.

    `class WinQuote(Message[None])`: what stands in the brackets is the type of its result, which `session.execute`
    returns.

    Declaring the dataclass is enough for `session.execute`, the command line, the Web API and `$metadata`. What it can
    declare besides its fields:

    * `operation`: what the Web API calls it on and what it returns; None keeps it out of the Web API.
    * `needs`: the privileges that it takes; `takes` where they depend on what is asked for.
    * `changes`: False when it only reads.
    * `locks`: the row that it works on, so that two callers take turns: every message about one document, product or
      team needs it. A line locks its document. Without it nothing is locked.
    * `conflicts_with`: needed when it also changes a row that only another row names, such as the opportunity of a
      quote. Two messages of one list that name the same one take turns.
    * `shares_root`: True when messages of one list that lock the same row may work on it at once, because each only
      creates rows there, as `Create` does. Otherwise they take turns.
    * `roots_must_exist`: False when its handler deals with a locked row that does not exist, as that of `Upsert` does.
      Otherwise the message is refused.
    * `retries_duplicates`: True when the message updates a row that another transaction created meanwhile, as `Upsert`
      does.
    """

    __slots__ = ()

    operation: ClassVar[Operation | None] = Operation()
    needs: ClassVar[Needs | None] = None
    changes: ClassVar[bool] = True
    shares_root: ClassVar[bool] = False
    roots_must_exist: ClassVar[bool] = True
    retries_duplicates: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        other = _messages.setdefault(cls.__name__, cls)
        if other.__module__ != cls.__module__:
            raise SetupError(
                f"Two messages are called {cls.__name__}: in {other.__module__} and in {cls.__module__}. Rename one."
            )
        _messages[cls.__name__] = cls  # a dataclass with slots is made twice

    def __post_init__(self) -> None:
        owner = type(self).__name__
        for parameter in parameters_of(type(self)):
            value = getattr(self, parameter.field)
            if value is None:
                if not parameter.takes_none:
                    raise missing(owner, [parameter])
                object.__setattr__(self, parameter.field, parameter.default)
            elif parameter.convert is not None:
                object.__setattr__(self, parameter.field, parameter.convert(owner, parameter.name, value))

    def locks(self) -> Sequence[Reference]:
        """The rows that must stay as they are while the message works: its root rows.

        They are locked, read under the lock and known to exist when the handler begins: `work.as_user.row` has them.
        """
        return ()

    def takes(self) -> Needs | None:
        """What this message takes, with the tables that it names; None where its handler checks all of it."""
        return type(self).needs

    @classmethod
    def conflicts_with(cls, messages: Sequence[Self]) -> Sequence[Hashable | None]:
        """For each message of a list: a further thing that two messages of one round must not both work on, or None.

        Called once, for lists of two or more. A message that closes an opportunity along with its quote returns that
        opportunity, so that two quotes of one opportunity take turns.
        """
        return [None] * len(messages)


AnyMessage: TypeAlias = Message[object]
"""A message, whatever it results in."""
M = TypeVar("M", bound=AnyMessage)


def message_type(name: str) -> type[AnyMessage]:
    """A message by its documented name. Raises InvalidArgument with near misses."""
    found = _messages.get(name)
    if found is None:
        near = [known for known in _messages if name.lower() in known.lower() or known.lower() in name.lower()]
        hint = f" Did you mean {', '.join(sorted(near))}?" if near else " `handsel message --list` shows them all."
        raise InvalidArgument(f"There is no message named '{name}'.{hint}")
    return found


def message_names() -> list[str]:
    """All message names, sorted."""
    return sorted(_messages)


def message_types() -> tuple[type[AnyMessage], ...]:
    """All messages, in the order of declaration."""
    return tuple(_messages.values())


def message_from(name: str, payload: Mapping[str, object]) -> AnyMessage:
    """A message from its name and JSON parameters.

    Parameters go by API name (`OpportunityId`) or Python name; an id may also be given as the row it belongs to
    (`"Opportunity": {"opportunityid": …}`). Raises InvalidArgument (0x80040203) for unknown, missing or malformed ones.
    """
    cls = message_type(name)
    if not isinstance(payload, Mapping):
        raise InvalidArgument(f"{name} takes a JSON object of parameters, not {type(payload).__name__}.")
    values: dict[str, Any] = {}
    for given, value in payload.items():
        if given.startswith("@"):
            continue
        parameter = named(parameters_of(cls), given)
        if parameter is None:
            takes = ", ".join(each.name for each in parameters_of(cls)) or "none"
            raise InvalidArgument(f"{name} has no parameter '{given}'. It takes {takes}.")
        values[parameter.field] = value
    return made(cls, values)


def made(cls: type[M], values: Mapping[str, object]) -> M:
    """A message from values by field. Raises InvalidArgument (0x80040203) when a required one is missing."""
    lacking = [each for each in parameters_of(cls) if each.is_needed and each.field not in values]
    if lacking:
        raise missing(cls.__name__, lacking)
    return cls(**values)

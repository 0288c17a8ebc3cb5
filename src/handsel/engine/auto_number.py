"""The messages that read and set the counters of numbered tables (Web API 9, behaviour 10)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Protocol

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.crud.changing import update_rows
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.numbering import numberings
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument
from handsel.tables.facts import Numbering

_ORGANIZATION = "organization"
_LONG = "Edm.Int64"


@dataclass(frozen=True, slots=True)
class SetAutoNumberSeed(Message[None]):
    """Set the next number of a column that numbers rows, as writing the organization's column of the counter does.

    Raises InvalidArgument (0x80040203) for a column without a counter, and for a number that would come again.
    """

    entity_name: str
    attribute_name: str
    value: Annotated[int, Parameter(type=_LONG)]

    def locks(self) -> Sequence[Reference]:
        return ()

    @classmethod
    def conflicts_with(cls, messages: Sequence[SetAutoNumberSeed]) -> Sequence[Hashable | None]:
        return [_ORGANIZATION] * len(messages)  # all change the same row


@handles(SetAutoNumberSeed)
def set_auto_number_seed(work: Work, items: list[Item[SetAutoNumberSeed]]) -> None:
    """Change the organization's row, which sets the counters."""
    work.require(Privilege.WRITE, _ORGANIZATION)
    settings = _settings(work, lock=True)

    def change(item: Item[SetAutoNumberSeed]) -> None:
        update_rows(work, [(item, settings, {_numbering(item.message).current: item.message.value})])

    work.each(items, change)


@dataclass(frozen=True, slots=True)
class GetAutoNumberSeed(Message[int]):
    """The next number of a column that numbers rows: the seed, and what has been counted since."""

    operation: ClassVar[Operation] = Operation(returns={"AutoNumberSeedValue": _LONG}, kind="action")
    changes: ClassVar[bool] = False

    entity_name: str
    attribute_name: str


@dataclass(frozen=True, slots=True)
class GetNextAutoNumberValue(Message[int]):
    """The number that the next row gets, which is not taken by that."""

    operation: ClassVar[Operation] = Operation(returns={"NextAutoNumberValue": _LONG}, kind="action")
    changes: ClassVar[bool] = False

    entity_name: str
    attribute_name: str


class _NamesColumn(Protocol):
    """A message that names a column that numbers rows."""

    @property
    def entity_name(self) -> str: ...

    @property
    def attribute_name(self) -> str: ...


def answer_next_number(work: Work, items: Sequence[Item[_NamesColumn]]) -> None:
    """Set the next numbers as results."""
    work.require(Privilege.READ, _ORGANIZATION)
    settings = _settings(work)

    def answer(item: Item[_NamesColumn]) -> None:
        item.result = settings[_numbering(item.message).current]

    work.each(items, answer)


handles(GetAutoNumberSeed)(answer_next_number)
handles(GetNextAutoNumberValue)(answer_next_number)


def _settings(work: Work, *, lock: bool = False) -> Row:
    id = work.organization.settings.id
    return work.as_system.load(_ORGANIZATION, [id], lock=lock)[id]


def _numbering(message: _NamesColumn) -> Numbering:
    info = table_named(message.entity_name)
    numbering = numberings().get(info.logical_name)
    if numbering is None or numbering.column != message.attribute_name.lower():
        known = ", ".join(f"{each.column} of {table}" for table, each in numberings().items())
        raise InvalidArgument(
            f"{type(message).__name__}: {message.attribute_name} of {info.logical_name} has no counter. "
            f"These have one: {known}."
        )
    return numbering

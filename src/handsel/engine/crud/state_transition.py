"""IsValidStateTransition: whether a row may go from its state to another, by its lifecycle. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.message import Message
from handsel.engine.operation import Operation
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, abbreviated, not_found
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.relations import status_states

DEFAULT = -1
"""In place of a status reason: the default one of the state."""


@dataclass(frozen=True, slots=True)
class IsValidStateTransition(Message[bool]):
    """Whether a row's state and status reason may become others, by whatever message (behaviour 2, 14.1).

    `new_state` is the name or the number of a state. It says nothing about what else stands in the way, such as a quote
    without a price list.
    """

    operation: ClassVar[Operation] = Operation(returns={"IsValid": bool})
    changes: ClassVar[bool] = False

    entity: Reference
    new_state: str
    new_status: int


@handles(IsValidStateTransition)
def is_valid(work: Work, items: list[Item[IsValidStateTransition]]) -> None:
    """Set the results."""
    by_table: dict[str, list[Item[IsValidStateTransition]]] = defaultdict(list)
    for item in items:
        by_table[table_named(item.message.entity.table).logical_name].append(item)
    for table, group in by_table.items():
        work.require(Privilege.READ, table)
        work.as_user.load(table, [item.message.entity.id for item in group])

        def ask(item: Item[IsValidStateTransition], table: str = table) -> None:
            row = work.as_user.row(table, item.message.entity.id)
            if row is None:
                raise not_found(table, item.message.entity.id)
            item.result = _is_valid(work.info(table), row, item.message)

        work.each(group, ask)


def _is_valid(info: TableInfo, row: Row, message: IsValidStateTransition) -> bool:
    column = info.state_column
    if column is None:
        raise InvalidArgument(f"{info.label} has no states, so nothing can be asked about them.")
    target, here = _state(info, column, message.new_state), row.get("statecode")
    statuses = status_states(info.status_column) if info.status_column is not None else {}
    if message.new_status != DEFAULT and statuses.get(message.new_status) != target:
        return False
    lifecycle = lifecycle_of(info.logical_name)
    if lifecycle is None or here == target:
        return True
    return any(here in step.sources and step.target == target for step in lifecycle.transitions)


def _state(info: TableInfo, column: ColumnInfo, asked: str) -> int:
    """The number of a state given by its name or number."""
    wanted = asked.strip().lower()
    found = next((value for value, label in column.labels.items() if wanted in (label.lower(), str(value))), None)
    if found is None:
        listed = ", ".join(f"{label} ({value})" for value, label in column.labels.items())
        raise InvalidArgument(f"{info.label} has no state {abbreviated(asked)}. Its states are {listed}.")
    return found

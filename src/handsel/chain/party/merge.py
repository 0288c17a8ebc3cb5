"""Merge: two rows that stand for one company or person become one (behaviour 14.3)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.party.customer_rules import number_moved_addresses
from handsel.chain.party.cycles import ancestors
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.changing import update_rows
from handsel.engine.crud.moving import move_references
from handsel.engine.edm import ROW
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import TARGET, Needs
from handsel.engine.parameters import Parameter
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, InvalidState, Refused

ACTIVE = 0
MERGE = TablelessPrivilege("prvMerge")


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A table whose rows can be merged: the lookup to a row's parent, if it has one, and what the loser becomes."""

    table: str
    parent: str | None
    tree: str | None
    """The lookup by which rows of the table stand below each other."""
    state: int
    status: int


Step = Callable[[Work, Item[object], Row, Mapping[str, Sequence[Row]]], None]
"""Takes the row that remains, and the rows that moved to it, by table."""

_mergeable: dict[str, Mergeable] = {}
_steps: list[Step] = []


def mergeable(kind: Mergeable) -> None:
    """Declare that rows of a table can be merged."""
    _mergeable[kind.table] = kind


def after_merge(step: Step) -> None:
    """Declare what is done about rows that moved with a merge."""
    _steps.append(step)


@dataclass(frozen=True, slots=True)
class Merge(Message[None]):
    """Make one row of two: what refers to `subordinate` refers to `target` afterwards, and the former is deactivated.

    `update_content` holds the columns of the target that change along, most often values of the subordinate.
    `perform_parenting_checks` refuses rows that belong to different parents.
    """

    needs: ClassVar[Needs] = Needs(
        read=(TARGET,), write=(TARGET,), further=(MERGE,), besides="What UpdateContent takes as an Update."
    )

    target: Reference
    subordinate: Reference
    update_content: Annotated[Mapping[str, Any], Parameter(type=ROW)]
    perform_parenting_checks: bool

    def locks(self) -> Sequence[Reference]:
        rows = [Reference(table_named(each.table).logical_name, each.id) for each in (self.target, self.subordinate)]
        target, subordinate = rows
        if target.table != subordinate.table:
            raise InvalidArgument(
                f"Merge: Target is a row of {target.table} and Subordinate one of {subordinate.table}. Merge rows of "
                "one table."
            )
        if target.table not in _mergeable:
            raise InvalidArgument(f"Rows of {target.table} cannot be merged. Those of {', '.join(_mergeable)} can.")
        if target == subordinate:
            raise InvalidArgument("Merge: Target and Subordinate are the same row. Name two.")
        stated = self.update_content.get("@odata.type")
        if isinstance(stated, str) and stated.rpartition(".")[2] != target.table:
            raise InvalidArgument(f"Merge: UpdateContent is a {stated}, but it is to change a row of {target.table}.")
        return rows

    @classmethod
    def conflicts_with(cls, messages: Sequence[Merge]) -> Sequence[Hashable | None]:
        # Any row may refer to rows of several merges.
        return ["Merge"] * len(messages)


@handles(Merge)
def merge(work: Work, items: list[Item[Merge]]) -> None:
    """Merge pairs of rows."""
    work.each(items, lambda item: _merge(work, item))


def _merge(work: Work, item: Item[Merge]) -> None:
    target, subordinate = (_row(work, lock) for lock in item.message.locks())
    kind = _mergeable[target.table]
    for row in (target, subordinate):
        _require_active(work, row)
    if item.message.perform_parenting_checks and kind.parent is not None:
        _require_one_parent(work, kind.parent, target, subordinate)
    content = {name: value for name, value in item.message.update_content.items() if not name.startswith("@")}
    content.pop(work.info(kind.table).primary_key, None)
    if kind.tree is not None:
        _take_place(work, item, kind, target, subordinate)
    moved = move_references(work, item, subordinate.reference, target.reference, without=("masterid",))
    number_moved_addresses(work, item, target, moved.get("customeraddress", ()))
    for step in _steps:
        step(work, item, target, moved)
    if content:
        update_rows(work, [(item, target, content)])
    loser = {"statecode": kind.state, "statuscode": kind.status, "merged": True, "masterid": target.id}
    work.update(item, subordinate, loser)


def _row(work: Work, lock: Reference) -> Row:
    row = work.as_user.row(*lock)
    assert row is not None, "locks names it, so it is there"
    return row


def _name(work: Work, row: Row) -> str:
    info = work.info(row.table)
    return f"{info.label} '{row.get(info.primary_name) or row.id}'"


def _require_active(work: Work, row: Row) -> None:
    column = work.info(row.table).state_column
    if column is not None and row.get("statecode") != ACTIVE:
        state = column.labels[row["statecode"]].lower()
        raise InvalidState(
            f"{_name(work, row)} is {state}, so it cannot be merged. Set it {column.labels[ACTIVE].lower()} first.",
            table=row.table,
            id=str(row.id),
        )


def _require_one_parent(work: Work, parent: str, target: Row, subordinate: Row) -> None:
    """The children of the subordinate would come to stand below another parent; a row without one is no hindrance."""
    there: UUID | None = subordinate.get(parent)
    if there is not None and there not in (target.get(parent), target.id):
        raise Refused(
            f"{_name(work, subordinate)} and {_name(work, target)} have different parents ({parent}), so they are not "
            "merged. Give them the same parent, or merge them with PerformParentingChecks false.",
            table=subordinate.table,
            id=str(subordinate.id),
        )


def _take_place(work: Work, item: Item[Merge], kind: Mergeable, target: Row, subordinate: Row) -> None:
    """A target that stands below the subordinate takes its place, so that no row stands above itself afterwards."""
    assert kind.tree is not None
    if any(row.id == subordinate.id for row in ancestors(work, kind.table, kind.tree, [target])[target.id]):
        columns = {kind.tree, *([kind.parent] if kind.parent else [])}
        info = work.info(kind.table)
        columns |= {part for name in columns for part in info.columns[name].split.values()}
        work.update(item, target, {name: subordinate.get(name) for name in columns})

"""What can be done with rows: the steps of their lifecycle and the messages that could be sent to them.

Each is allowed, or blocked by the state of the row with the sentence that its refusal would have; what the user lacks
a right for is absent. The messages are checked by the functions that refuse them when they are sent, for all rows at
once: the number of statements depends on the kinds of checks, not on the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.messages import Delete, Update
from handsel.engine.crud.permitting import permit_messages, permit_roots, permit_rows
from handsel.engine.crud.removing import foresee_deletion
from handsel.engine.lifecycle import UPDATE, Lifecycle, Move, Transition, foresee, lifecycle_of
from handsel.engine.message import AnyMessage, made
from handsel.engine.parameters import parameters_of
from handsel.engine.roots import root_row
from handsel.engine.work import Work
from handsel.errors import HandselError, PrivilegeDenied
from handsel.tables.info import table_info

RootItem = Item[Any]
"""An item of the message that is looked at; the row it is about is the one that its message names first."""

Check = Callable[[Work, Sequence[RootItem]], None]
"""Refuses the items that would be refused for the state of their rows, and changes nothing."""

Make = Callable[[Row], AnyMessage | None]
"""The message that would be sent to a row, which needs nothing but the row; None where it would do nothing."""


@dataclass(frozen=True, slots=True)
class Available:
    """One thing that could be done with a row.

    name     the step of the lifecycle as a button calls it, such as `Win`, or the name of the message
    message  what would be sent; `Update` and `Delete` stand for any change and for the deletion of the row
    refusal  why it would be refused as the row stands; None where it is allowed
    """

    name: str
    message: AnyMessage
    refusal: HandselError | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether it would be done."""
        return self.refusal is None

    @property
    def reason(self) -> str:
        """The sentence of the refusal; empty where it is allowed."""
        return "" if self.refusal is None else self.refusal.message


@dataclass(frozen=True, slots=True)
class _Sendable:
    message: type[AnyMessage]
    make: Make
    check: Check | None


_sendable: dict[str, list[_Sendable]] = defaultdict(list)
Foreseen = Callable[[Work, Sequence[Move]], None]
_foreseen: list[Foreseen] = []


def sendable(table: str, message: type[AnyMessage], check: Check | None = None, *, make: Make | None = None) -> None:
    """Declare that a message can be sent to rows of a table, and what refuses it for their state.

    One that makes a step of the lifecycle is shown as that step; without a check the lifecycle alone decides. `make`
    says how it names the row: by default in its first parameter, by id or as the values of a close activity.
    """
    _sendable[table].append(_Sendable(message, make or _naming(table, message), check))


def _naming(table: str, message: type[AnyMessage]) -> Make:
    def make(row: Row) -> AnyMessage:
        first = parameters_of(message)[0]
        named = row.id if UUID in first.kinds else {table_info(table).primary_key: row.id}
        return made(message, {first.field: named})

    return make


def foreseen(function: Foreseen) -> Foreseen:
    """Declare a function that refuses the items of steps which would be refused only when the round is written."""
    _foreseen.append(function)
    return function


def available(work: Work, asked: Iterable[Reference]) -> dict[Reference, list[Available]]:
    """What the acting user could do with each of some rows; those that the user may not see are left out.

    `work` collects refusals. It is used up afterwards: nothing of it is written.
    """
    by_table: dict[str, list[UUID]] = defaultdict(list)
    for table, id in dict.fromkeys(asked):
        by_table[table].append(id)
    found: dict[Reference, list[Available]] = {}
    for table, ids in by_table.items():
        seen = work.as_user.load(table, ids)
        group = [seen[id] for id in ids if id in seen]
        found.update({row.reference: [] for row in group})
        for name, make, check in _offers(table):
            for row, offer in _looked_at(work, group, name, make, check):
                found[row.reference].append(offer)
    return found


def _offers(table: str) -> Iterable[tuple[str, Make, Check]]:
    """Name, message and check of everything that can be done with rows of a table."""
    lifecycle, declared = lifecycle_of(table), {each.message.__name__: each for each in _sendable[table]}
    for step in lifecycle.transitions if lifecycle is not None else ():
        assert lifecycle is not None
        for via in step.via:
            if via == UPDATE:
                yield step.name, _to_state(lifecycle, step), _update_step(lifecycle, step)
            elif via in declared:
                known = declared.pop(via)
                yield step.name, known.make, known.check or step_check(lifecycle, step.target, via)
    for each in declared.values():
        yield each.message.__name__, each.make, each.check or (lambda _work, _items: None)
    yield "Update", lambda row: Update(table, row.id, {}), _update_check(table)
    yield "Delete", lambda row: Delete(table, row.id), _delete_check(table)


def _looked_at(work: Work, rows: Sequence[Row], name: str, make: Make, check: Check) -> Iterable[tuple[Row, Available]]:
    sent = ((index, make(row)) for index, row in enumerate(rows))
    items: list[RootItem] = [Item(index, message) for index, message in sent if message is not None]
    for item in items:
        item.locks = item.message.locks()
    refusals = permit_messages(work.actor, items)
    live = [item for item in items if item.index not in refusals]
    permit_roots(work, live)
    check(work, [item for item in live if item.refusal is None])
    for item in live:
        if not isinstance(item.refusal, PrivilegeDenied):
            yield rows[item.index], Available(name, item.message, item.refusal)


def step_check(lifecycle: Lifecycle, target: int, via: str) -> Check:
    """The check of a message that makes a step of a lifecycle and asks for nothing else."""

    def check(work: Work, items: Sequence[RootItem]) -> None:
        moves = [Move(item, root_row(work, item), target) for item in items if item.refusal is None]
        foresee(work, lifecycle, moves, via)
        foresee_writing(work, moves)

    return check


def foresee_writing(work: Work, moves: Sequence[Move]) -> None:
    """Refuse the items of moves that would be refused when the round is written."""
    for function in _foreseen:
        function(work, [entry for entry in moves if entry.item.refusal is None])


def _update_step(lifecycle: Lifecycle, step: Transition) -> Check:
    checked = step_check(lifecycle, step.target, UPDATE)

    def check(work: Work, items: Sequence[RootItem]) -> None:
        _permit(work, Privilege.WRITE, lifecycle.table, items)
        checked(work, [item for item in items if item.refusal is None])

    return check


def _update_check(table: str) -> Check:
    def check(work: Work, items: Sequence[RootItem]) -> None:
        _permit(work, Privilege.WRITE, table, items)
        lifecycle = lifecycle_of(table)
        if lifecycle is not None:
            work.each(items, lambda item: lifecycle.require_editable(work, root_row(work, item)))

    return check


def _delete_check(table: str) -> Check:
    def check(work: Work, items: Sequence[RootItem]) -> None:
        _permit(work, Privilege.DELETE, table, items)
        live = [item for item in items if item.refusal is None]
        if live:
            apart = Work(work.context, work.organization, collect=True)  # rules of deletion change rows in memory
            rows = apart.as_user.load(table, [item.locks[0].id for item in live])
            foresee_deletion(apart, [(item, rows[item.locks[0].id]) for item in live])

    return check


def _permit(work: Work, verb: Privilege, table: str, items: Sequence[RootItem]) -> None:
    lacked = access.lacked(work.actor, [Need(verb, table)])
    for item in items if lacked else ():
        work.refuse(item, access.denied(work.actor, lacked, table))
    permit_rows(work, verb, [(item, root_row(work, item)) for item in items])


def _to_state(lifecycle: Lifecycle, step: Transition) -> Make:
    """A plain change of state, for rows that are not in the state and from which no other step leads there."""
    others = {
        source
        for other in lifecycle.transitions
        if other is not step and other.target == step.target and UPDATE in other.via
        for source in other.sources
    } - {*step.sources}

    def make(row: Row) -> Update | None:
        if row.get("statecode") == step.target or row.get("statecode") in others:
            return None
        return Update(lifecycle.table, row.id, {"statecode": step.target})

    return make

"""Lifecycles as data: which state follows which, by what message, under which guards (architecture 5).

Checks, buttons, option sets and the sweep test over every state × message pair read the same table.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from handsel.database.row import Item, Row
from handsel.engine.listing import veiled
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, InvalidState, ReadOnly, StatusNotValidForState
from handsel.tables.info import table_info

UPDATE = "Update"
"""The message of a transition that a plain change of statecode makes."""

Guard = Callable[[Work, Sequence[Row]], Mapping[UUID, HandselError]]
"""Given all rows about to change state: the errors of those that may not."""

Stamp = Callable[[Work, Row], Mapping[str, Any]]
"""The values that are written along with state and status."""

Effect = Callable[["Work", "Sequence[Move]"], None]
"""What is done after rows have changed state, for all of them at once."""


@dataclass(frozen=True, slots=True)
class StateRule:
    """One state: whether its rows can be edited, its status reasons, and which of them is the default."""

    value: int
    label: str
    editable: bool
    statuses: tuple[int, ...]
    default_status: int
    enterable: bool = True


@dataclass(frozen=True, slots=True)
class Transition:
    """One step: by which messages, from which states, to which state."""

    name: str
    """The step as a button or a refusal calls it: an imperative, followed by "it" if it is one word."""
    via: tuple[str, ...]
    sources: tuple[int, ...]
    target: int
    stamps: Stamp | None = None
    effect: Effect | None = None

    @property
    def instruction(self) -> str:
        """What a refusal tells to do: `Deactivate it`, `Reverse the payment`."""
        return self.name if " " in self.name else f"{self.name} it"


@dataclass(slots=True)
class Lifecycle:
    """The states of one table and the steps between them.

    `number_column` and `label` name a row in refusals. Downstream folders add guards with `guard`.
    """

    table: str
    label: str
    states: tuple[StateRule, ...]
    transitions: tuple[Transition, ...]
    number_column: str
    guards: dict[str, list[Guard]] = field(default_factory=dict)
    """Transition name → its guards."""
    effects: dict[str, list[Effect]] = field(default_factory=dict)
    """Transition name → what downstream folders do after it, beside the transition's own effect."""
    integration_states: tuple[int, ...] = ()
    """States in which only integration users may edit (behaviour 2.3)."""
    deletable_states: tuple[int, ...] = ()
    """Read-only states in which a holder of prvQOIOverrideDelete may delete (behaviour 3.10)."""
    void_states: tuple[int, ...] = ()
    """States of rows that came to nothing: such a row does not count as made from its source any more."""
    goes_along_states: tuple[int, ...] = ()
    """Other read-only states in which a row is deleted along with the row it belongs to (tables 10)."""

    def state(self, value: int | None) -> StateRule:
        """The rule of a state. Raises StatusNotValidForState for a value the table does not know."""
        for rule in self.states:
            if rule.value == value:
                return rule
        known = ", ".join(f"{rule.value} {rule.label}" for rule in self.states)
        raise StatusNotValidForState(f"{self.label} has no state {value}. Its states are {known}.")

    def name(self, row: Row) -> str:
        """A row as refusals name it: `Quote QUO-01000-A1B2C3`."""
        return f"{self.label} {row.get(self.number_column) or row.id}"

    def guard(self, *transitions: str) -> Callable[[Guard], Guard]:
        """Register a guard of the named transitions."""

        def register(guard: Guard) -> Guard:
            for name in transitions:
                self.guards.setdefault(name, []).append(guard)
            return guard

        return register

    def then(self, *transitions: str) -> Callable[[Effect], Effect]:
        """Register what is done after the named transitions."""

        def register(effect: Effect) -> Effect:
            for name in transitions:
                self.effects.setdefault(name, []).append(effect)
            return effect

        return register

    def state_of_status(self, status: int) -> StateRule | None:
        """The state a status reason belongs to."""
        return next((rule for rule in self.states if status in rule.statuses), None)

    def transition(self, row: Row, target: int, via: str) -> Transition:
        """The step from the row's state to `target` by `via`. Raises InvalidState, which says what is allowed."""
        here = self.state(row.get("statecode"))
        for step in self.transitions:
            if step.target == target and here.value in step.sources and via in step.via:
                return step
        raise InvalidState(self._refusal(row, here, self.state(target), via), table=self.table, id=str(row.id))

    def _refusal(self, row: Row, here: StateRule, there: StateRule, via: str) -> str:
        if here.value == there.value:
            text = f"{self.name(row)} is already {here.label.lower()}."
        else:
            text = f"{self.name(row)} is {here.label.lower()} and cannot become {there.label.lower()}"
            other = [step for step in self.transitions if step.target == there.value and here.value in step.sources]
            if other:
                return f"{text} by {via}. Use {' or '.join(name for step in other for name in step.via)}."
            text += "."
        allowed = [
            f"{self.state(step.target).label.lower()} ({' or '.join(step.via)})"
            for step in self.transitions
            if here.value in step.sources and self.state(step.target).enterable
        ]
        return (
            f"{text} From {here.label.lower()} it can become {', '.join(allowed)}."
            if allowed
            else (f"{text} {here.label} is a final state.")
        )

    def status_for(self, rule: StateRule, status: int | None) -> int:
        """The status reason to write: the one asked for, or the state's default for None and -1 (behaviour 3).

        Raises StatusNotValidForState (0x80048408).
        """
        if status is None or status == -1:
            return rule.default_status
        if status not in rule.statuses:
            listed = ", ".join(str(value) for value in rule.statuses)
            raise StatusNotValidForState(
                f"{status} is not a status reason of {self.label.lower()} state {rule.label}. It can be {listed} or -1 "
                "for the default."
            )
        return status

    def may_go_along(self, row: Row) -> bool:
        """Whether the row's state lets it be deleted along with the row it belongs to."""
        rule = self.state(row.get("statecode"))
        return rule.editable or rule.value in (*self.deletable_states, *self.goes_along_states)

    def is_editable(self, work: Work, row: Row, state: int | None = None) -> bool:
        """Whether the acting user may change the row in its present state, or in `state`."""
        rule = self.state(row.get("statecode") if state is None else state)
        if rule.value in self.integration_states:
            return work.actor.is_integration_user
        return rule.editable

    def require_nothing_along(self, work: Work, row: Row, target: int, columns: Sequence[str]) -> None:
        """Refuse to change columns together with the state, unless the row may be edited before it.

        What goes to, or comes from, the states of integration users must be editable after it, too. So no change of
        state opens a lock. Raises ReadOnly (behaviour 3.15).
        """
        here, there = self.state(row.get("statecode")), self.state(target)
        is_handed_over = there.value in self.integration_states and not self.is_editable(work, row, target)
        if self.is_editable(work, row) and not is_handed_over:
            return
        if self.is_editable(work, row):
            way = f"Change {_those(columns)} first and the state after it, in two requests."
        elif self.is_editable(work, row, target):
            way = f"Change the state alone, then {_those(columns)}, in two requests."
        else:
            way = f"Leave {_those(columns)} out."
        raise ReadOnly(
            f"{self.name(row)} is {here.label.lower()} and is to become {there.label.lower()}; "
            f"{', '.join(columns)} cannot be changed along with that. {way}",
            table=self.table,
            id=str(row.id),
        )

    def require_editable(self, work: Work, row: Row, *, deleting: bool = False, line: bool = False) -> None:
        """Refuse to change a read-only row, or a line of one. Raises ReadOnly (behaviour 9)."""
        if self.is_editable(work, row):
            return
        rule = self.state(row.get("statecode"))
        ways = [step for step in self.transitions if rule.value in step.sources and self.state(step.target).editable]
        hint = f" {ways[0].instruction} first." if ways else " It can no longer be changed."
        if rule.value in self.integration_states:
            hint = (
                " Only an integration user may change it. Set it back to "
                f"{self.state(ways[0].target).label.lower()} first, if you may."
                if ways
                else hint
            )
        what = "its lines cannot be changed" if line else "it cannot be deleted" if deleting else "it cannot be changed"
        code = Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY
        if line:
            code = Code.PARENT_READ_ONLY
        elif deleting:
            code = Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY
        raise ReadOnly(
            f"{self.name(row)} is {rule.label.lower()}, so {what}.{hint}", code, table=self.table, id=str(row.id)
        )


def _those(columns: Sequence[str]) -> str:
    return "it" if len(columns) == 1 else "them"


@dataclass(frozen=True, slots=True)
class Move:
    """One row on its way to another state."""

    item: Item[object]
    row: Row
    target: int
    status: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


_Step = tuple[Move, Transition, int]
"""A move, its step, and the status reason to write."""


def move(work: Work, lifecycle: Lifecycle, moves: Iterable[Move], via: str) -> list[Move]:
    """Move rows to another state: check the transition and its guards, set stamps, state and status.

    Returns the moves that went through; the others' items are refused.
    """
    done = []
    for group in _steps(work, lifecycle, moves, via):
        rows = [entry.row for entry, _, _ in group]
        blocked: dict[UUID, HandselError] = {}
        for guard in lifecycle.guards.get(group[0][1].name, ()):
            blocked.update(guard(work, rows))
        for entry, step, status in _unblocked(work, group, blocked):
            stamps = dict(step.stamps(work, entry.row)) if step.stamps else {}
            work.update(
                entry.item, entry.row, {**stamps, **entry.values, "statecode": step.target, "statuscode": status}
            )
            done.append(entry)
        step = group[0][1]
        for effect in (*filter(None, (step.effect,)), *lifecycle.effects.get(step.name, ())):
            effect(work, [entry for entry, _, _ in group if entry.item.refusal is None])
    return done


def foresee(work: Work, lifecycle: Lifecycle, moves: Iterable[Move], via: str) -> None:
    """Refuse the items whose rows `move` would not move, each row by itself, and change nothing.

    Each guard looks at all rows at once, which reads what it needs, and then at each alone: two rows that stand in each
    other's way may both be moved as long as neither is.
    """
    for group in _steps(work, lifecycle, moves, via):
        rows = [entry.row for entry, _, _ in group]
        blocked: dict[UUID, HandselError] = {}
        for guard in lifecycle.guards.get(group[0][1].name, ()):
            together = guard(work, rows)
            blocked.update(together if len(rows) == 1 else {})
            for row in rows if len(rows) > 1 else ():
                blocked.update(guard(work, [row]))
        list(_unblocked(work, group, blocked))


def _steps(work: Work, lifecycle: Lifecycle, moves: Iterable[Move], via: str) -> list[list[_Step]]:
    """The moves that the states of their rows allow, by step; the items of the others are refused."""
    groups: dict[str, list[_Step]] = {}
    for entry in moves:
        if entry.item.refusal is not None:
            continue
        try:
            step = lifecycle.transition(entry.row, entry.target, via)
            status = lifecycle.status_for(lifecycle.state(entry.target), entry.status)
            groups.setdefault(step.name, []).append((entry, step, status))
        except HandselError as error:
            work.refuse(entry.item, veiled(work, entry.row, error))
    return list(groups.values())


def _unblocked(work: Work, group: Iterable[_Step], blocked: Mapping[UUID, HandselError]) -> Iterator[_Step]:
    """The moves that no guard blocks; the items of the others are refused."""
    for entry, step, status in group:
        if entry.item.refusal is not None:
            continue  # another of its rows was blocked
        if entry.row.id in blocked:
            work.refuse(entry.item, veiled(work, entry.row, blocked[entry.row.id]))
            continue
        yield entry, step, status


_lifecycles: dict[str, Lifecycle] = {}


def lifecycle(value: Lifecycle) -> Lifecycle:
    """Declare the lifecycle of a table."""
    _lifecycles[value.table] = value
    return value


def lifecycle_of(table: str) -> Lifecycle | None:
    """The lifecycle of a table, if it has one."""
    return _lifecycles.get(table)


def lifecycles() -> Mapping[str, Lifecycle]:
    """Every declared lifecycle by table."""
    return _lifecycles


def statuses_of(options: type[enum.IntEnum], state: int) -> tuple[int, ...]:
    """The members of a status option set that belong to a state."""
    return tuple(int(option) for option in options if getattr(option, "state", None) == state)


def parent_lifecycle(table: str) -> Lifecycle | None:
    """The lifecycle that decides whether lines of `table` can be edited: their document's."""
    info = table_info(table)
    return lifecycle_of(info.columns[info.parent].targets[0]) if info.parent else None

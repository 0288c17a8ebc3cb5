"""Executing messages: one transaction, list first (architecture 4).

authorise → lock root rows (in id order) → read under lock → check state and rights → do it → price → number
→ write → audit → outbox → commit
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from handsel.database.context import Context, entered
from handsel.database.row import Item, Notice
from handsel.database.statements import FEW, sent_together
from handsel.engine import idempotency, numbering, organization, persist
from handsel.engine.handlers import handler_of
from handsel.engine.journal import write_journal
from handsel.engine.lock_order import documents_of
from handsel.engine.message import AnyMessage, Message
from handsel.engine.notices import report
from handsel.engine.retrying import run_with_retries
from handsel.engine.rights.grants import count_changes
from handsel.engine.work import Work
from handsel.errors import HandselError, InvalidArgument, abbreviated, not_found

OnRefusal = Literal["raise", "collect"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One message of a collected list that was refused, by its index in the list."""

    index: int
    error: HandselError


Step = Callable[[Work], None]
_before_writing: list[Step] = []


def before_writing(step: Step) -> Step:
    """Declare a step between the handler and the write: pricing. Steps run in the order they were declared."""
    _before_writing.append(step)
    return step


def execute_many(
    context: Context,
    messages: Sequence[AnyMessage],
    *,
    on_refusal: OnRefusal = "raise",
    idempotency_keys: Sequence[str | None] | None = None,
    before_commit: Callable[[list[Any]], None] | None = None,
    what: str | None = None,
) -> list[Any]:
    """Do a list of messages of one type in one transaction and return their results in order.

    `on_refusal="raise"`: the first refusal rolls everything back and is raised. `"collect"`: refused messages give a
    `Refusal` instead of a result and the rest commit. `idempotency_keys`: a key seen before with the same message
    returns the first result. `before_commit` gets the results inside the transaction, for what must commit with them.
    `what` names the work as the caller knows it, for the refusal of a database that others hold.
    Raises TypeError for what is no message; Busy when the database stays locked for five seconds, or conflicts with
    others after three retries.
    """
    _require_messages(messages)
    if on_refusal not in ("raise", "collect"):
        raise InvalidArgument(f"on_refusal is 'raise' or 'collect', not {abbreviated(on_refusal)}.")
    if not messages:
        return []
    cls = type(messages[0])
    if any(type(message) is not cls for message in messages):
        raise InvalidArgument("A list holds messages of one type. Call execute_many once per type.")
    with entered(context):
        if not cls.changes:
            return _look(context, messages, on_refusal)

        def attempt() -> tuple[list[Any], list[Notice]]:
            results, notices = _transact(context, messages, on_refusal, idempotency_keys)
            if before_commit is not None:
                before_commit(results)
            return results, notices

        name = what or cls.__name__
        results, notices = run_with_retries(context, attempt, name, retries_duplicates=cls.retries_duplicates)
        report(notices)
        return results


def _require_messages(given: object) -> None:
    """Raises TypeError for what is no list of messages, and says what would be one."""
    if isinstance(given, (Message, str, bytes)) or not isinstance(given, Sequence):
        raise TypeError(
            f"execute_many takes a list of messages, not {_described(given)}. Call execute for a single one."
        )
    for each in given:
        if not isinstance(each, Message):
            raise TypeError(f"A message is an object such as handsel.WinQuote(…), not {_described(each)}.")


def _described(given: object) -> str:
    if isinstance(given, type):
        called = "with its parameters, " if issubclass(given, Message) else ""
        return f"the class {given.__name__} itself; call it {called}as in {given.__name__}(…)"
    return "None" if given is None else f"{abbreviated(given)} ({type(given).__name__})"


def _look(context: Context, messages: Sequence[AnyMessage], on_refusal: OnRefusal) -> list[Any]:
    work = Work(context, organization.read_settings(context), collect=on_refusal == "collect")
    items = [Item(index, message) for index, message in enumerate(messages)]
    handler_of(type(messages[0]))(work, items)
    return [_outcome(item) for item in items]


def _transact(
    context: Context,
    messages: Sequence[AnyMessage],
    on_refusal: OnRefusal,
    idempotency_keys: Sequence[str | None] | None,
) -> tuple[list[Any], list[Notice]]:
    cls = type(messages[0])
    results: list[Any] = [None] * len(messages)
    begun = organization.begin_transaction(context)
    items = [Item(index, message) for index, message in enumerate(messages)]
    if idempotency_keys is not None:
        items = idempotency.unseen(items, idempotency_keys, results, begun.settings)
    items = _with_locks(items, results, collect=on_refusal == "collect")
    for round_items in _rounds(items):
        work = Work(context, begun, collect=on_refusal == "collect")
        live = _locked(work, round_items)
        if live:
            handler_of(cls)(work, live)
            finish(work, cls.__name__)
            work.settle()
        for item in round_items:
            results[item.index] = _outcome(item)
    if idempotency_keys is not None:
        idempotency.remember(items, idempotency_keys, results, begun.settings)
    return results, [notice for item in items for notice in item.notices]


def _with_locks(items: Sequence[Item[AnyMessage]], results: list[Any], *, collect: bool) -> list[Item[AnyMessage]]:
    """Each item with the root rows its message names; a message without a required root row is refused."""
    fit = []
    for item in items:
        try:
            item.locks = item.message.locks()
            fit.append(item)
        except HandselError as error:
            if not collect:
                raise
            item.refusal = error
            results[item.index] = _outcome(item)
    return fit


def finish(work: Work, message_name: str) -> None:
    """Price, number, write and record the pending changes of a round."""
    price_now(work)
    work.changes = [change for change in work.changes if change.action != "update" or change.before]
    if not work.changes:
        return
    numbering.set_counters(work)
    numbering.number_rows(work)
    with sent_together() if len(work.changes) <= FEW else nullcontext():
        persist.write(work)
        write_journal(work, message_name)
    count_changes(work.changes)


def price_now(work: Work) -> None:
    """Price the documents requested so far; for handlers that need a total before the round is written."""
    for step in _before_writing:
        step(work)
    work.to_price.clear()


def _outcome(item: Item[AnyMessage]) -> Any:
    return Refusal(item.index, item.refusal) if item.refusal is not None else item.result


def _rounds(items: Sequence[Item[AnyMessage]]) -> Iterator[list[Item[AnyMessage]]]:
    """Messages with the same root row or the same `conflicts_with` run in successive rounds; all others share one."""
    last: dict[Any, int] = {}
    rounds: dict[int, list[Item[AnyMessage]]] = defaultdict(list)
    messages = [item.message for item in items]
    conflicts_with = type(messages[0]).conflicts_with(messages) if len(messages) > 1 else [None] * len(messages)
    for item, conflict in zip(items, conflicts_with, strict=True):
        locks: tuple[Any, ...] = () if item.message.shares_root else tuple(item.locks)
        if conflict is not None:
            locks += (conflict,)
        round_number = max((last.get(lock, -1) + 1 for lock in locks), default=0)
        for lock in locks:
            last[lock] = round_number
        rounds[round_number].append(item)
    for round_number in sorted(rounds):
        yield rounds[round_number]


def _locked(work: Work, items: Sequence[Item[AnyMessage]]) -> list[Item[AnyMessage]]:
    """Lock and read the root rows, table by table and in id order; items whose root is unknown are refused.

    The caller names them, so those that the acting user may not see are unknown.
    """
    wanted: dict[str, set[Any]] = defaultdict(set)
    parents = documents_of([lock for item in items for lock in item.locks])
    for item in items:
        for lock in item.locks:
            root = parents.get(lock, lock)
            if root is not None:
                wanted[root.table].add(root.id)
    for table in sorted(wanted):
        work.as_user.load(table, wanted[table], lock=True)
    # A line is read after its document is locked, so that no other transaction changes it in between.
    lines: dict[str, set[Any]] = defaultdict(set)
    for lock in parents:
        lines[lock.table].add(lock.id)
    for table in sorted(lines):
        work.as_user.load(table, lines[table])

    def check(item: Item[AnyMessage]) -> None:
        for lock in item.locks:
            root = parents.get(lock, lock)
            if root is None or work.as_user.row(*root) is None or work.as_user.row(*lock) is None:
                raise not_found(*lock)

    if type(items[0].message).roots_must_exist:
        work.each(items, check)
    return [item for item in items if item.refusal is None]

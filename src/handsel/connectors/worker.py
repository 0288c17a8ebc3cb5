"""The worker: claims what is due, delivers it, and writes down what became of it, a page at a time.

    claim a page → read each order → deliver, several at once → write down all outcomes in one transaction

It may die at any moment. What it had claimed falls due again when the claim ends; what it had delivered and not written
down is then found by its connector, which must not make it twice.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

from handsel.chain.handover.order_snapshot import OrderSnapshot, take_order
from handsel.chain.handover.outcomes import GivenUp, Outcome, Postponed, RecordDelivery, Rejected
from handsel.connectors.collecting import Collected, connectors_to_ask, write_down
from handsel.connectors.contract import Collecting, Connector, RejectedByThem, Target, Unreachable, kind_named
from handsel.connectors.queue import Claim, claim
from handsel.database.context import Context, entered
from handsel.engine.execute import Refusal, execute_many
from handsel.engine.organization import read_settings
from handsel.engine.work import Work
from handsel.errors import HandselError

PAGE = 50
THREADS = 4
"""How many deliveries are under way at once."""
MOST_TRIES = 10
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Done:
    """One delivery and what became of it."""

    claim: Claim
    target: Target
    order: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Destination:
    """A connector with the context of the user by whom its deliveries are read and written down."""

    target: Target
    context: Context


class Worker:
    """Delivers for all connectors of a database. `destinations` finds a connector by its id; `told` gets every outcome,
    `heard` everything that came back.

    Used by one thread. `close` ends its connections.
    """

    def __init__(
        self,
        context: Context,
        destinations: Callable[[UUID], Destination],
        told: Callable[[Done], None] = lambda _done: None,
        heard: Callable[[Collected], None] = lambda _collected: None,
        *,
        page: int = PAGE,
        threads: int = THREADS,
    ) -> None:
        self._context, self._destinations, self._page = context, destinations, page
        self._told, self._heard = told, heard
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="deliver")
        self._open: dict[Target, Connector] = {}
        self._opening = Lock()
        self._failing: dict[UUID, str] = {}

    def drain(self) -> Counter[str]:
        """Deliver until nothing is due. Returns how many deliveries ended how, by the name of the outcome."""
        counts: Counter[str] = Counter()
        while found := self.step():
            counts.update(type(each.outcome).__name__ for each in found)
        return counts

    def step(self) -> list[Done]:
        """Deliver one page of what is due; an empty list if nothing is."""
        claims = claim(self._context, datetime.now(UTC), self._page)
        by_connector: dict[UUID, list[Claim]] = defaultdict(list)
        for each in claims:
            by_connector[each.connector_id].append(each)
        done: list[Done] = []
        for id, group in by_connector.items():
            try:
                destination = self._destinations(id)
            except HandselError as error:  # its user is disabled, say: the other connectors go on
                unknown = Target(id, f"connector {id}", "", "")
                outcomes = [Done(each, unknown, f"Order {each.order_id}", again(each, error.message)) for each in group]
                done += self._written_down(self._context, outcomes)
            else:
                done += self._deliver(destination, group)
        return done

    def collect(self) -> list[Collected]:
        """Write down what the systems of all connectors that are not paused say, each thing in its own transaction.

        What is refused is given back to its connector with the reason. One system that fails does not stop the others;
        as long as it fails for the same reason, that is told once.
        """
        collected: list[Collected] = []
        for id in connectors_to_ask(self._context):
            destination = self._destinations(id)
            try:
                connector = self._connector(destination.target)
                for incoming in connector.collect() if isinstance(connector, Collecting) else ():
                    collected.append(write_down(destination.context, destination.target, incoming))
                    self._heard(collected[-1])
            except Exception as error:  # as for deliveries: other people's code must not stop the worker
                reason = error.message if isinstance(error, HandselError) else str(error)
                collected.append(Collected(destination.target, "", f"Nothing can be collected now: {reason}"))
                if self._failing.get(id) != reason:
                    self._heard(collected[-1])
                self._failing[id] = reason
            else:
                self._failing.pop(id, None)
        return collected

    def close(self) -> None:
        """End all connections to other systems."""
        self._pool.shutdown(wait=True)
        for connector in self._open.values():
            with suppress(Exception):
                connector.close()
        self._open.clear()

    def _deliver(self, destination: Destination, claims: Sequence[Claim]) -> list[Done]:
        orders = _read(destination.context, claims)
        outcomes = list(self._pool.map(lambda each: self._outcome(destination, each, orders[each.delivery_id]), claims))
        done = [
            Done(each, destination.target, _called(orders[each.delivery_id], each), outcome)
            for each, outcome in zip(claims, outcomes, strict=True)
        ]
        return self._written_down(destination.context, done)

    def _written_down(self, context: Context, done: Sequence[Done]) -> list[Done]:
        messages = [RecordDelivery(each.claim.order_id, each.claim.delivery_id, each.outcome) for each in done]
        results = execute_many(context, messages, on_refusal="collect")
        told = []
        for each, found in zip(done, results, strict=True):
            if not isinstance(found, Refusal):
                told.append(each)
                self._told(each)
        return told

    def _outcome(self, destination: Destination, claimed: Claim, order: OrderSnapshot | HandselError) -> Outcome:
        if isinstance(order, HandselError):
            return Rejected(f"It could not be read: {order.message}")
        try:
            return self._connector(destination.target).deliver(order, claimed.delivery_id)
        except RejectedByThem as error:
            return Rejected(str(error))
        except Unreachable as error:
            return again(claimed, str(error), error.seconds)
        except HandselError as error:
            return again(claimed, error.message)
        except Exception as error:  # a connector is other people's code as well: one order must not stop the others
            return again(claimed, f"Unexpected {type(error).__name__}: {error}")

    def _connector(self, target: Target) -> Connector:
        found = self._open.get(target)
        if found is None:
            with self._opening:
                found = self._open.get(target) or self._open.setdefault(target, kind_named(target.kind).open(target))
        return found


def again(claimed: Claim, reason: str, seconds: float | None = None) -> Postponed | GivenUp:
    """Try later: the more often it was tried, the later, and not all at once; after MOST_TRIES not by itself."""
    if claimed.tries >= MOST_TRIES:
        return GivenUp(f"{reason} It was tried {claimed.tries} times.")
    wait = min(FIRST_WAIT * 2 ** (claimed.tries - 1), LONGEST_WAIT) * random.uniform(0.5, 1)
    if seconds is not None:
        wait = max(wait, timedelta(seconds=seconds))
    return Postponed(reason, (datetime.now(UTC) + wait).replace(microsecond=0))


def _read(context: Context, claims: Sequence[Claim]) -> Mapping[UUID, OrderSnapshot | HandselError]:
    found: dict[UUID, OrderSnapshot | HandselError] = {}
    with entered(context):
        work = Work(context, read_settings(context), collect=False)
        for each in claims:
            try:
                found[each.delivery_id] = take_order(work, each.order_id)
            except HandselError as error:
                found[each.delivery_id] = error
    return found


def _called(order: OrderSnapshot | HandselError, claimed: Claim) -> str:
    return f"Order {claimed.order_id}" if isinstance(order, HandselError) else order.title

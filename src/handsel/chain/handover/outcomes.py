"""What became of a delivery, told by the worker that made it: in one transaction with what the order says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from handsel.chain.document.roots import root_row
from handsel.chain.handover.options import DeliveryState, SubmitStatus
from handsel.chain.salesorder.states import ACTIVE, LIFECYCLE, SUBMITTED
from handsel.database.row import Item, Reference, Row
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import InvalidState, not_found

_ORDER = Needs(read=("salesorder",), write=("salesorder",))
_LONGEST = 2_000
"""Letters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other system has the order. `number` is what it is called there, `remark` tells what differs there."""

    id: str
    number: str = ""
    version: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The other system refused the order, in its own words. It is not tried again by itself."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """It could not be delivered now; it is tried again at `due_on`."""

    reason: str
    due_on: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It was tried often enough. Somebody has to look."""

    reason: str


Outcome = Accepted | Rejected | Postponed | GivenUp


@dataclass(frozen=True, slots=True)
class RecordDelivery(Message[None]):
    """Write down what became of a delivery. A message of the worker; no door but Python offers it."""

    needs: ClassVar[Needs] = _ORDER
    operation: ClassVar[None] = None

    sales_order_id: UUID
    delivery_id: UUID
    outcome: Outcome

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(RecordDelivery)
def record_deliveries(work: Work, items: list[Item[RecordDelivery]]) -> None:
    """Write down outcomes. What has been dropped or told meanwhile stays as it is, but for what the system has."""
    deliveries = work.as_system.load("hs_delivery", {item.message.delivery_id for item in items})
    connectors = work.as_system.load("hs_connector", {each["hs_connectorid"] for each in deliveries.values()})

    def record(item: Item[RecordDelivery]) -> None:
        order, delivery = root_row(work, item), deliveries.get(item.message.delivery_id)
        if delivery is None or delivery["salesorderid"] != order.id:
            raise not_found("hs_delivery", item.message.delivery_id)
        connector = connectors[delivery["hs_connectorid"]]
        outcome = item.message.outcome
        if isinstance(outcome, Accepted):
            _couple(work, item, order, connector, outcome)
        elif delivery["hs_state"] != DeliveryState.DUE:
            return
        work.update(item, delivery, {**delivery_values(work, outcome), "hs_claimeduntil": None}, root=order.reference)
        if order.get("statecode") == SUBMITTED:
            work.update(item, order, _beside_others(order, outcome, order_values(work, connector["hs_name"], outcome)))
        elif order.get("statecode") == ACTIVE and isinstance(outcome, Accepted):
            said = order_values(work, connector["hs_name"], outcome)["submitstatusdescription"]
            late = f"{said} That was after it was taken back: have it deleted there, or submit it again."
            work.update(item, order, {"submitstatusdescription": _cut(late)})

    work.each(items, record)


def delivery_values(work: Work, outcome: Outcome) -> dict[str, object]:
    """What a delivery says of its outcome."""
    match outcome:
        case Accepted():
            return {"hs_state": int(DeliveryState.DELIVERED), "hs_finishedon": work.now, "hs_reason": None}
        case Rejected(reason):
            return {"hs_state": int(DeliveryState.REJECTED), "hs_finishedon": work.now, "hs_reason": _cut(reason)}
        case GivenUp(reason):
            return {"hs_state": int(DeliveryState.DEAD), "hs_finishedon": work.now, "hs_reason": _cut(reason)}
        case Postponed(reason, due_on):
            return {"hs_dueon": due_on, "hs_reason": _cut(reason)}


def order_values(work: Work, name: str, outcome: Outcome) -> dict[str, object]:
    """What an order says of the outcome of its delivery to the connector of this name."""
    match outcome:
        case Accepted(number=number, remark=remark):
            said = f"Accepted by {name} as {number}." if number else f"Accepted by {name}."
            said = _cut(f"{said} {remark}".rstrip())
            stamps = {"lastbackofficesubmit": work.now}
            return {"submitstatus": int(SubmitStatus.ACCEPTED), "submitstatusdescription": said, **stamps}
        case Rejected(reason):
            said = _cut(f"Rejected by {name}: {reason}")
            return {"submitstatus": int(SubmitStatus.REJECTED), "submitstatusdescription": said}
        case GivenUp(reason):
            return {"submitstatusdescription": _cut(f"Not delivered to {name}, and not tried again: {reason}")}
        case Postponed(reason):
            return {"submitstatusdescription": _cut(f"Not delivered to {name} yet, will be tried again: {reason}")}


def _beside_others(order: Row, outcome: Outcome, values: dict[str, object]) -> dict[str, object]:
    """What one system says does not hide what another has said: what one has accepted stays accepted."""
    before = order.get("submitstatus")
    if before not in (SubmitStatus.ACCEPTED, SubmitStatus.REJECTED, SubmitStatus.INVOICED):
        return values
    if isinstance(outcome, Postponed):
        return {}
    said = f"{order.get('submitstatusdescription') or ''} {values['submitstatusdescription']}".strip()
    values = {**values, "submitstatusdescription": _cut(said)}
    if before == SubmitStatus.INVOICED or (before == SubmitStatus.ACCEPTED and not isinstance(outcome, Accepted)):
        values.pop("submitstatus", None)
    return values


def _couple(work: Work, item: Item[RecordDelivery], order: Row, connector: Row, accepted: Accepted) -> None:
    values: dict[str, object] = {
        "hs_theirid": accepted.id,
        "hs_theirnumber": accepted.number or None,
        "hs_theirversion": accepted.version or None,
        "hs_ourversion": order.get("versionnumber"),
        "hs_seenon": work.now,
    }
    couplings = work.as_system.children("hs_coupling", "hs_rowid", [order.id])[order.id]
    known = next((each for each in couplings if each["hs_connectorid"] == connector.id), None)
    if known is not None:
        work.update(item, known, values, root=order.reference)
        return
    ours = {"hs_connectorid": connector.id, "hs_table": order.table, "hs_rowid": order.id}
    work.insert(item, "hs_coupling", {**ours, **values}, root=order.reference)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class RetryDelivery(Message[None]):
    """Deliver an order again that was rejected, or given up: at once, and with all tries."""

    needs: ClassVar[Needs] = _ORDER
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(RetryDelivery)
def retry_deliveries(work: Work, items: list[Item[RetryDelivery]]) -> None:
    """Make deliveries due again."""
    found = _unfinished(work, items, "delivered again")
    for item in items:
        for delivery in found.get(item.message.sales_order_id, ()):
            again = {"hs_state": int(DeliveryState.DUE), "hs_tries": 0, "hs_dueon": work.now, "hs_finishedon": None}
            work.update(item, delivery, again, root=root_row(work, item).reference)
            queued = {"submitstatus": int(SubmitStatus.QUEUED), "submitstatusdescription": "Queued again."}
            if root_row(work, item).get("submitstatus") not in (SubmitStatus.ACCEPTED, SubmitStatus.INVOICED):
                work.update(item, root_row(work, item), queued)


@dataclass(frozen=True, slots=True)
class DropDelivery(Message[None]):
    """Give up the deliveries of an order that are due, rejected or dead; the order stays submitted."""

    needs: ClassVar[Needs] = _ORDER
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(DropDelivery)
def drop_deliveries(work: Work, items: list[Item[DropDelivery]]) -> None:
    """Drop deliveries."""
    found = _unfinished(work, items, "dropped", DeliveryState.DUE)
    for item in items:
        for delivery in found.get(item.message.sales_order_id, ()):
            dropped = {"hs_state": int(DeliveryState.DROPPED), "hs_finishedon": work.now}
            work.update(item, delivery, dropped, root=root_row(work, item).reference)


def _unfinished(
    work: Work, items: Sequence[Item[RetryDelivery]] | Sequence[Item[DropDelivery]], what: str, *further: DeliveryState
) -> dict[UUID, list[Row]]:
    states = (DeliveryState.REJECTED, DeliveryState.DEAD, *further)
    orders = [item.message.sales_order_id for item in items]
    children = work.as_system.children("hs_delivery", "salesorderid", orders)
    found = {id: [each for each in children[id] if each["hs_state"] in states] for id in orders}

    def check(item: Item[RetryDelivery] | Item[DropDelivery]) -> None:
        order = root_row(work, item)
        if not found[order.id]:
            raise InvalidState(
                f"{LIFECYCLE.name(order)} has no delivery that could be {what}.", table="salesorder", id=str(order.id)
            )

    for item in items:
        with work.refusing(item):
            check(item)
    return {order: rows for order, rows in found.items() if rows}

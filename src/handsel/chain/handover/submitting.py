"""What submitting an order does beside the change of its state, by whichever message: checks, deliveries (erp 2, 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from handsel.chain.handover.options import DeliveryState, SubmitStatus
from handsel.chain.salesorder.states import LIFECYCLE
from handsel.database.row import Row
from handsel.engine.lifecycle import Move
from handsel.engine.work import Work
from handsel.errors import HandselError, Refused, enumerated

MOST_NAMED = 5
"""How many lines a refusal names."""


def live_connectors(work: Work) -> list[Row]:
    """The connectors that orders are handed over to, while order-processing integration is on."""
    if not work.organization.settings.get("issopintegrationenabled"):
        return []
    [found] = work.as_system.children("hs_connector", "hs_ispaused", [False]).values()
    return found


@LIFECYCLE.guard("Submit")
def fit_to_be_handed_over(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """What the other system would refuse, the seller learns at once (erp 4)."""
    if work.actor.is_integration_user or not live_connectors(work):
        return {}
    lines = work.as_system.children("salesorderdetail", "salesorderid", [row.id for row in rows])
    refusals = {}
    for row in rows:
        mistakes = list(_mistakes(row, lines[row.id]))
        if mistakes:
            refusals[row.id] = Refused(
                f"{LIFECYCLE.name(row)} cannot be submitted yet: {' '.join(mistakes)}",
                table="salesorder",
                id=str(row.id),
            )
    return refusals


def _mistakes(row: Row, lines: Sequence[Row]) -> Iterator[str]:
    if row.get("customerid") is None:
        yield "It has no customer. Choose one."
    if row.get("transactioncurrencyid") is None:
        yield "It has no currency."
    if not lines:
        yield "It has no lines. Add what is sold."
    unpriced = [line for line in lines if line.get("pricingerrorcode")]
    if unpriced or row.get("pricingerrorcode"):
        yield f"Its prices are in error{_of(unpriced)}. Mend the prices, or override them."
    unnamed = [line for line in lines if line.get("productid") is None and not line.get("productdescription")]
    if unnamed:
        yield f"A write-in says what is sold in its description; it is missing{_of(unnamed)}."
    unmeasured = [line for line in lines if line.get("productid") is not None and line.get("uomid") is None]
    if unmeasured:
        yield f"A product is sold in a unit; it is missing{_of(unmeasured)}."


def _of(lines: Sequence[Row]) -> str:
    if not lines:
        return ""
    names = [f"'{line.get('salesorderdetailname') or line.get('lineitemnumber') or line.id}'" for line in lines]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f" in {enumerated(names[:MOST_NAMED])}{more}"


@LIFECYCLE.then("Submit")
def deliver_orders(work: Work, moves: Sequence[Move]) -> None:
    """A delivery for each order and connector, in the transaction of the submit.

    An order that is with a system is not delivered again when an integration user, who wrote to it, submits it anew.
    """
    fresh = [each for each in moves if not _is_with_them(work, each.row)]
    connectors = live_connectors(work) if fresh else []
    if not connectors:
        return
    names = enumerated([connector["hs_name"] for connector in connectors])
    waiting = _waiting(work, fresh)
    for each in fresh:
        work.update(
            each.item,
            each.row,
            {"submitstatus": int(SubmitStatus.QUEUED), "submitstatusdescription": f"Queued for {names}."},
        )
        for connector in connectors:
            if connector.id in waiting.get(each.row.id, ()):
                continue
            values = {
                "hs_subject": f"{each.row.get('ordernumber') or each.row.id} to {connector['hs_name']}"[:200],
                "salesorderid": each.row.id,
                "hs_connectorid": connector.id,
                "hs_state": int(DeliveryState.DUE),
                "hs_tries": 0,
                "hs_dueon": work.now,
            }
            work.insert(each.item, "hs_delivery", values, root=each.row.reference)


def _waiting(work: Work, moves: Sequence[Move]) -> Mapping[UUID, frozenset[object]]:
    """The connectors that an order is still queued for, though an integration user took it back meanwhile."""
    queued = [each.row.id for each in moves if each.row.get("submitstatus") is not None]
    found = work.as_system.children("hs_delivery", "salesorderid", queued)
    return {
        id: frozenset(each["hs_connectorid"] for each in rows if each["hs_state"] == DeliveryState.DUE)
        for id, rows in found.items()
    }


def _is_with_them(work: Work, row: Row) -> bool:
    known = (SubmitStatus.QUEUED, SubmitStatus.ACCEPTED, SubmitStatus.INVOICED)
    return work.actor.is_integration_user and row.get("submitstatus") in known


@LIFECYCLE.then("Take it back", "Withdraw")
def drop_deliveries(work: Work, moves: Sequence[Move]) -> None:
    """What was not delivered yet is not delivered any more. An integration user submits the order again."""
    if work.actor.is_integration_user:
        return
    _drop(work, moves, "The order was taken back.")
    for each in moves:
        work.update(
            each.item, each.row, {"submitstatus": None, "submitstatusdescription": None, "lastbackofficesubmit": None}
        )


@LIFECYCLE.then("Cancel")
def drop_deliveries_of_canceled(work: Work, moves: Sequence[Move]) -> None:
    """What is canceled before it was delivered is not delivered any more."""
    _drop(work, moves, "The order was canceled.")


def _drop(work: Work, moves: Sequence[Move], reason: str) -> None:
    handed_over = [each for each in moves if each.row.get("submitstatus") is not None]
    found = work.as_system.children("hs_delivery", "salesorderid", [each.row.id for each in handed_over])
    for each in handed_over:
        for delivery in found[each.row.id]:
            if delivery["hs_state"] in (DeliveryState.DUE, DeliveryState.DEAD):
                values = {"hs_state": int(DeliveryState.DROPPED), "hs_finishedon": work.now, "hs_reason": reason}
                work.update(each.item, delivery, values, root=each.row.reference)

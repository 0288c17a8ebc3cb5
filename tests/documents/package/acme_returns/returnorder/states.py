"""The lifecycle of a return order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from acme_returns.returnorder.options import ReturnOrderState, ReturnOrderStatus
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.errors import HandselError, InvalidState

OPEN, RECEIVED, CANCELED = (int(state) for state in ReturnOrderState)


def _received(work: Work, _row: Row) -> Mapping[str, Any]:
    return {"receivedon": work.now.date()}


LIFECYCLE = lifecycle(
    Lifecycle(
        table="returnorder",
        label="Return order",
        number_column="returnnumber",
        states=(
            StateRule(OPEN, "Open", True, statuses_of(ReturnOrderStatus, OPEN), int(ReturnOrderStatus.NEW)),
            StateRule(
                RECEIVED, "Received", False, statuses_of(ReturnOrderStatus, RECEIVED), int(ReturnOrderStatus.COMPLETE)
            ),
            StateRule(
                CANCELED, "Canceled", False, statuses_of(ReturnOrderStatus, CANCELED), int(ReturnOrderStatus.CANCELED)
            ),
        ),
        transitions=(
            Transition("Receive", ("ReceiveReturnOrder",), (OPEN,), RECEIVED, stamps=_received),
            Transition("Cancel", (UPDATE,), (OPEN,), CANCELED),
            Transition("Reopen", (UPDATE,), (CANCELED,), OPEN),
        ),
        deletable_states=(CANCELED,),
    )
)


@LIFECYCLE.guard("Receive")
def has_lines(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """Nothing is received by a return order without lines."""
    lines = work.as_system.children("returnorderdetail", "returnorderid", [row.id for row in rows])
    return {
        row.id: InvalidState(
            f"{LIFECYCLE.name(row)} has no lines, so nothing can be received. Add what comes back.",
            table="returnorder",
            id=str(row.id),
        )
        for row in rows
        if not lines[row.id]
    }

"""The lifecycle of a sales order (behaviour 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handsel.chain.salesorder.options import OrderState, OrderStatus
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work

ACTIVE, SUBMITTED, CANCELED, FULFILLED, INVOICED = (int(state) for state in OrderState)


def _submitted(work: Work, row: Row) -> Mapping[str, Any]:
    return {} if row.get("submitdate") else {"submitdate": work.now.date()}


LIFECYCLE = lifecycle(
    Lifecycle(
        table="salesorder",
        label="Order",
        number_column="ordernumber",
        states=(
            StateRule(ACTIVE, "Active", True, statuses_of(OrderStatus, ACTIVE), int(OrderStatus.NEW)),
            StateRule(SUBMITTED, "Submitted", True, statuses_of(OrderStatus, SUBMITTED), int(OrderStatus.IN_PROGRESS)),
            StateRule(CANCELED, "Canceled", False, statuses_of(OrderStatus, CANCELED), int(OrderStatus.NO_MONEY)),
            StateRule(FULFILLED, "Fulfilled", False, statuses_of(OrderStatus, FULFILLED), int(OrderStatus.COMPLETE)),
            StateRule(INVOICED, "Invoiced", False, statuses_of(OrderStatus, INVOICED), int(OrderStatus.INVOICED)),
        ),
        transitions=(
            Transition("Submit", (UPDATE,), (ACTIVE,), SUBMITTED, stamps=_submitted),
            Transition("Take it back", (UPDATE,), (SUBMITTED,), ACTIVE),
            Transition("Fulfill", ("FulfillSalesOrder",), (ACTIVE, SUBMITTED), FULFILLED),
            Transition("Cancel", ("CancelSalesOrder",), (ACTIVE, SUBMITTED, FULFILLED), CANCELED),
            Transition("Mark it as invoiced", (UPDATE,), (ACTIVE, SUBMITTED, FULFILLED), INVOICED),
        ),
        integration_states=(SUBMITTED,),
        deletable_states=(CANCELED, FULFILLED, INVOICED),
    )
)

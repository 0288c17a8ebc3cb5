"""The lifecycle of a sales order (behaviour 2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.chain.salesorder.options import OrderState, OrderStatus
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.errors import HandselError, PrivilegeDenied, ReadOnly

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
            Transition("Submit", (UPDATE, "SubmitSalesOrder"), (ACTIVE,), SUBMITTED, stamps=_submitted),
            Transition("Take it back", (UPDATE,), (SUBMITTED,), ACTIVE),
            Transition("Withdraw", ("WithdrawSalesOrder",), (SUBMITTED,), ACTIVE),
            Transition("Fulfill", ("FulfillSalesOrder",), (ACTIVE, SUBMITTED), FULFILLED),
            Transition("Cancel", ("CancelSalesOrder",), (ACTIVE, SUBMITTED, FULFILLED), CANCELED),
            Transition("Mark it as invoiced", (UPDATE,), (ACTIVE, SUBMITTED, FULFILLED), INVOICED),
        ),
        integration_states=(SUBMITTED,),
        deletable_states=(CANCELED, FULFILLED, INVOICED),
        void_states=(CANCELED,),
    )
)

WITHDRAW_ORDER = access.granted_singly("prvWithdrawSubmittedOrder")
"""To take back a submitted order while an ERP works on it (behaviour 2.3)."""


@LIFECYCLE.guard("Take it back")
def the_back_office_has_it(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """With order-processing integration on, a submitted order is taken back by the ERP, or with a privilege."""
    if not _is_with_back_office(work) or access.holds(work.actor, WITHDRAW_ORDER):
        return {}
    return {
        row.id: PrivilegeDenied(
            f"{LIFECYCLE.name(row)} is submitted to the back office. Only an integration user, or a user with the "
            f"privilege {WITHDRAW_ORDER}, may set it back to active. Cancel it, or ask one of them.",
            table="salesorder",
            id=str(row.id),
            privilege=str(WITHDRAW_ORDER),
        )
        for row in rows
    }


@LIFECYCLE.guard("Mark it as invoiced")
def the_back_office_invoices(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """With order-processing integration on, the ERP says of a submitted order that it is invoiced."""
    if not _is_with_back_office(work):
        return {}
    return {
        row.id: ReadOnly(
            f"{LIFECYCLE.name(row)} is submitted to the back office, which invoices it and marks it so. Only an "
            "integration user may do that.",
            table="salesorder",
            id=str(row.id),
        )
        for row in rows
        if row.get("statecode") == SUBMITTED
    }


def _is_with_back_office(work: Work) -> bool:
    return bool(work.organization.settings.get("issopintegrationenabled")) and not work.actor.is_integration_user

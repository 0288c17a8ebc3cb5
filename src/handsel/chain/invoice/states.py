"""The lifecycle of an invoice (behaviour 2.4)."""

from __future__ import annotations

from collections.abc import Iterable

from handsel.chain.invoice.options import InvoiceState, InvoiceStatus
from handsel.database.row import Item
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.errors import Refused

ACTIVE, CLOSED, PAID, CANCELED = (int(state) for state in InvoiceState)
CONFIRMED = tuple(status for status in statuses_of(InvoiceStatus, ACTIVE) if status != InvoiceStatus.NEW)
"""The status reasons of an active invoice that went out to the customer (behaviour 6)."""

LIFECYCLE = lifecycle(
    Lifecycle(
        table="invoice",
        label="Invoice",
        number_column="invoicenumber",
        states=(
            StateRule(ACTIVE, "Active", True, statuses_of(InvoiceStatus, ACTIVE), int(InvoiceStatus.NEW)),
            # Deprecated in Dynamics: rows in it can be read and filtered, but no row can enter it.
            StateRule(
                CLOSED,
                "Closed",
                False,
                statuses_of(InvoiceStatus, CLOSED),
                int(InvoiceStatus.CLOSED_CANCELED),
                enterable=False,
            ),
            StateRule(PAID, "Paid", False, statuses_of(InvoiceStatus, PAID), int(InvoiceStatus.COMPLETE)),
            StateRule(CANCELED, "Canceled", False, statuses_of(InvoiceStatus, CANCELED), int(InvoiceStatus.CANCELED)),
        ),
        transitions=(
            Transition("Pay", (UPDATE,), (ACTIVE,), PAID),
            Transition("Cancel", (UPDATE,), (ACTIVE, PAID), CANCELED),
            Transition("Reverse the payment", (UPDATE,), (PAID,), ACTIVE),
        ),
        deletable_states=(CLOSED, PAID, CANCELED),
        void_states=(CANCELED,),
    )
)


def refuse_invoicing(work: Work, items: Iterable[Item[object]]) -> None:
    """Refuse users to make invoices of orders and opportunities while the back office does (behaviour 3.5, 6)."""
    if not work.organization.settings.get("issopintegrationenabled") or work.actor.is_integration_user:
        return
    for item in items:
        work.refuse(
            item,
            Refused(
                "Order-processing integration is on: the back office makes the invoices. Submit the order instead "
                "(statecode 1), or switch the integration off (organization.issopintegrationenabled)."
            ),
        )

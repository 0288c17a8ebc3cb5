"""The messages of the hand-over: submit and withdraw an order, and what became of a delivery. All of them are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from handsel.chain.document.roots import root_row
from handsel.chain.handover.options import DeliveryState, SubmitStatus
from handsel.chain.salesorder.options import OrderStatus
from handsel.chain.salesorder.states import ACTIVE, LIFECYCLE, SUBMITTED
from handsel.database.row import Item, Reference, Row
from handsel.engine.available import sendable
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import HandselError, InvalidState, ReadOnly

_ORDER = Needs(read=("salesorder",), write=("salesorder",))


@dataclass(frozen=True, slots=True)
class SubmitSalesOrder(Message[None]):
    """Hand an order over to the systems of the organization's connectors, and lock it (erp 1, 9).

    A plain change of its state to Submitted does the same.
    """

    needs: ClassVar[Needs] = _ORDER
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(SubmitSalesOrder)
def submit_orders(work: Work, items: list[Item[SubmitSalesOrder]]) -> None:
    """Submit orders."""
    move(work, LIFECYCLE, [Move(item, root_row(work, item), SUBMITTED) for item in items], "SubmitSalesOrder")


@dataclass(frozen=True, slots=True)
class WithdrawSalesOrder(Message[None]):
    """Take a submitted order back, as long as no system has accepted it: it is active again, and pending (erp 9)."""

    needs: ClassVar[Needs] = _ORDER
    operation: ClassVar[Operation] = Operation(bound_to="salesorder", binding="sales_order_id")

    sales_order_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(WithdrawSalesOrder)
def withdraw_orders(work: Work, items: list[Item[WithdrawSalesOrder]]) -> None:
    """Withdraw orders."""
    moves = [Move(item, root_row(work, item), ACTIVE, int(OrderStatus.PENDING)) for item in items]
    move(work, LIFECYCLE, moves, "WithdrawSalesOrder")


@LIFECYCLE.guard("Withdraw")
def nobody_has_it_yet(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """What a system has accepted, or takes at this moment, is ended there."""
    refusals: dict[UUID, HandselError] = {}
    deliveries = work.as_system.children("hs_delivery", "salesorderid", [row.id for row in rows])
    for row in rows:
        if row.get("submitstatus") in (SubmitStatus.ACCEPTED, SubmitStatus.INVOICED):
            refusals[row.id] = ReadOnly(
                f"{LIFECYCLE.name(row)} cannot be withdrawn: {row.get('submitstatusdescription')} Have it deleted "
                "there; then it is active again.",
                table="salesorder",
                id=str(row.id),
            )
        elif any(_is_claimed(work, each) for each in deliveries[row.id]):
            refusals[row.id] = InvalidState(
                f"{LIFECYCLE.name(row)} is being delivered at this moment. Look in a minute whether it was accepted, "
                "and withdraw it then if it was not.",
                table="salesorder",
                id=str(row.id),
            )
    return refusals


def _is_claimed(work: Work, delivery: Row) -> bool:
    until: datetime | None = delivery.get("hs_claimeduntil")
    return delivery["hs_state"] == DeliveryState.DUE and until is not None and until > work.now


sendable("salesorder", SubmitSalesOrder)
sendable("salesorder", WithdrawSalesOrder)

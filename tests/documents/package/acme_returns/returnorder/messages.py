"""The messages that make return orders and receive them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from acme_returns.returnorder.conversions import FROM_ORDER
from acme_returns.returnorder.states import LIFECYCLE, RECEIVED
from handsel.chain.document.copying import Copy, answer, copy_documents, origin_links
from handsel.chain.document.roots import root_row
from handsel.chain.salesorder.states import FULFILLED, INVOICED
from handsel.chain.salesorder.states import LIFECYCLE as ORDER
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.column_set import ColumnSet
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.message import Message
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import InvalidState


@dataclass(frozen=True, slots=True)
class ConvertSalesOrderToReturnOrder(Message[result.Row]):
    """Make a return order from an order that was delivered; the result is the new return order."""

    operation: ClassVar[Operation] = Operation(returns="returnorder")

    sales_order_id: UUID
    column_set: ColumnSet | None = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("salesorder", self.sales_order_id),)


@handles(ConvertSalesOrderToReturnOrder)
def convert_orders(work: Work, items: list[Item[ConvertSalesOrderToReturnOrder]]) -> None:
    """Make return orders from orders."""
    work.each(items, lambda item: _require_delivered(root_row(work, item)))
    copies = [Copy(item, root_row(work, item)) for item in items if item.refusal is None]
    answer(work, items, copy_documents(work, FROM_ORDER, copies, origin_links))


def _require_delivered(row: Row) -> None:
    if row.get("statecode") not in (FULFILLED, INVOICED):
        state = ORDER.state(row.get("statecode")).label.lower()
        raise InvalidState(
            f"{ORDER.name(row)} is {state}; only what was delivered can come back. Fulfill the order first.",
            table="salesorder",
            id=str(row.id),
        )


@dataclass(frozen=True, slots=True)
class ReceiveReturnOrder(Message[None]):
    """Note that the goods are back: 3 complete (which -1 means, too) or 4 damaged."""

    operation: ClassVar[Operation] = Operation(bound_to="returnorder", binding="return_order_id")

    return_order_id: UUID
    status: int = -1

    def locks(self) -> Sequence[Reference]:
        return (Reference("returnorder", self.return_order_id),)


@handles(ReceiveReturnOrder)
def receive_returns(work: Work, items: list[Item[ReceiveReturnOrder]]) -> None:
    """Receive return orders."""
    work.require(Privilege.WRITE, "returnorder", [root_row(work, item) for item in items])
    moves = [Move(item, root_row(work, item), RECEIVED, item.message.status) for item in items]
    move(work, LIFECYCLE, moves, "ReceiveReturnOrder")

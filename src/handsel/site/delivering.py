"""Workers of the hand-over for an open session: each connector's deliveries are read and written down by its user."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from handsel.chain.product.options import ProductStructure
from handsel.connectors.collecting import Collected
from handsel.connectors.contract import Numbers, Target
from handsel.connectors.worker import Destination, Done, Worker
from handsel.site.session import Session


def open_worker(
    session: Session,
    told: Callable[[Done], None] = lambda _done: None,
    heard: Callable[[Collected], None] = lambda _collected: None,
) -> Worker:
    """A worker for the database of a session, whose user must see all connectors and users."""

    def destination(id: UUID) -> Destination:
        connector = session.retrieve("hs_connector", id)
        user = session.retrieve("systemuser", str(connector["systemuserid"]), ["domainname"])
        return Destination(Target.of(connector), session.as_user(str(user["domainname"])).context)

    return Worker(session.context, destination, told, heard)


def numbers_of(session: Session) -> Numbers:
    """Active accounts and products (no families) that have a number, and all units, for a check of a connector."""

    def texts(table: str, column: str, filter: str | None = None) -> list[str]:
        return sorted({row.value(column, str) for row in session.rows(table, filter) if row[column]})

    sold = f"statecode eq 0 and productstructure ne {int(ProductStructure.PRODUCT_FAMILY)}"
    return Numbers(
        customers=texts("account", "accountnumber", "statecode eq 0"),
        products=texts("product", "productnumber", sold),
        units=texts("uom", "name"),
    )

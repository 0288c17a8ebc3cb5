"""Workers of the hand-over for an open session: each connector's deliveries are read and written down by its user."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from handsel.connectors.collecting import Collected
from handsel.connectors.contract import Target
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
        user = session.retrieve("systemuser", connector["systemuserid"], ["domainname"])
        return Destination(Target.of(connector), session.as_user(user["domainname"]).context)

    return Worker(session.context, destination, told, heard)

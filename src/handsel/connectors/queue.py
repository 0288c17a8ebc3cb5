"""The queue of deliveries: claiming what is due, for a while, so that any number of workers may run.

A claim is a lease: of a worker that died, it ends, and another worker delivers again. One statement claims a page; on
PostgreSQL workers skip what others claim at the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handsel.chain.handover.options import DeliveryState
from handsel.database.context import Context, entered
from handsel.database.dialect import Dialect
from handsel.database.statements import mark, run

LEASE = timedelta(minutes=5)
"""How long a worker has for what it claims."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker makes. `tries` counts this one."""

    delivery_id: UUID
    order_id: UUID
    connector_id: UUID
    tries: int


def claim(context: Context, now: datetime, limit: int) -> list[Claim]:
    """Claim at most `limit` due deliveries of connectors that are not paused, in the order in which they fell due."""
    with entered(context), transaction.atomic(using=context.alias):
        dialect = context.dialect
        moment = dialect.moment(now)
        found = run(
            "SELECT d.hs_deliveryid FROM hs_delivery AS d "
            "JOIN hs_connector AS c ON c.hs_connectorid = d.hs_connectorid "
            f"WHERE d.hs_state = {int(DeliveryState.DUE)} AND d.hs_dueon <= {mark()} AND c.hs_ispaused = {mark()} "
            f"AND (d.hs_claimeduntil IS NULL OR d.hs_claimeduntil <= {mark()}) "
            f"ORDER BY d.hs_dueon, d.hs_deliveryid LIMIT {int(limit)}{dialect.unclaimed('d')}",
            (moment, False, moment),
        )
        ids = [id for (id,) in found]
        if not ids:
            return []
        claimed = run(
            f"UPDATE hs_delivery SET hs_claimeduntil = {mark()}, hs_tries = hs_tries + 1 "
            f"WHERE {dialect.any_of('hs_deliveryid', mark())} "
            "RETURNING hs_deliveryid, salesorderid, hs_connectorid, hs_tries",
            (dialect.moment(now + LEASE), _keys(dialect, ids)),
        )
    made = {
        _uuid(delivery): Claim(_uuid(delivery), _uuid(order), _uuid(connector), tries)
        for delivery, order, connector, tries in claimed
    }
    return [made[_uuid(id)] for id in ids]


def _keys(dialect: Dialect, ids: list[object]) -> object:
    return dialect.keys([_uuid(id) for id in ids])


def _uuid(id: object) -> UUID:
    return id if isinstance(id, UUID) else UUID(str(id))

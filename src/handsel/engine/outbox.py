"""Reading the outbox: every event once, in order, none passed over because it committed late (architecture 3).

Events are ordered by (transaction, event). On SQLite writers come one after another. On PostgreSQL a transaction that
began earlier may commit later, so only events of transactions older than the oldest running one are given out: nothing
can come before them any more. A long transaction anywhere on the server, in whatever database, so delays events; it
never loses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from handsel.database.context import current
from handsel.database.statements import key_value, mark, run
from handsel.database.storage import from_json
from handsel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader stands: behind this event."""

    transaction_id: int
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One message's doing to one root document. `payload` holds amounts as decimal text."""

    event_id: UUID
    transaction_id: int
    occurred_on: datetime
    user_id: UUID | None
    message: str
    action: str
    table: str
    row_id: UUID
    version_number: int
    payload: dict[str, Any]

    @property
    def position(self) -> Position:
        """Where a reader stands who has seen this event."""
        return Position(self.transaction_id, self.event_id)


_COLUMNS = (
    "hs_outboxid, transactionid, createdon, userid, message, action, objecttypecode, objectid, versionnumber, payload"
)


def position_of(event_id: UUID) -> Position:
    """Where a reader stands who saw this event last. Raises NotFound for an event that is not in the outbox."""
    found = run(f"SELECT transactionid FROM hs_outbox WHERE hs_outboxid = {mark()}", (key_value(event_id),))
    if not found:
        raise NotFound(
            f"There is no event {event_id} in this database. Leave --after out to read from the first event."
        )
    return Position(found[0][0], event_id)


def read(after: Position | None = None, limit: int = 1000) -> list[Event]:
    """The next events behind a position, oldest first. An empty list means that there are none yet."""
    dialect = current().dialect
    conditions = [dialect.settled] if dialect.settled else []
    params: list[Any] = []
    if after is not None:
        conditions.append(f"(transactionid, hs_outboxid) > ({dialect.mark}, {dialect.mark})")
        params += [after.transaction_id, dialect.key(after.event_id)]
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    rows = run(
        f"SELECT {_COLUMNS} FROM hs_outbox {where}ORDER BY transactionid, hs_outboxid LIMIT {dialect.mark}",
        (*params, limit),
    )
    return [_event(row) for row in rows]


def _event(row: tuple[Any, ...]) -> Event:
    id, transaction_id, occurred_on, user, message, action, table, row_id, version, payload = row
    return Event(
        _uuid(id),
        transaction_id,
        _moment(occurred_on),
        _uuid(user) if user is not None else None,
        message,
        action,
        table,
        _uuid(row_id),
        version,
        from_json(payload),
    )


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | str) -> datetime:
    """SQLite keeps UTC as text without a zone."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

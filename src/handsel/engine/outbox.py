"""Reading the outbox: every event once, in order, none skipped because it committed late (architecture 3).

Events are ordered by (transaction, event). On SQLite there is one writer at a time. On PostgreSQL a transaction that
began earlier may commit later, so only events of transactions older than the oldest running one are returned: no event
can be added before them any more. Thus a long transaction in any database of the server delays events, but none is
lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from handsel.database.context import current
from handsel.database.statements import key_value, mark, run
from handsel.database.storage import from_json
from handsel.engine import access
from handsel.engine.access import ReadAs
from handsel.engine.reading import fetch
from handsel.errors import NotFound
from handsel.tables.info import declared_names, table_info


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a reader: the last event it has read."""

    transaction_id: int
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Event:
    """What one message did to one root document. `payload` holds amounts as decimal text."""

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
        """The position of a reader that has read this event."""
        return Position(self.transaction_id, self.event_id)


_COLUMNS = (
    "hs_outboxid, transactionid, createdon, userid, message, action, objecttypecode, objectid, versionnumber, payload"
)


def position_of(event_id: UUID) -> Position:
    """The position of a reader whose last event this was. Raises NotFound for an event that is not in the outbox."""
    found = run(f"SELECT transactionid FROM hs_outbox WHERE hs_outboxid = {mark()}", (key_value(event_id),))
    if not found:
        raise NotFound(
            f"There is no event {event_id} in this database. Leave --after out to read from the first event."
        )
    return Position(found[0][0], event_id)


def read(after: Position | None = None, limit: int = 1000) -> list[Event]:
    """The next events after a position, oldest first. An empty list means that there are none yet.

    Events are about rows, and told to those who may read them. What happened to a row that is gone is told to those who
    may read its whole table. Columns that the acting user may not read are left out of payloads (security 7).
    """
    found: list[Event] = []
    while len(found) < limit:
        page = _page(after, limit)
        found += _readable(page)
        if len(page) < limit:
            break
        after = page[-1].position
    return found[:limit]


def _readable(events: Sequence[Event]) -> list[Event]:
    """Those of some events whose row the acting user may read, by one statement for each table that is narrowed."""
    actor = current().actor
    ids: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        if event.table in declared_names() and access.predicate(actor, event.table).narrows:
            ids[event.table].add(event.row_id)
    seen = {
        table: {row.id for row in fetch(table, table_info(table).primary_key, sorted(keys), read_as=ReadAs.USER)}
        for table, keys in ids.items()
    }
    return [event for event in events if event.table not in seen or event.row_id in seen[event.table]]


def _page(after: Position | None, limit: int) -> list[Event]:
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
    hidden = access.hidden_columns(current().actor, table)
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
        {name: value for name, value in from_json(payload).items() if name not in hidden},
    )


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | str) -> datetime:
    """SQLite stores UTC as text without a zone."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

"""Rows are locked in one order, by table and id, so that no two transactions wait for each other.

A transaction waits for a row that comes after all rows it holds. For any other it does not wait: when another
transaction has that row, this one gives up all of its own, starts again, and locks first, in order, what it has come to
know it needs. So callers who work on the same rows in opposite order take turns, without a deadlock that the database
would need a second to find. Databases with one writer at a time need none of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from handsel.database.context import Context, current
from handsel.database.dialect import Fault
from handsel.database.row import Reference, Row
from handsel.engine.access import ReadAs
from handsel.engine.reading import Query, fetch, fetch_locked
from handsel.tables.info import table_info


class OutOfTurn(Exception):
    """Another transaction holds a row that comes before one that is held here; a retry locks it in its turn."""


class LockOrder:
    """The rows that one transaction needs, over all of its tries."""

    def __init__(self, first: Iterable[Reference] = ()) -> None:
        self._needed: list[Query] = []
        self._last: tuple[str, UUID] | None = None
        """The last row held, in the order of all rows."""
        ids: dict[str, list[UUID]] = defaultdict(list)
        for table, id in first:
            ids[table].append(id)
        for table, listed in ids.items():
            self.need(table, listed)

    def need(self, table: str, ids: Collection[UUID]) -> None:
        """Lock these rows first in the next try."""
        self._needed.append(Query(table, table_info(table).primary_key, ids, ReadAs.SYSTEM))

    def lock_needed(self) -> None:
        """At the beginning of a try: lock all rows that are known to be needed, in order."""
        self._last = None
        ids: dict[str, set[UUID]] = defaultdict(set)
        for query in self._needed:
            if query.column == table_info(query.table).primary_key:
                ids[query.table].update(id for id in query.keys if isinstance(id, UUID))
            else:
                ids[query.table].update(row.id for row in _read(query))
        lines = [Reference(table, id) for table, listed in ids.items() if table_info(table).parent for id in listed]
        for document in documents_of(lines, ReadAs.SYSTEM).values():
            if document is not None:
                ids[document.table].add(document.id)
        for table in sorted(ids):
            if ids[table]:
                self.lock(Query(table, table_info(table).primary_key, sorted(ids[table]), ReadAs.SYSTEM))

    def lock(self, query: Query) -> list[Row]:
        """Lock rows and read them. Raises OutOfTurn, and the driver's error when waiting took too long."""
        self._needed.append(query)
        is_its_turn = self._comes_after_all(query)
        try:
            rows = fetch_locked(query, waits=is_its_turn)
        except current().dialect.errors as error:
            if not is_its_turn and current().dialect.fault(error) is Fault.LOCKED:
                raise OutOfTurn from error
            raise
        for row in rows:
            self._last = max(self._last or (row.table, row.id), (row.table, row.id))
        return rows

    def _comes_after_all(self, query: Query) -> bool:
        if self._last is None:
            return True
        if query.column != table_info(query.table).primary_key:
            return query.table > self._last[0]
        return all((query.table, id) > self._last for id in query.keys if isinstance(id, UUID))


_current: ContextVar[LockOrder | None] = ContextVar("handsel_lock_order", default=None)


@contextmanager
def one_order(context: Context, order: LockOrder) -> Iterator[None]:
    """Lock the rows of a block in order; where there is one writer at a time, nothing is to be ordered."""
    token = _current.set(None if context.dialect.has_one_writer else order)
    try:
        yield
    finally:
        _current.reset(token)


def needs(table: str, ids: Collection[UUID]) -> None:
    """Note that rows are about to be changed, which locks them, too."""
    order = _current.get()
    if order is not None:
        order.need(table, ids)


def locked(query: Query) -> list[Row]:
    """The rows of a query, which no other transaction can change until this one ends."""
    if not query.keys:
        return []
    order = _current.get()
    return fetch_locked(query, waits=True) if order is None else order.lock(query)


def documents_of(locks: Sequence[Reference], read_as: ReadAs = ReadAs.USER) -> dict[Reference, Reference | None]:
    """The document of each line, which is locked instead of it; None for a line that does not exist."""
    lines: dict[str, set[UUID]] = defaultdict(set)
    for lock in locks:
        if table_info(lock.table).parent is not None:
            lines[lock.table].add(lock.id)
    found: dict[Reference, Reference | None] = {}
    for table, ids in lines.items():
        info = table_info(table)
        assert info.parent is not None
        target = info.columns[info.parent].targets[0]
        found.update({Reference(table, id): None for id in ids})
        for row in fetch(table, info.primary_key, sorted(ids), read_as=read_as):
            found[Reference(table, row.id)] = Reference(target, row[info.parent])
    return found


def _read(query: Query) -> list[Row]:
    return fetch(query.table, query.column, query.keys, read_as=query.read_as)

"""The two reading doors of a round: rows are read by the rights of the system, or by those of the acting user."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Row, RowsById
from handsel.engine import access
from handsel.engine.access import ReadAs
from handsel.engine.identity_map import IdentityMap, is_new
from handsel.engine.lock_order import locked
from handsel.engine.predicate import Predicate
from handsel.engine.reading import Query, fetch, fetch_each
from handsel.tables.info import table_info

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Prefetch:
    """Rows that a handler is about to read: by id, or all children of some parents by the lookup `parent`."""

    table: str
    keys: Iterable[UUID | None]
    parent: str | None = None
    order: Sequence[str] = ()


class RowReader:
    """One of the two reading doors. Both share the identity map: a row is the same object in either of them.

    So a known row is not always visible to the user: the user's door remembers which ids the user may see, and reads
    them in one statement for a whole list. A row created in the round is visible in both.
    """

    def __init__(self, read_as: ReadAs, actor: Actor, known: IdentityMap) -> None:
        self._read_as = read_as
        self._actor = actor
        self._known = known
        self._predicates: dict[str, Predicate] = {}
        self._sight: dict[str, dict[UUID, bool] | None] = {}
        """By table: whether a row by id may be seen, as far as known; None where every row may."""

    def load(self, table: str, ids: Iterable[UUID | None], *, lock: bool = False) -> RowsById:
        """Rows by id, in one statement for those not yet read. Unknown ids and those that may not be seen are absent.

        `lock=True` reads known rows anew, so that the values are those under the lock.
        """
        known, sight = self._known.rows[table], self._sight_of(table)
        wanted = {id for id in ids if id is not None}
        missing = wanted if lock else wanted - (known if sight is None else sight).keys()
        if sight is not None:
            missing = {id for id in missing if id not in known or not is_new(known[id])}
        if missing:
            found = self._fetched(Query(table, table_info(table).primary_key, sorted(missing), self._read_as), lock)
            self._keep(table, missing, found, refresh=lock)
        if sight is None:
            return RowsById((id, known[id]) for id in wanted if id in known)
        return RowsById((id, row) for id in wanted if (row := self.row(table, id)) is not None)

    def row(self, table: str, id: UUID | None) -> Row | None:
        """A row that was loaded by this door, or created, before; without a statement."""
        row = self._known.rows[table].get(id) if id is not None else None
        if row is None:
            return None
        sight = self._sight_of(table)
        return row if sight is None or sight.get(row.id) or is_new(row) else None

    def children(
        self, table: str, column: str, parents: Collection[Key], *, order: Sequence[str] = (), lock: bool = False
    ) -> dict[Key, list[Row]]:
        """Rows of `table` by the parent that `column` names, in `order`; pending creates and deletes included."""
        cached = self._known.children[(self._predicate(table).key, table, column)]
        missing = [parent for parent in parents if parent not in cached]
        if missing:
            found = self._fetched(Query(table, column, missing, self._read_as, order), lock)
            self._keep_children(table, column, missing, found)
        return {
            parent: [row for row in cached[parent] if row.change is None or row.change.action != "delete"]
            for parent in parents
        }

    def prefetch(self, *asks: Prefetch) -> None:
        """Read what `load` and `children` will return later, so that it takes one wait instead of several."""
        wanted: list[tuple[Prefetch, list[UUID], Query]] = []
        for ask in asks:
            missing = {key for key in ask.keys if key is not None} - self._read_before(ask)
            if missing:
                column = ask.parent or table_info(ask.table).primary_key
                keys = sorted(missing)
                wanted.append((ask, keys, Query(ask.table, column, keys, self._read_as, ask.order)))
        found = fetch_each([query for _ask, _keys, query in wanted])
        for (ask, keys, _query), rows in zip(wanted, found, strict=True):
            if ask.parent:
                self._keep_children(ask.table, ask.parent, keys, rows)
            else:
                self._keep(ask.table, keys, rows, refresh=False)

    def childless(self, table: str, column: str, parent: UUID) -> None:
        """Note that a new row has no children yet, so that no statement reads them."""
        self._known.children[(self._predicate(table).key, table, column)].setdefault(parent, [])

    def sees_all(self, table: str) -> bool:
        """Whether every row of the table may be seen, so that no row has to be checked."""
        return self._sight_of(table) is None

    def sees(self, row: Row) -> bool:
        """Whether a row that the system has read may be seen.

        It is checked together with all others of its table that are known by then, so in one statement for a list.
        """
        sight = self._sight_of(row.table)
        if sight is None or is_new(row):
            return True
        if row.id not in sight:
            self.load(row.table, {row.id, *self._known.rows[row.table]})
        return self.row(row.table, row.id) is not None

    def _fetched(self, query: Query, lock: bool) -> list[Row]:
        if lock:
            return locked(query)
        return fetch(query.table, query.column, query.keys, read_as=query.read_as, order=query.order)

    def _predicate(self, table: str) -> Predicate:
        found = self._predicates.get(table)
        if found is None:
            found = self._predicates[table] = access.predicate_of(self._read_as, self._actor, table)
        return found

    def _sight_of(self, table: str) -> dict[UUID, bool] | None:
        if table not in self._sight:
            self._sight[table] = {} if self._predicate(table).narrows else None
        return self._sight[table]

    def _read_before(self, ask: Prefetch) -> set[UUID]:
        if ask.parent:
            return set(self._known.children[(self._predicate(ask.table).key, ask.table, ask.parent)])
        sight = self._sight_of(ask.table)
        return set(self._known.rows[ask.table] if sight is None else sight)

    def _keep(self, table: str, asked: Iterable[UUID], found: list[Row], *, refresh: bool) -> None:
        self._known.keep(table, found, refresh=refresh)
        sight = self._sight_of(table)
        if sight is not None:
            sight.update(dict.fromkeys(asked, False))
            sight.update(dict.fromkeys((row.id for row in found), True))

    def _keep_children(self, table: str, column: str, parents: Collection[Hashable], found: list[Row]) -> None:
        self._known.keep_children(self._predicate(table).key, table, column, parents, found)
        sight = self._sight_of(table)
        if sight is not None:
            sight.update(dict.fromkeys((row.id for row in found), True))

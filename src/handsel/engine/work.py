"""The work of one round of messages: rows read, changes collected, refusals kept apart, nothing written yet.

A handler reads rows through `Work`, changes them in memory and refuses items. Only when every item has been checked
does `execute` price, number and write what the items left standing. So a refused item leaves nothing behind, and the
number of statements depends on the kinds of rows, not on how many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from handsel.database.context import Context
from handsel.database.row import Change, Item, M, Reference, Row, RowsById
from handsel.engine import access
from handsel.engine.column_set import ColumnSet
from handsel.engine.organization import Organization
from handsel.engine.reading import Query, fetch, fetch_each
from handsel.errors import Code, HandselError, UnknownColumn
from handsel.tables.info import TableInfo, table_info
from handsel.tables.keys import new_key

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Prefetch:
    """Rows that a handler is about to ask for: by id, or all children of some parents by the lookup `parent`."""

    table: str
    keys: Iterable[UUID | None]
    parent: str | None = None
    order: Sequence[str] = ()


class Refusing:
    """The block of `with work.refusing(item)`.

    A class, as it is entered for each row of a round and a generator would take four times as long.
    """

    __slots__ = ("_item", "_work")

    def __init__(self, work: Work, item: Item[Any]) -> None:
        self._work = work
        self._item = item

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _traceback: object) -> bool:
        if not isinstance(error, HandselError):
            return False
        self._work.refuse(self._item, error)
        return True


class Work:
    """One round: an identity map of rows, the items, and their pending changes."""

    def __init__(self, context: Context, organization: Organization, *, collect: bool) -> None:
        self.context = context
        self.actor = context.actor
        self.organization = organization
        self.collect = collect
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.changes: list[Change] = []
        self.to_price: dict[Reference, PriceScope] = {}
        self.answers: list[tuple[Item[Any], Row, tuple[str, ...]]] = []
        self._rows: dict[str, dict[UUID, Row]] = defaultdict(dict)
        self._children: dict[tuple[str, str], dict[Any, list[Row]]] = defaultdict(dict)

    # Reading

    def info(self, table: str) -> TableInfo:
        """The table with this organization's custom columns."""
        return self.organization.table(table)

    def load(self, table: str, ids: Iterable[UUID | None], *, lock: bool = False) -> RowsById:
        """Rows by id, in one statement for those not yet read. Unknown ids are simply absent.

        `lock=True` reads again even what is known, so that the values are those under the lock.
        """
        known = self._rows[table]
        wanted = {id for id in ids if id is not None}
        missing = wanted if lock else wanted - known.keys()
        if missing:
            self._keep(table, fetch(table, table_info(table).primary_key, sorted(missing), lock=lock))
        return RowsById((id, known[id]) for id in wanted if id in known)

    def row(self, table: str, id: UUID | None) -> Row | None:
        """A row that was loaded or created before, without asking the database."""
        return self._rows[table].get(id) if id is not None else None

    def children(
        self, table: str, column: str, parents: Collection[Key], *, order: Sequence[str] = (), lock: bool = False
    ) -> dict[Key, list[Row]]:
        """Rows of `table` by the parent that `column` names, in `order`; pending creates and deletes included."""
        cached = self._children[(table, column)]
        missing = [parent for parent in parents if parent not in cached]
        if missing:
            self._keep_children(table, column, missing, fetch(table, column, missing, order=order, lock=lock))
        return {
            parent: [row for row in cached[parent] if row.change is None or row.change.action != "delete"]
            for parent in parents
        }

    def prefetch(self, *asks: Prefetch) -> None:
        """Read what `load` and `children` are about to be asked for, so that it takes one wait instead of several."""
        wanted: list[tuple[Prefetch, Query]] = []
        for ask in asks:
            known = self._children[(ask.table, ask.parent)] if ask.parent else self._rows[ask.table]
            missing = {key for key in ask.keys if key is not None} - known.keys()
            if missing:
                column = ask.parent or table_info(ask.table).primary_key
                wanted.append((ask, Query(ask.table, column, sorted(missing), ask.order)))
        found = fetch_each([query for _ask, query in wanted])
        for (ask, query), rows in zip(wanted, found, strict=True):
            if ask.parent:
                self._keep_children(ask.table, ask.parent, query.keys, rows)
            else:
                self._keep(ask.table, rows)

    def _keep(self, table: str, found: list[Row]) -> None:
        """Remember rows read by id; what is being changed stays as it is."""
        self.organization.revive(table, found)
        known = self._rows[table]
        for row in found:
            present = known.get(row.id)
            if present is None or present.change is None:
                known[row.id] = row

    def _keep_children(self, table: str, column: str, parents: Collection[Any], found: list[Row]) -> None:
        """Remember all rows of some parents, those included that are about to be created."""
        self.organization.revive(table, found)
        cached = self._children[(table, column)]
        cached.update({parent: [] for parent in parents})
        for row in found:
            cached[row[column]].append(self._rows[table].setdefault(row.id, row))
        unread = set(parents)
        for change in self.changes:
            row = change.row
            if change.action == "create" and row.table == table and row.get(column) in unread:
                cached[row[column]].append(row)

    def childless(self, table: str, column: str, parent: UUID) -> None:
        """Say that a new row has no children yet, so that nobody asks the database for them."""
        self._children[(table, column)].setdefault(parent, [])

    # Changing

    def insert(self, item: Item[Any], table: str, values: Mapping[str, Any], *, root: Reference | None = None) -> Row:
        """A new row, with a new key unless `values` brings one. `root` is the document it is audited under."""
        key_column = table_info(table).primary_key
        id = values.get(key_column) or new_key()
        row = Row(table, id, values)
        row[key_column] = id
        self._record(Change("create", row, item, root or self.root_of(row)))
        self._rows[table][id] = row
        for (child_table, column), parents in self._children.items():
            if child_table == table and row.get(column) in parents:
                parents[row[column]].append(row)
        return row

    def update(self, item: Item[Any], row: Row, values: Mapping[str, Any], *, root: Reference | None = None) -> bool:
        """Change values of a row; what stays equal is not a change. True when anything did change."""
        change = row.change
        changed = False
        for column, value in values.items():
            old = row.get(column)
            if old == value and (old is None) == (value is None):
                continue
            if change is None:
                change = Change("update", row, item, root or self.root_of(row))
                self._record(change)
            if change.action == "update" and column not in change.before:
                change.before[column] = old
            row[column] = value
            changed = True
        return changed

    def delete(self, item: Item[Any], row: Row, *, root: Reference | None = None) -> None:
        """Take a row away. A row created in the same round leaves no trace."""
        if row.change is not None:
            present = row.change
            if present.action == "create":
                self.changes.remove(present)
                present.item.changes.remove(present)
                self._forget(row)
                return
            if present.action == "update":
                row.update(present.before)
                present.action = "delete"
            return
        self._record(Change("delete", row, item, root or self.root_of(row)))

    def _record(self, change: Change) -> None:
        change.row.change = change
        self.changes.append(change)
        change.item.changes.append(change)

    def _forget(self, row: Row) -> None:
        self._rows[row.table].pop(row.id, None)
        for (child_table, column), parents in self._children.items():
            if child_table == row.table and row.get(column) in parents:
                parents[row[column]] = [other for other in parents[row[column]] if other is not row]

    def root_of(self, row: Row) -> Reference:
        """The document a row is audited and announced under: a line's parent, any other row itself."""
        parent = table_info(row.table).parent
        if parent is not None and row.get(parent) is not None:
            return Reference(table_info(row.table).columns[parent].targets[0], row[parent])
        return row.reference

    # Refusing

    def each(self, items: Iterable[Item[M]], step: Callable[[Item[M]], None]) -> None:
        """Do one step for every item not yet refused; an error refuses its item, or the whole list (architecture 4)."""
        for item in items:
            if item.refusal is None:
                with self.refusing(item):
                    step(item)

    def refusing(self, item: Item[Any]) -> Refusing:
        """Let an error in the block refuse its item, or the whole list (architecture 4)."""
        return Refusing(self, item)

    def refuse(self, item: Item[Any], error: HandselError) -> None:
        """Refuse one item and take its changes back. Raises `error` when the list is all or nothing."""
        if not self.collect:
            raise error
        item.refusal = error
        for change in item.changes:
            if change.action == "update":
                change.row.update(change.before)
            change.row.change = None
            if change.action == "create":
                self._forget(change.row)
        dropped = {id(change) for change in item.changes}
        self.changes = [change for change in self.changes if id(change) not in dropped]
        item.changes = []

    def answer(self, item: Item[Any], row: Row, column_set: ColumnSet | None = None) -> None:
        """Make a row the result of an item: the columns that its column set asks for, as they are once written.

        Raises UnknownColumn, through `each`, for a column the table lacks.
        """
        info = self.info(row.table)
        names: Iterable[str] = info.columns
        if column_set is not None and not column_set.all_columns:
            for name in column_set.columns:
                if name not in info.columns:
                    raise UnknownColumn(
                        f"{info.label} has no column '{name}'.", Code.QUERY_SYNTAX, table=row.table, column=name
                    )
            names = (info.primary_key, *column_set.columns)
        self.answers.append((item, row, tuple(names)))

    def settle(self) -> None:
        """Give every answered item its result, from the rows as written."""
        for item, row, names in self.answers:
            if item.refusal is None:
                item.result = Row(row.table, row.id, {name: row.get(name) for name in names})

    def require(
        self, privilege: access.Privilege | access.TablelessPrivilege, table: str, rows: Iterable[Row] = ()
    ) -> None:
        """Refuse unless the acting user holds the privilege (see `access.require`)."""
        access.require(self.actor, privilege, table, rows)

    def price(self, item: Item[Any], document: Reference, scope: PriceScope | None = None) -> None:
        """Ask for a document to be priced before the round is written; several askings add up."""
        present = self.to_price.get(document)
        if present is None:
            self.to_price[document] = scope or PriceScope()
        elif scope is not None:
            present.add(scope)
        self.to_price[document].items.append(item)


class PriceScope:
    """How a document is to be priced before the round is written.

    all_lines   every line takes today's catalog price (recalculate, another price list)
    written     lines that the caller writes now: they take today's price, and broken rules refuse them
    copied      new lines bring the amounts of the line they were copied from
    unlocking   the document's price lock does not hold them back
    """

    __slots__ = ("all_lines", "copied", "items", "unlocking", "written")

    def __init__(
        self, *, all_lines: bool = False, written: Iterable[UUID] = (), copied: bool = False, unlocking: bool = False
    ) -> None:
        self.all_lines = all_lines
        self.written = set(written)
        self.copied = copied
        self.unlocking = unlocking
        self.items: list[Item[Any]] = []

    def add(self, other: PriceScope) -> None:
        """Join another asking for the same document."""
        self.all_lines = self.all_lines or other.all_lines
        self.written |= other.written
        self.copied = self.copied or other.copied
        self.unlocking = self.unlocking or other.unlocking

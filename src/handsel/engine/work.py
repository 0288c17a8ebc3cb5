"""The unit of work of one round of messages: rows read, changes and refusals collected, nothing written yet.

A handler reads rows through one of the two reading doors of `Work`, changes them in memory and refuses items. When all
items have been checked, `execute` prices, numbers and writes the changes of those not refused. So a refused item leaves
nothing behind, and the number of statements depends on the kinds of rows, not on their number.

`work.as_user` reads the rows that the acting user may see: what a message names, and what its result contains.
`work.as_system` reads all rows: what a rule must know, for every user (decision 0013).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from handsel.database import result
from handsel.database.context import Context
from handsel.database.row import Change, Item, M, Notice, Reference, Row
from handsel.engine import access
from handsel.engine.access import ReadAs
from handsel.engine.column_set import ColumnSet
from handsel.engine.hidden_rows import as_told
from handsel.engine.identity_map import IdentityMap
from handsel.engine.organization import Organization
from handsel.engine.outlet import shown
from handsel.engine.row_reader import RowReader
from handsel.engine.row_rights import unreached
from handsel.errors import Code, HandselError, UnknownColumn
from handsel.tables.info import TableInfo, table_info
from handsel.tables.keys import new_key


class Refusing:
    """The block of `with work.refusing(item)`.

    A class, as it is entered for each row of a round and a generator would take four times as long.
    """

    __slots__ = ("_item", "_work")

    def __init__(self, work: Work, item: Item[object]) -> None:
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
    """One round: the two reading doors, the items, and their pending changes."""

    def __init__(self, context: Context, organization: Organization, *, collect: bool) -> None:
        self.context = context
        self.actor = context.actor
        self.organization = organization
        self.collect = collect
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.changes: list[Change] = []
        self.to_price: dict[Reference, PriceScope] = {}
        self.answers: list[tuple[Item[object], Row, tuple[str, ...]]] = []
        self._known = IdentityMap(organization)
        currency = organization.base_currency
        if currency is not None:
            self._known.keep(currency.table, [Row(currency.table, currency.id, currency)], refresh=False)
        self.as_system = RowReader(ReadAs.SYSTEM, self.actor, self._known)
        self.as_user = RowReader(ReadAs.USER, self.actor, self._known)

    def info(self, table: str) -> TableInfo:
        """The table with this organization's custom columns."""
        return self.organization.table(table)

    # Changing

    def insert(
        self, item: Item[object], table: str, values: Mapping[str, object], *, root: Reference | None = None
    ) -> Row:
        """A new row, with a new key unless `values` brings one. `root` is the document it is audited under."""
        key_column = table_info(table).primary_key
        id: Any = values.get(key_column) or new_key()  # a key column holds only ids
        row = Row(table, id, values)
        row[key_column] = id
        self._record(Change("create", row, item, root or self.root_of(row)))
        self._known.add(row)
        return row

    def update(
        self, item: Item[object], row: Row, values: Mapping[str, object], *, root: Reference | None = None
    ) -> bool:
        """Change values of a row; an equal value is not a change. True when a value did change."""
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

    def delete(self, item: Item[object], row: Row, *, root: Reference | None = None) -> None:
        """Delete a row. A row created in the same round leaves no trace."""
        if row.change is not None:
            present = row.change
            if present.action == "create":
                self.changes.remove(present)
                present.item.changes.remove(present)
                self._known.forget(row)
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

    def refusing(self, item: Item[object]) -> Refusing:
        """Let an error in the block refuse its item, or the whole list (architecture 4)."""
        return Refusing(self, item)

    def refuse(self, item: Item[object], error: HandselError) -> None:
        """Refuse one item and take its changes back. Raises `error` when the list is all-or-nothing."""
        error = as_told(self.actor, self.organization.settings, error)
        if not self.collect:
            raise error
        item.refusal = error
        item.notices = []
        for change in item.changes:
            if change.action == "update":
                change.row.update(change.before)
            change.row.change = None
            if change.action == "create":
                self._known.forget(change.row)
        dropped = {id(change) for change in item.changes}
        self.changes = [change for change in self.changes if id(change) not in dropped]
        item.changes = []

    def notice(self, item: Item[object], notice: Notice) -> None:
        """Tell the one who sent the item's message something that does not stop it; twice the same is told once."""
        if item.refusal is None and notice not in item.notices:
            item.notices.append(notice)

    def answer(self, item: Item[object], row: Row, column_set: ColumnSet | None = None) -> None:
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
        """Give every item that `answer` was called for its result, from the rows as written."""
        for item, row, names in self.answers:
            if item.refusal is None:
                item.result = answered = result.Row(row.table, row.id, {name: row.get(name) for name in names})
                answered.notices = tuple(item.notices)

    def shown(self, row: Row) -> Row:
        """A row as the acting user may see it: secured columns are null (see `outlet.shown`)."""
        return shown(self.actor, row)

    def hides(self, table: str, *columns: str) -> bool:
        """Whether the acting user may not read some of these columns of a table."""
        return not self.hidden(table).isdisjoint(columns)

    def hidden(self, table: str) -> frozenset[str]:
        """The columns of a table that the acting user may not read, because they are secured."""
        return access.hidden_columns(self.actor, table)

    def require(
        self, privilege: access.Privilege | access.TablelessPrivilege, table: str, rows: Iterable[Row] = ()
    ) -> None:
        """Refuse unless the acting user holds the privilege (see `access.require`), on each of `rows` when given."""
        access.require(self.actor, privilege, table)
        if isinstance(privilege, access.Privilege):
            for _row, counting, verb in self.unreached(privilege, rows):
                raise access.out_of_reach(self.actor, verb, counting)

    def unreached(self, verb: access.Privilege, rows: Iterable[Row]) -> list[tuple[Row, Row, access.Privilege]]:
        """Those of some rows on which the acting user lacks a right (see `row_rights.unreached`)."""
        return unreached(self.actor, self.as_system, verb, rows)

    def price(self, item: Item[object], document: Reference, scope: PriceScope | None = None) -> None:
        """Request that a document is priced before the round is written; several requests are combined."""
        present = self.to_price.get(document)
        if present is None:
            self.to_price[document] = scope or PriceScope()
        elif scope is not None:
            present.add(scope)
        self.to_price[document].items.append(item)


class PriceScope:
    """How a document is to be priced before the round is written.

    all_lines   every line takes today's catalog price (recalculate, another price list)
    written     lines that the caller writes now: they take today's price, and are refused if they break a rule
    copied      new lines have the amounts of the line they were copied from
    unlocking   the document's price lock is ignored
    """

    __slots__ = ("all_lines", "copied", "items", "unlocking", "written")

    def __init__(
        self, *, all_lines: bool = False, written: Iterable[UUID] = (), copied: bool = False, unlocking: bool = False
    ) -> None:
        self.all_lines = all_lines
        self.written = set(written)
        self.copied = copied
        self.unlocking = unlocking
        self.items: list[Item[object]] = []

    def add(self, other: PriceScope) -> None:
        """Combine with another request for the same document."""
        self.all_lines = self.all_lines or other.all_lines
        self.written |= other.written
        self.copied = self.copied or other.copied
        self.unlocking = self.unlocking or other.unlocking

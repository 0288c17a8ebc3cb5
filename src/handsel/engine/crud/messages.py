"""The generic messages, each also for lists: `execute_many` of many of them is one round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast
from uuid import UUID

from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.column_set import ColumnSet
from handsel.engine.crud.changing import check_version, update_rows
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.linking import link, unlink
from handsel.engine.crud.removing import delete_rows
from handsel.engine.customization.keys import rows_with
from handsel.engine.handlers import handles
from handsel.engine.ids import require_id, require_same_id
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.parameters import as_uuid
from handsel.engine.values import parse, table_named
from handsel.engine.work import Work
from handsel.errors import BadRequest, Code, InvalidArgument, UnknownColumn, not_found
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_keys_of


def _table(message: Any) -> str:
    return table_named(message.table).logical_name


@dataclass(frozen=True, slots=True)
class Create(Message[result.Row]):
    """Create a row of `table` from values by logical name; the result is the new `Row`.

    A list under the name of a collection creates child rows along: `{"quote_details": [{…}]}`.
    """

    needs: ClassVar[Needs] = Needs(
        besides="Create on the table; Append on it and AppendTo on what a new row is linked to; of a line, Write and "
        "AppendTo on its document."
    )
    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    values: Mapping[str, object]
    # Not shown, so that an idempotency key stored before there was such a field still fits its message.
    suppress_duplicate_detection: bool = field(default=True, repr=False)
    """False refuses a row that the rules of duplicate detection find a duplicate of (0x80040333)."""

    def locks(self) -> Sequence[Reference]:
        info = table_named(self.table)
        if info.parent is None:
            return ()
        column = info.columns[info.parent]
        for name in (
            info.parent,
            *column.navigation.values(),
            *(f"{name}@odata.bind" for name in column.navigation.values()),
        ):
            value = self.values.get(name)
            if value is not None:
                parsed = parse(info, column, value)
                return (
                    Reference(column.targets[0], parsed.id if isinstance(parsed, Reference) else cast("UUID", parsed)),
                )
        return ()


@handles(Create)
def create(work: Work, items: list[Item[Create]]) -> None:
    """Create rows."""
    rows = create_rows(work, [Given.by_caller(item, _table(item.message), item.message.values) for item in items])
    for position, row in rows.items():
        work.answer(items[position], row)


@dataclass(frozen=True, slots=True)
class Retrieve(Message[result.Row]):
    """Read one row by id; `column_set` limits what comes back. The result is a `Row`."""

    needs: ClassVar[Needs] = Needs(besides="Read on the table.")
    operation: ClassVar[None] = None
    changes: ClassVar[bool] = False

    table: str
    id: UUID
    column_set: ColumnSet | None = None


@handles(Retrieve)
def retrieve(work: Work, items: list[Item[Retrieve]]) -> None:
    """Read rows, with parent columns filled from their parents."""
    by_table: dict[str, list[Item[Retrieve]]] = {}
    for item in items:
        by_table.setdefault(_table(item.message), []).append(item)
    for table, group in by_table.items():
        work.require(Privilege.READ, table)
        rows = work.as_user.load(table, [item.message.id for item in group])
        fill_parent_columns(work, table, list(rows.values()))

        def answer(item: Item[Retrieve], table: str = table) -> None:
            row = work.as_user.row(table, item.message.id)
            if row is None:
                raise not_found(table, item.message.id)
            item.result = chosen(work, row, item.message.column_set)

        work.each(group, answer)


def fill_parent_columns(work: Work, table: str, rows: Sequence[Row]) -> None:
    """Put the values of parent columns into rows, one statement per table they are read through."""
    info = work.info(table)
    for column in info.columns.values():
        if column.parent_column is not None:
            target = column.parent_column.table
            parents = work.as_user.load(target, [row.get(column.parent_column.lookup) for row in rows])
            for row in rows:
                parent = parents.get(row.get(column.parent_column.lookup))
                row[column.logical_name] = parent.get(column.parent_column.column) if parent else None


def chosen(work: Work, row: Row, column_set: ColumnSet | None) -> result.Row:
    """The columns of a row that a column set asks for; its key always. Raises UnknownColumn for others."""
    info = work.info(row.table)
    if column_set is None or column_set.all_columns:
        return result.Row(row.table, row.id, {name: row.get(name) for name in info.columns})
    for name in column_set.columns:
        if name not in info.columns:
            raise UnknownColumn(
                f"{info.label} has no column '{name}'.", Code.QUERY_SYNTAX, table=row.table, column=name
            )
    return result.Row(row.table, row.id, {name: row.get(name) for name in (info.primary_key, *column_set.columns)})


@dataclass(frozen=True, slots=True)
class Update(Message[None]):
    """Change columns of a row. `version` (its `versionnumber` when read) refuses a stale change."""

    needs: ClassVar[Needs] = Needs(
        besides="Write on the row; Append on it and AppendTo on what it is newly linked to; Assign for another owner."
    )
    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = False

    table: str
    id: UUID
    values: Mapping[str, object]
    version: int | None = None
    suppress_duplicate_detection: bool = field(default=True, repr=False)
    """As in `Create`."""

    def locks(self) -> Sequence[Reference]:
        return (Reference(_table(self), self.id),)


@handles(Update)
def update(work: Work, items: list[Item[Update]]) -> None:
    """Change rows."""

    def check(item: Item[Update]) -> None:
        check_version(_row(work, item), item.message.version)

    work.each(items, check)
    update_rows(work, [(item, _row(work, item), item.message.values) for item in items if item.refusal is None])


@dataclass(frozen=True, slots=True)
class Upsert(Message[tuple[Reference, bool]]):
    """Change the row with this key, or create it. `key` is an id or the values of a unique key.

    The result is a pair: the row's `Reference`, and whether it was created.
    """

    needs: ClassVar[Needs] = Needs(besides="What Create or Update takes, whichever it turns out to be.")
    operation: ClassVar[None] = None
    roots_must_exist: ClassVar[bool] = False
    retries_duplicates: ClassVar[bool] = True

    table: str
    key: UUID | str | Mapping[str, object]
    values: Mapping[str, object]
    suppress_duplicate_detection: bool = field(default=True, repr=False)
    """As in `Create`."""

    def locks(self) -> Sequence[Reference]:
        if isinstance(self.key, Mapping):
            return ()
        return (Reference(_table(self), as_uuid("Upsert", "key", self.key)),)


@handles(Upsert)
def upsert(work: Work, items: list[Item[Upsert]]) -> None:
    """Change the rows that exist, create the others."""
    present: list[tuple[Item[Upsert], Row, Mapping[str, Any]]] = []
    absent: list[Given] = []

    def sort(item: Item[Upsert]) -> None:
        info = work.info(_table(item.message))
        row, key = _by_key(work, info, item.message.key)
        if row is not None:
            item.result = (row.reference, False)
            present.append((item, row, item.message.values))
        else:
            if info.primary_key in key:
                require_same_id(info, require_id(info, key[info.primary_key]), item.message.values)
            absent.append(Given.by_caller(item, info.logical_name, {**item.message.values, **key}))

    work.each(items, sort)
    update_rows(work, present)
    for position, row in create_rows(work, absent).items():
        absent[position].item.result = (row.reference, True)


def _by_key(work: Work, info: TableInfo, key: UUID | str | Mapping[str, Any]) -> tuple[Row | None, dict[str, Any]]:
    """The row with a key, and the key's values in case there is no such row."""
    if not isinstance(key, Mapping):
        id = as_uuid(info.label, "key", key)
        return work.as_user.row(info.logical_name, id), {info.primary_key: id}
    if set(key) not in [set(columns) for columns in all_keys_of(info)]:
        known = " or ".join(" + ".join(columns) for columns in all_keys_of(info)) or "none besides the id"
        raise BadRequest(f"{info.label} has no key {' + '.join(key)}. Its keys are {known}.", Code.INVALID_ARGUMENT)
    values = {name: parse(info, info.columns[name], value) for name, value in key.items()}
    for row in rows_with(info, values, lock=True):
        return work.as_user.load(info.logical_name, [row.id], lock=True)[row.id], dict(key)
    return None, dict(key)


@dataclass(frozen=True, slots=True)
class Delete(Message[None]):
    """Delete a row and what belongs to it. `version` refuses the deletion of a row changed since it was read."""

    needs: ClassVar[Needs] = Needs(besides="Delete on the row; prvQOIOverrideDelete for a document that is closed.")
    operation: ClassVar[None] = None

    table: str
    id: UUID
    version: int | None = None

    def locks(self) -> Sequence[Reference]:
        return (Reference(_table(self), self.id),)


@handles(Delete)
def delete(work: Work, items: list[Item[Delete]]) -> None:
    """Delete rows."""

    def check(item: Item[Delete]) -> None:
        check_version(_row(work, item), item.message.version)

    work.each(items, check)
    delete_rows(work, [(item, _row(work, item)) for item in items if item.refusal is None])


@dataclass(frozen=True, slots=True)
class Associate(Message[None]):
    """Link a row to another through a navigation property: many-to-many, a collection, or a lookup."""

    needs: ClassVar[Needs] = Needs(besides="Append on one row and AppendTo on the other.")
    operation: ClassVar[None] = None

    table: str
    id: UUID
    navigation: str
    related: Reference

    def locks(self) -> Sequence[Reference]:
        return (
            Reference(_table(self), self.id),
            Reference(table_named(self.related.table).logical_name, self.related.id),
        )


@handles(Associate)
def associate(work: Work, items: list[Item[Associate]]) -> None:
    """Link rows."""
    work.each(items, lambda item: link(work, item, _row(work, item), item.message.navigation, item.message.related))


@dataclass(frozen=True, slots=True)
class Disassociate(Message[None]):
    """Undo what Associate did. For a lookup, `related` may be left out."""

    needs: ClassVar[Needs] = Needs(besides="Append on one row and AppendTo on the other.")
    operation: ClassVar[None] = None

    table: str
    id: UUID
    navigation: str
    related: Reference | None = None

    def locks(self) -> Sequence[Reference]:
        own = (Reference(_table(self), self.id),)
        return (
            own
            if self.related is None
            else (*own, Reference(table_named(self.related.table).logical_name, self.related.id))
        )


@handles(Disassociate)
def disassociate(work: Work, items: list[Item[Disassociate]]) -> None:
    """Undo links."""
    work.each(items, lambda item: unlink(work, item, _row(work, item), item.message.navigation, item.message.related))


def _row(work: Work, item: Item[Update | Delete | Associate | Disassociate]) -> Row:
    row = work.as_user.row(_table(item.message), item.message.id)
    if row is None:
        raise InvalidArgument(f"{item.message.table} {item.message.id} was not read.")
    return row

"""InitializeFrom: what is copied from an existing row to a new one, by maps and lookups. Nothing is written."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from handsel.database.row import ColumnValue, Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.added_maps import added_map
from handsel.engine.conversion import AddedMap, ColumnMap, all_maps, check_source
from handsel.engine.crud.messages import fill_parent_columns
from handsel.engine.edm import ROW
from handsel.engine.forbidding import forbidden_verb
from handsel.engine.handlers import handles
from handsel.engine.listing import capitalized, one
from handsel.engine.message import Message
from handsel.engine.numbering import numberings
from handsel.engine.operation import Operation
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, Refused, not_found
from handsel.tables.facts import Writable
from handsel.tables.info import ColumnInfo, TableInfo


class TargetFieldType(enum.StrEnum):
    """Which columns of the new row are returned, by what a client may do with them."""

    ALL = "All"
    VALID_FOR_CREATE = "ValidForCreate"
    VALID_FOR_UPDATE = "ValidForUpdate"
    VALID_FOR_READ = "ValidForRead"


class NewRow(dict[str, ColumnValue]):
    """The values of a row that does not exist yet, as `Create` takes them: lookups are references."""

    __slots__ = ("table",)

    def __init__(self, table: str, values: dict[str, ColumnValue]) -> None:
        super().__init__(values)
        self.table = table


@dataclass(frozen=True, slots=True)
class InitializeFrom(Message[NewRow]):
    """Prepare a row of another table from a row (Web API 9). The result is a `NewRow`; nothing is written.

    If there is a conversion between the two tables, its column map applies. Otherwise the new row refers to the source
    and takes its first address and its currency. Mappings of administrators are added in both cases. Raises Refused for
    a table whose rows nobody creates.
    """

    operation: ClassVar[Operation] = Operation(returns=ROW)
    changes: ClassVar[bool] = False

    entity_moniker: Reference
    target_entity_name: str
    target_field_type: TargetFieldType
    retrieve_consumable_record: bool | None = None
    """Only Dynamics uses it; it has no effect here."""


@handles(InitializeFrom)
def initialize_from(work: Work, items: list[Item[InitializeFrom]]) -> None:
    """Prepare rows."""
    sources: dict[str, list[Item[InitializeFrom]]] = {}
    for item in items:
        sources.setdefault(table_named(item.message.entity_moniker.table).logical_name, []).append(item)
    for table, group in sources.items():
        work.require(Privilege.READ, table)
        rows = work.as_user.load(table, [item.message.entity_moniker.id for item in group])
        fill_parent_columns(work, table, list(rows.values()))

        def prepare(item: Item[InitializeFrom], table: str = table) -> None:
            message = item.message
            row = work.as_user.row(table, message.entity_moniker.id)
            if row is None:
                raise not_found(table, message.entity_moniker.id)
            target = work.info(table_named(message.target_entity_name).logical_name)
            reason = forbidden_verb("create", target.logical_name)
            if reason is not None:
                raise Refused(reason, table=target.logical_name)
            item.result = _prepared(work, row, target, message.target_field_type)

        work.each(group, prepare)


def _prepared(work: Work, row: Row, target: TableInfo, kind: TargetFieldType) -> NewRow:
    source = work.info(row.table)
    added = added_map(work.context, work.organization, source.logical_name, target.logical_name)
    column_map = _declared(source.logical_name, target.logical_name)
    if column_map is not None:
        check_source(row)
    if column_map is None:
        column_map = _empty(source.logical_name, target.logical_name)
        related = tuple(_related(source, target))
        if not related and not added.pairs:
            raise InvalidArgument(
                f"No map and no lookup leads from {source.logical_name} to {target.logical_name}, so a new "
                f"{target.label.lower()} takes nothing over. Add a map (entitymaps, attributemaps), or create the row "
                "by itself."
            )
        added = AddedMap(related + added.pairs)
    origins = {name: name for name in (*column_map.same, *added.automatic)}
    origins |= dict(column_map.renamed) | {into: out for out, into in added.pairs}
    # Fixed values belong to the conversion: only what is copied from the source applies here.
    values = {name: value for name, value in column_map.values(row, added, target).items() if name in origins}
    return NewRow(
        target.logical_name,
        {
            name: _given(source.columns[origins[name]], source, row, value)
            for name, value in values.items()
            if _is_wanted(target, target.columns[name], kind)
        },
    )


@functools.cache
def _empty(source: str, target: str) -> ColumnMap:
    return ColumnMap(source, target, ())


def _declared(source: str, target: str) -> ColumnMap | None:
    """The map of a conversion, of its header or of its lines."""
    return next((each for each in all_maps() if (each.source, each.target) == (source, target)), None)


def _related(source: TableInfo, target: TableInfo) -> Iterator[tuple[str, str]]:
    """The (source column, target column) pairs of tables that no conversion joins."""
    parents = _parents(source, target)
    yield from ((source.primary_key, name) for name in parents)
    if parents:
        for name, column in target.columns.items():
            is_shared = name == "transactioncurrencyid" or (
                name.startswith("address1_") and name != "address1_addressid"
            )
            if (
                is_shared
                and name not in parents
                and name in source.columns
                and source.columns[name].kind == column.kind
            ):
                yield name, name


def _parents(source: TableInfo, target: TableInfo) -> Sequence[str]:
    """The lookups of the target that name the row of the source table it belongs to.

    They are recognized by kind or name: the customer, `parentaccountid`, `accountid`. If there is none, the only lookup
    to the source table is taken. Raises InvalidArgument if there are several.
    """
    ways = [
        name
        for name, column in target.columns.items()
        if column.kind in ("Lookup", "Customer")
        and source.logical_name in column.navigation
        and column.writable & Writable.CREATE
    ]
    named = (source.primary_key, f"parent{source.primary_key}")
    telling = [name for name in ways if target.columns[name].kind == "Customer" or name in named]
    if not telling and len(ways) > 1:
        raise InvalidArgument(
            f"{capitalized(one(target.label))} may point at {one(source.label)} by {', '.join(ways)}; nothing says "
            "which is meant. Create the row with the one you mean."
        )
    return telling or ways


def _is_wanted(target: TableInfo, column: ColumnInfo, kind: TargetFieldType) -> bool:
    numbering = numberings().get(target.logical_name)
    if numbering is not None and numbering.column == column.logical_name:
        return False  # a new row gets its own number
    match kind:
        case TargetFieldType.VALID_FOR_CREATE:
            return bool(column.writable & Writable.CREATE)
        case TargetFieldType.VALID_FOR_UPDATE:
            return bool(column.writable & Writable.UPDATE)
        case _:
            return True


def _given(column: ColumnInfo, source: TableInfo, row: Row, value: Any) -> Any:
    """A value as `Create` takes it: the id in a lookup becomes a reference."""
    if column.logical_name == source.primary_key:
        return row.reference
    if not column.is_lookup:
        return value
    if column.type_column is not None:
        return Reference(row[column.type_column], value)
    table = next((table for table, part in column.split.items() if row.get(part) == value), column.targets[0])
    return Reference(table, value)

"""The resource of a path: a collection, one row, one property (Web API 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.access import Privilege, ReadAs
from handsel.engine.crud.messages import fill_parent_columns
from handsel.engine.reading import fetch
from handsel.query.tree.nodes import ColumnPath, Comparison, Node, OneOf, Operator
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.intersects import intersect_named
from handsel.tables.lookups import target_of
from handsel.tables.relations import all_collections_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.keys import Key, key_of, require_row
from handsel.webapi.protocol.path_parameters import replace_parameters
from handsel.webapi.protocol.segments import Segment


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: a whole table, or the rows that fulfil `restriction`. `parent` is the row that it belongs to."""

    info: TableInfo
    restriction: Node | None = None
    parent: Row | None = None
    navigation: str = ""


@dataclass(frozen=True, slots=True)
class EntityKey:
    """A row by its key, not read yet: it need not exist."""

    info: TableInfo
    key: Key


@dataclass(frozen=True, slots=True)
class Related:
    """The target of a single-valued navigation property: a row, or nothing."""

    info: TableInfo
    row: Row
    column: ColumnInfo
    navigation: str
    target: Reference | None = field(default=None)


@dataclass(frozen=True, slots=True)
class RelatedElsewhere:
    """The target of a lookup to a table that Handsel does not have: only its id is known."""

    info: TableInfo
    row: Row
    column: ColumnInfo

    @property
    def target(self) -> UUID | None:
        """The id of the target."""
        found: UUID | None = self.row.get(self.column.logical_name)
        return found


@dataclass(frozen=True, slots=True)
class Property:
    """One column of one row."""

    info: TableInfo
    row: Row
    column: ColumnInfo


Resource = Collection | EntityKey | Related | RelatedElsewhere | Property


def resolve(call: Call, segments: Sequence[Segment]) -> Resource:
    """The resource of a path that begins with an entity set. Raises NotFound (0x8006088a) for an unknown part."""
    resource: Resource = _rows(call, Collection(call.set_named(segments[0].name)), segments[0])
    for segment in segments[1:]:
        resource = _step(call, resource, segment)
    return resource


def _rows(call: Call, rows: Collection, segment: Segment) -> Collection | EntityKey:
    """The collection, or the row in it if the part has a key."""
    arguments = replace_parameters(segment, call.options).arguments
    return rows if arguments is None else EntityKey(rows.info, key_of(rows.info, arguments))


def _step(call: Call, resource: Resource, segment: Segment) -> Resource:
    info, row = _row(call, resource, segment)
    collection = all_collections_of(info).get(segment.name)
    if collection is not None:
        child, column = collection
        only = Comparison(ColumnPath(column), Operator.EQ, row.id)
        return _rows(call, Collection(call.info(child), only, row, segment.name), segment)
    between = intersect_named(info.logical_name, segment.name)
    if between is not None:
        links = fetch(between.through, between.near_column, [row.id], read_as=ReadAs.USER)
        ids = [link[between.other_column] for link in links]
        there = call.info(between.other)
        return _rows(
            call, Collection(there, OneOf(ColumnPath(there.primary_key), tuple(ids)), row, segment.name), segment
        )
    if segment.arguments is not None:
        raise unknown_segment(segment.name)
    for lookup in info.columns.values():
        for table, navigation in lookup.navigation.items():
            if navigation == segment.name and set_elsewhere(lookup):
                return RelatedElsewhere(info, row, lookup)
            if navigation == segment.name:
                return _related(call, info, row, lookup, table, navigation)
    name = segment.name
    if name.startswith("_") and name.endswith("_value") and name[1:-6] in info.columns:
        return Property(info, row, info.columns[name[1:-6]])
    column_info = info.columns.get(name)
    if column_info is None or column_info.is_lookup:
        raise unknown_segment(name)
    return Property(info, row, column_info)


def _related(call: Call, info: TableInfo, row: Row, lookup: ColumnInfo, table: str, navigation: str) -> Related:
    value = row.get(lookup.logical_name)
    actual = target_of(lookup, row, value) if value is not None else None
    # One name for several tables (an owner) points to the actual one; otherwise each table has a separate name.
    shared = list(lookup.navigation.values()).count(navigation) > 1
    target = Reference(actual, value) if actual is not None and value is not None else None
    if target is not None and target.table != table and not shared:
        target = None
    return Related(call.info(target.table if target else table), row, lookup, navigation, target)


def _row(call: Call, resource: Resource, segment: Segment) -> tuple[TableInfo, Row]:
    if isinstance(resource, EntityKey):
        return resource.info, read(call, resource.info, resource.key)
    if isinstance(resource, Related) and resource.target is not None:
        return resource.info, read(call, resource.info, resource.target.id)
    raise unknown_segment(segment.name)


def read(call: Call, info: TableInfo, key: Key) -> Row:
    """One row with all its columns; those that the user may not read are null. Raises NotFound."""
    work = call.work
    work.require(Privilege.READ, info.logical_name)
    row = require_row(call, info, key)
    fill_parent_columns(work, info.logical_name, [row])
    return work.shown(row)

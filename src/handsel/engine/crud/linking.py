"""Linking rows through navigation properties: many-to-many relations, collections, lookups."""

from __future__ import annotations

from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.changing import update_rows
from handsel.engine.crud.hooks import Link, check_link, forbidden_link
from handsel.engine.crud.permitting import permit_pair
from handsel.engine.crud.removing import delete_rows
from handsel.engine.work import Work
from handsel.errors import BadRequest, Code, InvalidArgument, NotFound, Refused
from handsel.tables.info import TableInfo
from handsel.tables.intersects import Intersect, intersect_named
from handsel.tables.relations import all_collections_of


def link(work: Work, item: Item[object], row: Row, navigation: str, related: Reference) -> None:
    """Link `row` to `related`. An existing link is left as it is."""
    _refuse_forbidden(row, navigation)
    between = intersect_named(row.table, navigation)
    if between is not None:
        _require_target(navigation, between.other, related)
        loaded = _loaded(work, related)
        wanted = _link(item, between, row, related, is_made=True)
        if not check_link(work, between.through, wanted):
            permit_pair(work, row, loaded)
        if _existing(work, between, wanted) is None:
            work.insert(item, between.through, wanted.ids, root=row.reference)
        return
    info = work.info(row.table)
    if navigation in all_collections_of(info):
        child, column = all_collections_of(info)[navigation]
        _require_target(navigation, child, related)
        update_rows(work, [(item, _loaded(work, related), {column: row.reference})])
        return
    update_rows(work, [(item, row, {_lookup(info, navigation): related})])


def unlink(work: Work, item: Item[object], row: Row, navigation: str, related: Reference | None) -> None:
    """Undo a link. Raises NotFound when there is none."""
    _refuse_forbidden(row, navigation)
    info = work.info(row.table)
    between = intersect_named(row.table, navigation)
    if between is None and navigation not in all_collections_of(info):
        update_rows(work, [(item, row, {_lookup(info, navigation): None})])
        return
    if related is None:
        raise InvalidArgument(f"Disassociate of {navigation} needs the related row.")
    if between is not None:
        wanted = _link(item, between, row, related, is_made=False)
        is_permitted = check_link(work, between.through, wanted)
        found = _existing(work, between, wanted)
        if found is None:
            raise NotFound(f"{info.label} {row.id} is not linked to {related.table} {related.id} by {navigation}.")
        if is_permitted:
            work.delete(item, found, root=row.reference)
        else:
            permit_pair(work, row, _loaded(work, related))
            delete_rows(work, [(item, found)], by_system=True)
        return
    _child, column = all_collections_of(info)[navigation]
    update_rows(work, [(item, _loaded(work, related), {column: None})])


def _refuse_forbidden(row: Row, navigation: str) -> None:
    reason = forbidden_link(row.table, navigation)
    if reason is not None:
        raise Refused(reason, table=row.table, id=str(row.id))


def _link(item: Item[object], between: Intersect, row: Row, related: Reference, *, is_made: bool) -> Link:
    return Link(item, {between.near_column: row.id, between.other_column: related.id}, is_made)


def _existing(work: Work, between: Intersect, wanted: Link) -> Row | None:
    near, other = wanted.ids[between.near_column], wanted.ids[between.other_column]
    links = work.as_system.children(between.through, between.near_column, [near])[near]
    return next((link for link in links if link.get(between.other_column) == other), None)


def _loaded(work: Work, related: Reference) -> Row:
    row = work.as_user.load(related.table, [related.id]).get(related.id)
    if row is None:
        raise NotFound(f"{related.table} With Id = {related.id} Does Not Exist")
    return row


def _require_target(navigation: str, target: str, related: Reference) -> None:
    if related.table != target:
        raise BadRequest(f"{navigation} links to {target}, not to {related.table}.", Code.INVALID_ARGUMENT)


def _lookup(info: TableInfo, navigation: str) -> str:
    for column in info.columns.values():
        if (navigation == column.logical_name and column.targets) or navigation in column.navigation.values():
            return column.logical_name
    raise BadRequest(f"{info.label} has no navigation property '{navigation}'.", Code.INVALID_PAYLOAD)

"""Linking rows through navigation properties: many-to-many relations, collections, lookups."""

from __future__ import annotations

from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.changing import update_rows
from handsel.engine.crud.hooks import forbidden_link, intersects
from handsel.engine.crud.removing import delete_rows
from handsel.engine.work import Work
from handsel.errors import BadRequest, Code, InvalidArgument, NotFound, Refused
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_collections_of


def link(work: Work, item: Item[object], row: Row, navigation: str, related: Reference) -> None:
    """Link `row` to `related`. A link that exists already stays as it is."""
    _check_kept(row, navigation)
    between = intersects(row.table, navigation)
    if between is not None:
        through, own, other, target = between
        _require_target(navigation, target, related)
        if _existing(work, through, own, other, row, related) is None:
            _loaded(work, related)
            work.insert(item, through, {own: row.id, other: related.id}, root=row.reference)
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
    _check_kept(row, navigation)
    info = work.info(row.table)
    between = intersects(row.table, navigation)
    if between is None and navigation not in all_collections_of(info):
        update_rows(work, [(item, row, {_lookup(info, navigation): None})])
        return
    if related is None:
        raise InvalidArgument(f"Disassociate of {navigation} needs the related row.")
    if between is not None:
        through, own, other, _target = between
        found = _existing(work, through, own, other, row, related)
        if found is None:
            raise NotFound(f"{info.label} {row.id} is not linked to {related.table} {related.id} by {navigation}.")
        delete_rows(work, [(item, found)])
        return
    _child, column = all_collections_of(info)[navigation]
    update_rows(work, [(item, _loaded(work, related), {column: None})])


def _check_kept(row: Row, navigation: str) -> None:
    reason = forbidden_link(row.table, navigation)
    if reason is not None:
        raise Refused(reason, table=row.table, id=str(row.id))


def _existing(work: Work, through: str, own: str, other: str, row: Row, related: Reference) -> Row | None:
    links = work.as_system.children(through, own, [row.id])[row.id]
    return next((link for link in links if link.get(other) == related.id), None)


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

"""Whether the acting user may do what a message names: privileges first, all that are missing at once, then each row.

What a row is linked to counts, too: it takes Append on the row with the lookup and AppendTo on the row it refers to
(security 5.3). What a message fills in by itself takes none of this: the message says what it takes (`Needs`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.identity_map import is_new
from handsel.engine.message import AnyMessage
from handsel.engine.needs import NOTHING, Needs
from handsel.engine.rights import denial
from handsel.engine.rights.privileges import RowsBy, coverage_of
from handsel.engine.values import UNRESOLVED
from handsel.engine.work import Work
from handsel.errors import PrivilegeDenied
from handsel.tables.info import ColumnInfo, TableInfo, table_info

Named = Mapping[str, Reference]
"""The rows that a caller names in lookups, by column."""

_OUTSIDE = frozenset(("ownerid", "owninguser", "owningteam", "owningbusinessunit"))
"""Lookups that are no links: who owns a row is a matter of Create and Assign."""


def needs_of(item: Item[AnyMessage]) -> Needs:
    """What the message of an item takes, for the table of the row it names first."""
    needs = item.message.takes() or NOTHING
    return needs.of_target(_document_table(item.locks[0])) if item.locks else needs


def permit_messages(actor: Actor, items: Iterable[Item[AnyMessage]]) -> Mapping[int, PrivilegeDenied]:
    """By item index: the refusal of a user who lacks privileges that the message takes, all of them (0x80040220)."""
    known: dict[Needs, PrivilegeDenied | None] = {}
    found: dict[int, PrivilegeDenied] = {}
    for item in items:
        needs = needs_of(item)
        if needs not in known:
            known[needs] = lacking(actor, needs, type(item.message).__name__)
        error = known[needs]
        if error is not None:
            found[item.index] = error
    return found


def lacking(actor: Actor, needs: Needs, message: str) -> PrivilegeDenied | None:
    """The refusal of a user who lacks some of the privileges that a message takes; None for one who has them."""
    lacked = access.lacked(actor, needs.listed())
    if not lacked:
        return None
    error = access.denied(actor, lacked, f"send {message}")
    if error.code is not error.default_code or all(need.privilege is not Privilege.CREATE for need in lacked):
        return error
    return PrivilegeDenied(error.message, needs.create_code, **error.details)


def permit_roots(work: Work, items: Sequence[Item[AnyMessage]]) -> None:
    """Refuse each item that names a row on which the user lacks a right that its message takes (0x80048306).

    The rows were read under their locks, so that this takes a statement only where a share may give the right.
    """
    if access.reaches_everything(work.actor):
        return
    asked: dict[Privilege, list[tuple[Item[object], Row]]] = defaultdict(list)
    for item in items:
        needs = needs_of(item)
        for lock in item.locks:
            row = _document_row(work, lock)
            if row is not None:
                for verb, tables in ((Privilege.WRITE, needs.write), (Privilege.APPEND_TO, needs.append_to)):
                    if row.table in tables:
                        asked[verb].append((item, row))
    for verb, rows in asked.items():
        permit_rows(work, verb, rows)


def permit_linked(work: Work, rows: Iterable[tuple[Item[Any], Row]]) -> None:
    """Refuse each item that links a row that it makes to one that the user may not link to (0x80048306).

    Only links to the tables count that its message takes AppendTo of, besides the rows that it names: those have been
    looked at. At most one statement for each table of which the user may not link to every row.
    """
    if access.reaches_everything(work.actor):
        return
    wanted: dict[str, list[tuple[Item[AnyMessage], UUID]]] = defaultdict(list)
    for item, row in rows:
        named = {lock.id for lock in item.locks}
        for reference in _links(work.info(row.table), row):
            if reference.table in needs_of(item).append_to and reference.id not in named:
                wanted[reference.table].append((item, reference.id))
    for table, links in wanted.items():
        known = {id: work.as_system.row(table, id) or Row(table, id) for _item, id in links}
        old = [row for row in known.values() if not is_new(row)]
        beyond = {row.id for row in access.unreached(work.actor, Privilege.APPEND_TO, old)}
        if not beyond:
            continue
        seen = work.as_user.load(table, beyond)
        lacked = [(Privilege.APPEND_TO, seen.get(id) or Row(table, id)) for id in beyond]
        refusals = dict(zip(beyond, access.out_of_reach_each(work.actor, lacked), strict=True))
        for item, id in links:
            if id in beyond and item.refusal is None:
                work.refuse(item, refusals[id])


def _links(info: TableInfo, row: Row) -> Iterable[Reference]:
    """The rows that a row refers to, except its owner."""
    for column in info.columns.values():
        if column.targets and column.logical_name not in _OUTSIDE:
            id = row.get(column.logical_name)
            if isinstance(id, UUID):
                yield Reference(_table_of(column, row), id)


def _table_of(column: ColumnInfo, row: Row) -> str:
    if column.type_column is not None:
        return str(row.get(column.type_column))
    return next((table for table, part in column.split.items() if row.get(part) is not None), column.targets[0])


def _document_table(lock: Reference) -> str:
    """The table of a row, or of the document of a line."""
    info = table_info(lock.table)
    return lock.table if info.parent is None else info.columns[info.parent].targets[0]


def _document_row(work: Work, lock: Reference) -> Row | None:
    row, info = work.as_user.row(*lock), table_info(lock.table)
    if row is None or info.parent is None:
        return row
    return work.as_user.row(info.columns[info.parent].targets[0], row.get(info.parent))


def permit_verb(
    work: Work,
    verb: Privilege,
    info: TableInfo,
    named: Iterable[Named],
    *,
    further: Sequence[Need] = (),
    along: str = "",
) -> None:
    """Refuse unless the user holds the privileges to do something to rows of a table and link them as named.

    What belongs to a row and is created along with it takes AppendTo on the table of that row, `along`, and no Write
    (security 5.1). Raises PrivilegeDenied (0x80040220) with all that are missing.
    """
    is_part = bool(along) and coverage_of(info.logical_name).rows_by is RowsBy.PARENT
    needs = [Need(Privilege.APPEND_TO, along) if is_part else Need(verb, info.logical_name), *further]
    targets = {
        table
        for links in named
        for column, reference in links.items()
        if column not in _OUTSIDE
        for table in _tables_of(info, column, reference)
    }
    if targets:
        if not is_part:
            needs.append(Need(Privilege.APPEND, info.logical_name))
        needs += [Need(Privilege.APPEND_TO, table) for table in sorted(targets)]
    access.require_all(work.actor, needs, denial.doing(verb, info.logical_name))


def permit_rows(work: Work, verb: Privilege, rows: Sequence[tuple[Item[object], Row]]) -> None:
    """Refuse each item whose row the user may not treat so (0x80048306)."""
    live = [(item, row) for item, row in rows if item.refusal is None]
    beyond = {row.id: (lacked, counting) for row, counting, lacked in work.unreached(verb, [row for _, row in live])}
    if not beyond:
        return
    refusals = dict(zip(beyond, access.out_of_reach_each(work.actor, list(beyond.values())), strict=True))
    for item, row in live:
        if row.id in beyond and item.refusal is None:
            work.refuse(item, refusals[row.id])


def permit_columns(
    work: Work, verb: Privilege, table: str, written: Iterable[tuple[Item[object], Iterable[str]]]
) -> None:
    """Refuse each item that gives a value to a secured column which the user may not write (0x8004f502, 0x8004f507).

    Whatever the value is: also the present one, and none.
    """
    for item, columns in written:
        if item.refusal is None:
            with work.refusing(item):
                access.require_writable(work.actor, verb, table, columns)


def permit_links(work: Work, rows: Sequence[tuple[Item[object], Row, Named]]) -> None:
    """Refuse each item that links a row to one the user may not link to, or links one the user may not link."""
    linked: list[tuple[Item[object], Row]] = []
    targets: dict[str, list[tuple[Item[object], UUID]]] = defaultdict(list)
    for item, row, named in rows:
        links = [reference for column, reference in named.items() if column not in _OUTSIDE]
        if links and item.refusal is None:
            linked.append((item, row))
            for reference in links:
                targets[reference.table].append((item, reference.id))
    permit_rows(work, Privilege.APPEND, linked)
    for table, wanted in targets.items():
        if table == UNRESOLVED:
            continue
        found = work.as_user.load(table, [id for _item, id in wanted])
        permit_rows(work, Privilege.APPEND_TO, [(item, found[id]) for item, id in wanted if id in found])


def permit_pair(work: Work, one: Row, other: Row) -> None:
    """Refuse to link or unlink two rows of a many-to-many relation unless the user may: Append on one of them and
    AppendTo on the other, either way round (security 5.3).

    Raises PrivilegeDenied: 0x80040220 for missing privileges, 0x80048306 for a row out of reach.
    """
    ways = [
        ((Privilege.APPEND, one), (Privilege.APPEND_TO, other)),
        ((Privilege.APPEND_TO, one), (Privilege.APPEND, other)),
    ]
    held = [way for way in ways if not access.lacked(work.actor, [Need(verb, row.table) for verb, row in way])]
    if not held:
        needs = [Need(verb, row.table) for verb, row in ways[0]]
        raise access.denied(work.actor, access.lacked(work.actor, needs), f"link {one.table} to {other.table}")
    refusals: list[PrivilegeDenied] = []
    for way in held:
        beyond = [found for verb, row in way for found in work.unreached(verb, [row])]
        if not beyond:
            return
        refusals += [access.out_of_reach(work.actor, lacked, counting) for _row, counting, lacked in beyond]
    raise refusals[0]


def _tables_of(info: TableInfo, column: str, reference: Reference) -> Sequence[str]:
    return info.columns[column].targets[:1] if reference.table == UNRESOLVED else (reference.table,)

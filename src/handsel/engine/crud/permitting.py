"""Whether the acting user may do what a message names: privileges first, all that are missing at once, then each row.

What a row is linked to counts, too: it takes Append on the row with the lookup and AppendTo on the row it refers to
(security 5.3). What a message fills in by itself takes none of this: the message says what it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.rights import denial
from handsel.engine.values import UNRESOLVED
from handsel.engine.work import Work
from handsel.tables.info import TableInfo

Named = Mapping[str, Reference]
"""The rows that a caller names in lookups, by column."""

_OUTSIDE = frozenset(("ownerid", "owninguser", "owningteam", "owningbusinessunit"))
"""Lookups that are no links: who owns a row is a matter of Create and Assign."""


def permit_verb(
    work: Work, verb: Privilege, info: TableInfo, named: Iterable[Named], *, further: Sequence[Need] = ()
) -> None:
    """Refuse unless the user holds the privileges to do something to rows of a table and link them as named.

    Raises PrivilegeDenied (0x80040220) with all that are missing.
    """
    needs = [Need(verb, info.logical_name), *further]
    targets = {
        table
        for links in named
        for column, reference in links.items()
        if column not in _OUTSIDE
        for table in _tables_of(info, column, reference)
    }
    if targets:
        needs.append(Need(Privilege.APPEND, info.logical_name))
        needs += [Need(Privilege.APPEND_TO, table) for table in sorted(targets)]
    access.require_all(work.actor, needs, denial.doing(verb, info.logical_name))


def permit_rows(work: Work, verb: Privilege, rows: Sequence[tuple[Item[object], Row]]) -> None:
    """Refuse each item whose row the user may not treat so (0x80048306)."""
    live = [(item, row) for item, row in rows if item.refusal is None]
    beyond = {row.id: (counting, lacked) for row, counting, lacked in work.unreached(verb, [row for _, row in live])}
    for item, row in live:
        if row.id in beyond and item.refusal is None:
            counting, lacked = beyond[row.id]
            work.refuse(item, access.out_of_reach(work.actor, lacked, counting))


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


def _tables_of(info: TableInfo, column: str, reference: Reference) -> Sequence[str]:
    return info.columns[column].targets[:1] if reference.table == UNRESOLVED else (reference.table,)

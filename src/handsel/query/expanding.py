"""Related rows, read set-based: one statement for each level of an expand, whatever the number of rows above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models.expressions import Expression

from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.context import entered
from handsel.engine.reading import key_list
from handsel.query.asker import Asker
from handsel.query.compile import collection_of, condition, sort_keys
from handsel.query.expressions import Keys, Sql, Test
from handsel.query.paths import Frame, Reach, lookup_named, unknown
from handsel.query.picking import Found, Picked, pick, value_of
from handsel.query.request import Expand, Output
from handsel.query.statement import Statement
from handsel.query.tree import ColumnPath
from handsel.tables.info import TableInfo
from handsel.tables.relations import collections_of

Ids = dict[str, Sequence[UUID | None]]
"""For each single-valued expand: the id it leads to, row by row."""


def lookups_for(frame: Frame, picked: Picked, expands: Iterable[Expand]) -> Callable[[list[Sequence[Any]]], Ids]:
    """Have the lookups of single-valued expands read too; they are taken out of the columns that come back."""
    places = {}
    for each in expands:
        if not is_collection(frame.root.info, each.navigation):
            reach = _lookup(frame, each.navigation)
            places[each.navigation] = (picked.place(reach), reach.column)

    def taken(columns: list[Sequence[Any]]) -> Ids:
        if not columns:
            return {}
        return {name: value_of(column, columns[place]) for name, (place, column) in places.items()}

    return taken


def expand(asker: Asker, info: TableInfo, rows: Sequence[Found], expands: Iterable[Expand], ids: Ids) -> None:
    """Fill `expanded` of the rows. Raises BadRequest (0x80060888) for unknown names, also when there are no rows."""
    for each in expands:
        if is_collection(info, each.navigation):
            _many(asker, info, rows, each)
        else:
            _one(asker, info, rows, each, ids.get(each.navigation, ()))


def is_collection(info: TableInfo, navigation: str) -> bool:
    """Whether a navigation property leads to several rows. Raises BadRequest (0x80060888) for an unknown one."""
    ways = collections_of(info.logical_name)
    if navigation in ways:
        return True
    single = {way for column in info.columns.values() for way in (*column.navigation.values(), *column.split.values())}
    if navigation in single or any(
        column.targets and column.logical_name == navigation for column in info.columns.values()
    ):
        return False
    raise unknown(info, "navigation property", navigation, (*single, *ways))


def _lookup(frame: Frame, navigation: str) -> Reach:
    """The column that holds the id a single-valued navigation property leads to."""
    column, target = lookup_named(frame.root.info, navigation)
    return frame.column(frame.root, column.split.get(target, column.logical_name))


def _one(asker: Asker, info: TableInfo, rows: Sequence[Found], asked: Expand, ids: Sequence[UUID | None]) -> None:
    _column, target = lookup_named(info, asked.navigation)
    frame = _frame(asker, target)
    wanted = sorted({id for id in ids if id is not None})
    found = {
        row.id: row
        for row, _parent in _read(
            frame, asked, frame.root.reach(frame.root.info.columns[frame.root.info.primary_key]), wanted
        )
    }
    for row, id in zip(rows, ids, strict=True):
        row.expanded[asked.navigation] = None if id is None else found.get(id)


def _many(asker: Asker, info: TableInfo, rows: Sequence[Found], asked: Expand) -> None:
    child, lookup = collection_of(Frame(asker, info).root, asked.navigation)
    frame = _frame(asker, child)
    lists: dict[UUID, list[Found]] = {row.id: [] for row in rows}
    for row, parent in _read(frame, asked, frame.column(frame.root, lookup), list(lists)):
        lists[parent].append(row)
    for row in rows:
        row.expanded[asked.navigation] = lists[row.id]


def _frame(asker: Asker, table: str) -> Frame:
    access.require(asker.context.actor, Privilege.READ, table)
    return Frame(asker, asker.table(table))


def _read(frame: Frame, asked: Expand, tie: Reach, ids: Sequence[UUID]) -> list[tuple[Found, UUID]]:
    """The rows whose `tie` is one of the ids, each with that id; the level below is read as well."""
    asker, root = frame.asker, frame.root
    picked = Picked(asker.context.vendor)
    key = picked.place(root.key_column)
    tied = picked.place(tie)
    pick(frame, picked, outputs_of(asked.select))
    hidden = lookups_for(frame, picked, asked.expands)
    with entered(asker.context):
        among = Keys(tie.stored, key_list(ids))
    where: list[Expression] = [among]
    if asked.filter is not None:
        where.append(condition(frame, asked.filter))
    order = [each.expression for each in sort_keys(frame, asked.order)]
    if asked.top is not None:
        where = [_First(Statement(frame, [root.key, _Place(tie.stored, order)], where), root.key, asked.top)]
    tuples = asker.send(asker.compiled(Statement(frame, picked.expressions, where, order=order))) if ids else []
    columns = picked.columns(tuples)
    rows = picked.rows(root.info.logical_name, key, columns)
    expand(asker, root.info, rows, asked.expands, hidden(columns))
    return list(zip(rows, columns[tied], strict=True)) if rows else []


def outputs_of(select: tuple[str, ...] | None) -> tuple[Output, ...] | None:
    """Selected columns under their own names."""
    return None if select is None else tuple(Output(ColumnPath(name), name) for name in select)


class _Place(Test):
    """The place of a row among those with the same parent."""

    def __init__(self, parent: Expression, order: Sequence[Expression]) -> None:
        keys = ", ".join(f"{{{number}}}" for number in range(1, len(order) + 1))
        super().__init__(f"row_number() OVER (PARTITION BY {{0}} ORDER BY {keys}) AS place", parent, *order)


class _First(Expression):
    """`the row is one of the first so many of its parent`."""

    def __init__(self, ranked: Statement, key: Expression, top: int) -> None:
        super().__init__()
        self.ranked, self.key, self.top = ranked, key, top

    def as_sql(self, compiler: Any, connection: Any, *_extra: Any, **_named: Any) -> Sql:
        sql, params = compiler.compile(self.ranked)
        key, _none = compiler.compile(self.key)
        # The tables inside carry the aliases of those outside, which they hide.
        name = key.rpartition(".")[2]
        return f"{key} IN (SELECT {name} FROM ({sql}) AS ranked WHERE place <= {int(self.top)})", params

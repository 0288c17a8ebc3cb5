"""Related rows, read set-based: one statement for each level of an expand, whatever the number of rows above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.database.dialect import Rows
from handsel.errors import BadRequest, Code
from handsel.query.compile.conditions import collection_of, condition, joined_between, sort_keys
from handsel.query.compile.expressions import Keys, Sql, Test
from handsel.query.compile.paths import OWNER, Frame, ResolvedColumn, Source, lookup_named, shared_lookup, unknown
from handsel.query.compile.projection import Columns, Projection, ResultRow, project, value_of
from handsel.query.compile.query_context import QueryContext
from handsel.query.compile.statement import Statement
from handsel.query.run.cookies import cookie_after
from handsel.query.run.keyset import edges
from handsel.query.tree.request import Expand, outputs_of
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.intersects import intersect_named
from handsel.tables.relations import all_collections_of

Ids = dict[str, Sequence[UUID | None]]
"""For each single-valued expand: the ids of its related rows, one for each row."""

_NO_REFERENCES = "Expand with $ref is only supported on lookup type navigation property."


def lookups_for(frame: Frame, projection: Projection, expands: Iterable[Expand]) -> Callable[[Columns], Ids]:
    """Add the lookups of single-valued expands to the projection. Returns how to take them out of its columns again."""
    positions = {}
    for each in expands:
        if not is_collection(frame.root.info, each.navigation):
            resolved = _lookup(frame, each.navigation)
            positions[each.navigation] = (projection.index(resolved), resolved.column)

    def taken(columns: Columns) -> Ids:
        if not columns:
            return {}
        return {name: value_of(column, columns[index]) for name, (index, column) in positions.items()}

    return taken


def expand(
    query_context: QueryContext,
    info: TableInfo,
    rows: Sequence[ResultRow],
    expands: Iterable[Expand],
    ids: Ids,
    limit: int,
) -> None:
    """Fill `expanded` of the rows; at most `limit` rows of a collection each, and a token where there are more.

    Raises BadRequest (0x80060888) for unknown names, also when there are no rows.
    """
    for each in expands:
        if not is_collection(info, each.navigation):
            _one(query_context, info, rows, each, ids.get(each.navigation, ()), limit)
        elif each.reference:
            raise BadRequest(_NO_REFERENCES, Code.QUERY_SYNTAX)
        else:
            _many(query_context, info, rows, each, limit)


def is_collection(info: TableInfo, navigation: str) -> bool:
    """Whether a navigation property is a collection. Raises BadRequest (0x80060888) for an unknown one."""
    collections = all_collections_of(info)
    if navigation in collections or intersect_named(info.logical_name, navigation) is not None:
        return True
    single = {
        each for column in info.columns.values() for each in (*column.navigation.values(), *column.split.values())
    }
    if navigation in single or any(
        column.targets and column.logical_name == navigation for column in info.columns.values()
    ):
        return False
    raise unknown(info, "navigation property", navigation, (*single, *collections))


def target_table(info: TableInfo, navigation: str) -> str | None:
    """The table that a known navigation property points to; None if it points to users and teams alike."""
    between = intersect_named(info.logical_name, navigation)
    if between is not None:
        return between.other
    if is_collection(info, navigation):
        return all_collections_of(info)[navigation][0]
    return None if shared_lookup(info, navigation) is not None else lookup_named(info, navigation)[1]


def expanded_tables(query_context: QueryContext, table: str, expands: Iterable[Expand]) -> Iterator[str]:
    """The tables that expands lead to, at all levels; owners are asked for as they come. Unknown names come later."""
    info = query_context.table(table)
    for each in expands:
        try:
            found = target_table(info, each.navigation)
        except BadRequest:
            continue
        if found is not None:
            yield found
            yield from expanded_tables(query_context, found, each.expands)


def _lookup(frame: Frame, navigation: str) -> ResolvedColumn:
    """The column that holds the id for a single-valued navigation property."""
    owner = shared_lookup(frame.root.info, navigation)
    if owner is not None:
        return frame.column(frame.root, owner.logical_name)
    column, target = lookup_named(frame.root.info, navigation)
    return frame.column(frame.root, column.split.get(target, column.logical_name))


def _one(
    query_context: QueryContext,
    info: TableInfo,
    rows: Sequence[ResultRow],
    asked: Expand,
    ids: Sequence[UUID | None],
    limit: int,
) -> None:
    wanted = {id for id in ids if id is not None}
    owner = shared_lookup(info, asked.navigation)
    if owner is None:
        _column, target = lookup_named(info, asked.navigation)
        found = _by_id(query_context, target, asked, wanted, limit)
    else:
        found = _owners(query_context, owner, asked, wanted, limit)
    for row, id in zip(rows, ids, strict=True):
        row.expanded[asked.navigation] = None if id is None else found.get(id)


def _by_id(
    query_context: QueryContext, table: str, asked: Expand, ids: Iterable[UUID], limit: int
) -> dict[UUID, ResultRow]:
    frame = _frame(query_context, table)
    level = _Level(frame, asked, frame.root.key_column, frame.root)
    return {row.id: row for row in level.read(sorted(ids), None, limit)}


def _owners(
    query_context: QueryContext, owner: ColumnInfo, asked: Expand, ids: set[UUID], limit: int
) -> dict[UUID, ResultRow]:
    """Users and, for the remaining ids, teams. The two tables share only the id, so no other column can be selected."""
    if asked.filter is not None or asked.order or asked.top is not None or asked.expands:
        raise BadRequest(
            f"{asked.navigation} leads to users and teams: inside its $expand stands $select={OWNER} or nothing.",
            Code.QUERY_SYNTAX,
        )
    for name in asked.select or ():
        if name != OWNER:
            raise BadRequest(
                f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.principal'. Users and teams "
                f"share {OWNER} alone; for more expand owninguser or owningteam.",
                Code.QUERY_SYNTAX,
                column=name,
            )
    found: dict[UUID, ResultRow] = {}
    for table in owner.targets:
        left = ids - found.keys()
        if left:
            found.update(_by_id(query_context, table, Expand(asked.navigation, ()), left, limit))
    return found


def _many(query_context: QueryContext, info: TableInfo, rows: Sequence[ResultRow], asked: Expand, limit: int) -> None:
    level = _linked(query_context, info, asked) if asked.navigation not in all_collections_of(info) else None
    if level is None:
        child, lookup = collection_of(Frame(query_context, info).root, asked.navigation)
        frame = _frame(query_context, child)
        level = _Level(frame, asked, frame.column(frame.root, lookup), frame.root)
        whole = all_collections_of(info)[asked.navigation][1]
        if whole != lookup:
            level.indexed = frame.column(frame.root, whole)
    positions: dict[UUID, list[int]] = {row.id: [] for row in rows}
    found = level.read(list(positions), limit, limit)
    for index, parent in enumerate(level.parents):
        positions[parent].append(index)
    for row in rows:
        listed = positions[row.id]
        row.expanded[asked.navigation] = [found[index] for index in listed[: asked.top or limit]]
        if asked.top is None and len(listed) > limit:
            row.tokens[asked.navigation] = level.token(listed[0], listed[limit - 1])


def _linked(query_context: QueryContext, info: TableInfo, asked: Expand) -> _Level:
    """The rows of a many-to-many relation: each appears once for every intersect row that points to it."""
    between = intersect_named(info.logical_name, asked.navigation)
    assert between is not None
    frame = _frame(query_context, between.other)
    middle = joined_between(frame, between.through, between.other_column)
    return _Level(frame, asked, frame.column(middle, between.near_column), middle)


def _frame(query_context: QueryContext, table: str) -> Frame:
    return Frame(query_context, query_context.table(table))


class _Level:
    """Rows whose column `tie` holds one of some ids. Each row of `counted` is one row of the result."""

    def __init__(self, frame: Frame, asked: Expand, tie: ResolvedColumn, counted: Source) -> None:
        self.frame, self.asked, self.tie, self.counted = frame, asked, tie, counted
        self.indexed: ResolvedColumn | None = None
        """A column with the same id that has an index: neither of a customer's two foreign keys has one."""
        self.projection = Projection(frame.query_context.context.dialect)
        self.key = self.projection.index(frame.root.key_column)
        self.tied = self.projection.index(tie)
        project(frame, self.projection, outputs_of(asked.select))
        self.keys = sort_keys(frame, asked.order)
        self.positions = [self.projection.index(key.resolved) for key in self.keys]
        self.columns: Columns = []

    @property
    def parents(self) -> Sequence[UUID]:
        """The id in the column `tie`, for each row."""
        return value_of(self.tie.column, self.columns[self.tied]) if self.columns else ()

    def read(self, ids: Sequence[UUID], most: int | None, limit: int) -> list[ResultRow]:
        """The rows in order, at most `most` + 1 for each id; on the level below, at most `limit` + 1 for each."""
        query_context, asked, root = self.frame.query_context, self.asked, self.frame.root
        hidden = lookups_for(self.frame, self.projection, asked.expands)
        ties = [self.tie] if self.indexed is None else [self.indexed, self.tie]
        where: list[Expression] = [Keys(tie.stored, query_context.context.dialect.keys(ids)) for tie in ties]
        if asked.filter is not None:
            where.append(condition(self.frame, asked.filter))
        self.columns = self.projection.columns(self._tuples(where, most) if ids else [])
        rows = self.projection.rows(root.info.logical_name, self.key, self.columns)
        expand(query_context, root.info, rows, asked.expands, hidden(self.columns), limit)
        return rows

    def _tuples(self, where: list[Expression], most: int | None) -> Rows:
        if self.asked.top is not None:
            return self._send([self._first(where, self.asked.top)])
        if most is None:
            return self._send(where)
        # It is rare that a row has too many. If all rows together have no more than one may have, none has.
        tuples = self._send(where, limit=most + 1)
        return tuples if len(tuples) <= most else self._send([self._first(where, most + 1)])

    def _send(self, where: list[Expression], limit: int | None = None) -> Rows:
        order = [each.expression for each in self.keys]
        statement = Statement(self.frame, self.projection.expressions, where, order=order, limit=limit)
        return self.frame.query_context.send(self.frame.query_context.compiled(statement))

    def _first(self, where: list[Expression], most: int) -> Expression:
        index = _RowNumber(self.tie.stored, [each.expression for each in self.keys])
        return _First(Statement(self.frame, [self.counted.key, index], where), self.counted.key, most)

    def token(self, first: int, last: int) -> str:
        """The paging cookie for the rows after `last`; `first` and `last` are indexes of rows."""
        firsts, lasts = (
            [
                value_of(key.resolved.column, [self.columns[index][end]])[0]
                for key, index in zip(self.keys, self.positions, strict=True)
            ]
            for end in (first, last)
        )
        return cookie_after(1, edges(self.keys, firsts, lasts))


class _RowNumber(Test):
    """The position of a row among those with the same parent."""

    def __init__(self, parent: Expression, order: Sequence[Expression]) -> None:
        keys = ", ".join(f"{{{number}}}" for number in range(1, len(order) + 1))
        super().__init__(f"row_number() OVER (PARTITION BY {{0}} ORDER BY {keys}) AS row_index", parent, *order)


class _First(Expression):
    """True for the first `top` rows of each parent."""

    def __init__(self, ranked: Statement, key: Expression, top: int) -> None:
        super().__init__()
        self.ranked, self.key, self.top = ranked, key, top

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object) -> Sql:
        sql, params = compiler.compile(self.ranked)
        key, _none = compiler.compile(self.key)
        # The inner tables have the same aliases as the outer ones and hide them.
        name = key.rpartition(".")[2]
        return f"{key} IN (SELECT {name} FROM ({sql}) AS ranked WHERE row_index <= {int(self.top)})", params

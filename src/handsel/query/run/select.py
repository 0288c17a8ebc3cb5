"""Reading rows by a query, from Python. Everything goes through the access door of the current user.

A query is compiled once and sent for page after page, each starting after the last key of the one before. So any
number of rows takes the memory of one page, and rows that others write meanwhile shift nothing.

This interface is ours, so it says when a filter or an order names a column that the user may not read (403); the
documented query languages find such a column empty (security 7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models.expressions import Expression

from handsel.database.context import entered
from handsel.database.dialect import Rows
from handsel.database.row import Row
from handsel.engine.access import ReadAs
from handsel.engine.customization.columns import revived
from handsel.engine.outlet import blank
from handsel.engine.reading import fetch
from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.query.compile.by_ways import first_rows, number_of_rows
from handsel.query.compile.conditions import condition, sort_keys
from handsel.query.compile.expressions import AFTER, After, Parameters, Ref, Sql, column_ref
from handsel.query.compile.paths import Frame
from handsel.query.compile.query_context import QueryContext
from handsel.query.compile.statement import Statement
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.orderby import parse_order
from handsel.query.tree.nodes import Node, Order

DEFAULT_CHUNK = 500


def rows(
    table: str,
    *,
    filter: str | Node | None = None,
    order_by: str | None = None,
    top: int | None = None,
    after: UUID | None = None,
    chunk: int = DEFAULT_CHUNK,
) -> Iterator[Row]:
    """The rows of `table` that match, read `chunk` at a time while they are iterated.

    `filter` is `$filter` text or a query tree, `order_by` is `$orderby` text (default: the key, which is the order of
    creation), `top` limits the number of rows, `after` starts after a key and needs the default order. With `order_by`
    the keys are read at once and the rows in chunks. A wrong filter raises BadRequest (0x80060888) at once, not when
    iterated.
    """
    if chunk < 1 or (top is not None and top < 0):
        raise InvalidArgument("chunk must be at least 1 and top at least 0.")
    if order_by is not None and after is not None:
        raise InvalidArgument("after continues the order of the keys, so it cannot be combined with order_by.")
    query = _Query(table, filter)
    if order_by is None:
        return query.in_key_order(top, after, chunk)
    return query.in_order(order_by, top, chunk)


def keys(table: str, *, filter: str | Node | None = None, after: UUID | None = None, limit: int = 1_000) -> list[UUID]:
    """At most `limit` ids of rows that match, in key order, after `after`: a page of bulk work."""
    if limit < 1:
        raise InvalidArgument("limit must be at least 1.")
    query = _Query(table, filter)
    return query.ids(query.page(limit, after))


def refuse_hidden(table: str, filter: Node | None, order: Sequence[Order]) -> None:
    """Refuse (403) a filter and an order that name columns which the user may not read."""
    query = _Query(table, filter)
    sort_keys(query.frame, order)
    query.query_context.refuse_hidden()


def count(table: str, filter: str | Node | None = None) -> int:
    """The number of rows that match."""
    query = _Query(table, filter)
    counted = number_of_rows(query.frame, query.where, filter=query.filter)
    [[found]] = query.query_context.send(query.query_context.compiled(counted))
    return int(found)


class _Query:
    """One query on one table, in the context of the current user."""

    def __init__(self, table: str, filter: str | Node | None) -> None:
        name = table_named(table).logical_name
        self.query_context = query_context = QueryContext.here()
        query_context.asks(name)
        query_context.require_privileges()
        self.info = query_context.table(name)
        self.stored = query_context.context.dialect.storage(name)
        self.custom = [column for column in self.info.columns.values() if column.is_custom]
        self.hidden = query_context.hidden(self.info)
        self.frame = Frame(query_context, self.info)
        self.key = self.frame.root.key
        self.where: list[Expression] = []
        self.filter = parse_filter(filter) if isinstance(filter, str) else filter
        if self.filter is not None:
            self.where.append(condition(self.frame, self.filter))
        query_context.refuse_hidden()

    @property
    def whole_row(self) -> list[Ref]:
        """Every column, in the order in which the storage reads them; `whole` takes out what is hidden."""
        alias, columns = self.frame.root.alias, self.info.columns
        return [column_ref(alias, columns[name]) if name in columns else Ref(alias, name) for name in self.stored.names]

    def page(self, limit: int, after: UUID | None) -> Rows:
        """The ids of one page after a key."""
        where = self.where if after is None else [*self.where, After(self.key)]
        sql, params = self.query_context.compiled(
            Statement(self.frame, [self.key], where, order=[self.key], limit=limit)
        )
        return self.query_context.send((sql, self.behind(params, after)))

    def behind(self, params: Sequence[object], key: UUID | None) -> Parameters:
        """Parameters with the key after which a page starts, in the driver's form."""
        value = None if key is None else self.query_context.context.dialect.key(key)
        return tuple([value if param is AFTER else param for param in params])

    def ids(self, found: Rows) -> list[UUID]:
        """Keys as the database gives them."""
        return [key if isinstance(key, UUID) else UUID(key) for (key, *_rest) in found]

    def in_key_order(self, top: int | None, after: UUID | None, chunk: int) -> Iterator[Row]:
        """Pages in the order of the keys; the statement for all pages but the first is compiled once."""
        limit = chunk if top is None else max(1, min(chunk, top))
        first, further = (
            self.query_context.compiled(Statement(self.frame, self.whole_row, where, order=[self.key], limit=limit))
            for where in (self.where, [*self.where, After(self.key)])
        )
        return self._pages(first, further, top, after, limit)

    def _pages(self, first: Sql, further: Sql, top: int | None, after: UUID | None, limit: int) -> Iterator[Row]:
        left = top
        while left is None or left > 0:
            sql, params = first if after is None else further
            page = self.decoded(self.query_context.send((sql, self.behind(params, after))))
            if left is not None:
                del page[left:]
                left -= len(page)
            yield from page
            if len(page) < limit:
                return
            after = page[-1].id

    def in_order(self, order_by: str, top: int | None, chunk: int) -> Iterator[Row]:
        """Rows in the order asked for."""
        order = sort_keys(self.frame, parse_order(order_by))
        self.query_context.refuse_hidden()
        if top is not None and top <= chunk:
            whole = first_rows(self.frame, self.whole_row, self.where, order, filter=self.filter, limit=top)
            return iter(self.decoded(self.query_context.send(self.query_context.compiled(whole))))
        keys = first_rows(self.frame, [self.key], self.where, order, filter=self.filter, limit=top)
        return self._by_keys(self.query_context.compiled(keys), chunk)

    def _by_keys(self, compiled: Sql, chunk: int) -> Iterator[Row]:
        ids = self.ids(self.query_context.send(compiled))
        for start in range(0, len(ids), chunk):
            page = ids[start : start + chunk]
            with entered(self.query_context.context):
                found = {
                    row.id: row
                    for row in fetch(self.info.logical_name, self.info.primary_key, page, read_as=ReadAs.USER)
                }
            yield from (self.whole(found[id]) for id in page if id in found)

    def decoded(self, tuples: Rows) -> list[Row]:
        """Rows from the driver's tuples."""
        return [self.whole(row) for row in self.stored.rows(tuples)]

    def whole(self, row: Row) -> Row:
        """A row with its custom columns in Python's types, also those without a value; null where hidden."""
        for column in self.custom:
            row.setdefault(column.logical_name, None)
        blank(row, self.hidden)
        return revived(self.custom, row)

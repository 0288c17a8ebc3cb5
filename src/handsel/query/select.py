"""Reading rows by question: what callers use. Everything goes through the access door of the current user.

A question is compiled once and sent for page after page, each starting behind the last key of the one before, so any
number of rows takes the memory of one page and rows that others write meanwhile shift nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.expressions import F

from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.context import Context, current, entered
from handsel.engine.errors import InvalidArgument
from handsel.engine.organization import look
from handsel.engine.own_columns import revived
from handsel.engine.reading import fetch
from handsel.engine.row import Row
from handsel.engine.statements import connection, driver_sql, run
from handsel.engine.storage import storage
from handsel.engine.values import table_named
from handsel.query.compile import condition, sort_keys
from handsel.query.expressions import AFTER, After
from handsel.query.filter_text import parse_filter
from handsel.query.functions import ensure_functions
from handsel.query.order_text import parse_order
from handsel.query.paths import Paths
from handsel.query.tree import Node

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
    creation), `top` limits how many, `after` starts behind a key and goes with the default order only. With `order_by`
    the keys are read at once and the rows in chunks. Refuses a bad question (0x80060888) at once, not when iterated.
    """
    if chunk < 1 or (top is not None and top < 0):
        raise InvalidArgument("chunk must be at least 1 and top at least 0.")
    if order_by is not None and after is not None:
        raise InvalidArgument("after continues the order of the keys, so it cannot be combined with order_by.")
    question = _Question(table, filter)
    if order_by is None:
        return question.in_key_order(top, after, chunk)
    return question.in_order(order_by, top, chunk)


def keys(table: str, *, filter: str | Node | None = None, after: UUID | None = None, limit: int = 1_000) -> list[UUID]:
    """At most `limit` ids of rows that match, in key order behind `after`: a page of bulk work."""
    if limit < 1:
        raise InvalidArgument("limit must be at least 1.")
    question = _Question(table, filter)
    return question.ids(question.page(question.keyed, limit, [question.key], after))


def count(table: str, filter: str | Node | None = None) -> int:
    """How many rows match."""
    question = _Question(table, filter)
    sql, params = question.compiled(question.matching.order_by().values_list(question.key))
    found: int = question.send(f"SELECT count(*) FROM ({sql}) AS matching", params)[0][0]
    return found


class _Question:
    """One question to one table, as the context of its asker sees it."""

    def __init__(self, table: str, filter: str | Node | None) -> None:
        context: Context = current()
        organization = look(context)
        self.context = context
        self.info = organization.table(table_named(table).logical_name)
        access.require(context.actor, Privilege.READ, self.info.logical_name)
        self.stored = storage(self.info.logical_name, context.vendor)
        self.key = self.stored.attributes[self.stored.key_index]
        self.paths = Paths(context.actor, organization.table)
        self.own = [column for column in self.info.columns.values() if column.is_own]
        self.matching: models.QuerySet[Any] = access.rows(context.actor, self.info.logical_name)
        if filter is not None:
            node = parse_filter(filter) if isinstance(filter, str) else filter
            self.matching = self.matching.filter(condition(self.paths, self.info, node))

    @property
    def keyed(self) -> models.QuerySet[Any]:
        """What matches, in the order of the keys."""
        return self.matching.order_by(self.key)

    def compiled(self, queryset: models.QuerySet[Any]) -> tuple[str, list[Any]]:
        """A queryset as SQL of Django's kind, and its parameters."""
        try:
            sql, params = queryset.query.get_compiler(connection=connection()).as_sql()
        except EmptyResultSet:  # Django sees that nothing can match: the user may read no row at all
            return "SELECT NULL WHERE 1 = 0", []
        return sql, list(params)

    def send(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run compiled SQL as the asker."""
        with entered(self.context):
            ensure_functions(connection())
            return run(driver_sql(sql), params)

    def page(
        self, ordered: models.QuerySet[Any], limit: int, attributes: Sequence[str], after: UUID | None
    ) -> list[tuple[Any, ...]]:
        """One page behind a key."""
        if after is not None:
            ordered = ordered.filter(After(F(self.key)))
        sql, params = self.compiled(ordered.values_list(*attributes)[:limit])
        return self.send(sql, self.behind(params, after))

    def behind(self, params: Sequence[Any], key: UUID | None) -> list[Any]:
        """Parameters with the key that a page starts behind, in the driver's form."""
        value = key.hex if key is not None and self.context.vendor == "sqlite" else key
        return [value if param is AFTER else param for param in params]

    def ids(self, found: Sequence[tuple[Any, ...]]) -> list[UUID]:
        """Keys as the database gives them."""
        return [key if isinstance(key, UUID) else UUID(key) for (key, *_rest) in found]

    def in_key_order(self, top: int | None, after: UUID | None, chunk: int) -> Iterator[Row]:
        """Pages in the order of the keys; the statement for all pages but the first is compiled once."""
        limit = chunk if top is None else max(1, min(chunk, top))
        first = self.compiled(self.keyed.values_list(*self.stored.attributes)[:limit])
        further = self.compiled(self.keyed.filter(After(F(self.key))).values_list(*self.stored.attributes)[:limit])
        return self._pages(first, further, top, after, limit)

    def _pages(
        self,
        first: tuple[str, list[Any]],
        further: tuple[str, list[Any]],
        top: int | None,
        after: UUID | None,
        limit: int,
    ) -> Iterator[Row]:
        left = top
        while left is None or left > 0:
            sql, params = first if after is None else further
            page = self.decoded(self.send(sql, self.behind(params, after)))
            if left is not None:
                del page[left:]
                left -= len(page)
            yield from page
            if len(page) < limit:
                return
            after = page[-1].id

    def in_order(self, order_by: str, top: int | None, chunk: int) -> Iterator[Row]:
        """Rows in the order asked for."""
        queryset = self.matching.order_by(*sort_keys(self.paths, self.info, parse_order(order_by)))
        if top is not None:
            queryset = queryset[:top]
        if top is not None and top <= chunk:
            return iter(self.decoded(self.send(*self.compiled(queryset.values_list(*self.stored.attributes)))))
        return self._by_keys(self.compiled(queryset.values_list(self.key)), chunk)

    def _by_keys(self, compiled: tuple[str, list[Any]], chunk: int) -> Iterator[Row]:
        ids = self.ids(self.send(*compiled))
        for start in range(0, len(ids), chunk):
            page = ids[start : start + chunk]
            with entered(self.context):
                found = {row.id: row for row in fetch(self.info.logical_name, self.info.primary_key, page)}
            yield from (self.whole(found[id]) for id in page if id in found)

    def decoded(self, tuples: Sequence[tuple[Any, ...]]) -> list[Row]:
        """Rows from what the driver gave."""
        return [self.whole(row) for row in self.stored.rows(tuples)]

    def whole(self, row: Row) -> Row:
        """A row with its own columns in Python's types, also those without a value."""
        for column in self.own:
            row.setdefault(column.logical_name, None)
        return revived(self.own, row)

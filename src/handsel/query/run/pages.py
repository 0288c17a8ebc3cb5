"""A request to a page of rows. Everything goes through the access door of the current user.

One statement reads a page, one its count, one each level of an expand, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models.expressions import Expression

from handsel.database.dialect import Rows
from handsel.engine.organization import Organization
from handsel.engine.values import table_named
from handsel.errors import BadRequest, Code
from handsel.json_value import JsonObject
from handsel.query.compile.by_ways import first_rows, number_of_rows
from handsel.query.compile.conditions import SortKey, condition, sort_keys
from handsel.query.compile.grouping import Grouping
from handsel.query.compile.linking import add_links, multiplies, with_ties
from handsel.query.compile.paths import Frame
from handsel.query.compile.projection import Columns, Projection, ResultRow, project, value_of
from handsel.query.compile.query_context import QueryContext
from handsel.query.compile.statement import Counted, Statement
from handsel.query.run.cookies import Cookie, cookie_after, read_cookie
from handsel.query.run.expanding import expand, expanded_tables, lookups_for
from handsel.query.run.keyset import behind, edges
from handsel.query.tree.nodes import ColumnPath
from handsel.query.tree.request import MAX_PAGE, Request
from handsel.tables.info import ColumnInfo

COUNT_LIMIT = 5_000
"""Counting stops here (Web API 5), so that it takes no longer for a million rows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, or `groups` by name. `token` is the paging cookie for the next page, None on the last one.

    `count` is that of all pages, at most COUNT_LIMIT; `beyond` says that there are more. `columns` has by name what
    was selected: the column of a value, None for a value of no column (a count, a part of a date). Rows hold
    a little more: the key, the row version, and the columns that give a lookup's table and an amount's currency.
    `paths` has the columns that groups were made by or computed from, by name.
    """

    rows: Sequence[ResultRow] = ()
    more: bool = False
    token: str | None = None
    count: int | None = None
    beyond: bool = False
    columns: Mapping[str, ColumnInfo | None] = field(default_factory=dict)
    groups: Sequence[JsonObject] = ()
    paths: Mapping[str, ColumnPath | None] = field(default_factory=dict)


def run(request: Request, now: datetime | None = None, organization: Organization | None = None) -> Page:
    """One page of the requested rows. Dates are relative to `now`; the default is the current moment.
    Pass `organization` if it has been read already.

    Raises BadRequest (0x80060888) for unknown names and unfitting values, PrivilegeDenied for tables out of reach.
    """
    query_context = QueryContext.here(now, organization)
    table = table_named(request.table)
    query_context.asks(
        table.logical_name,
        *(table_named(link.table).logical_name for link in request.links),
        *expanded_tables(query_context, table.logical_name, request.expands),
    )
    query_context.require_privileges()
    request, cookie = _continued(request)
    return _reader(query_context, request).page(cookie)


def check(request: Request, organization: Organization | None = None) -> None:
    """Refuse a request that could not be run: all that `run` does, except that the database is not asked.

    Raises BadRequest (0x80060888) for unknown names and unfitting values.
    """
    query_context = QueryContext.here(organization=organization)
    request, cookie = _continued(request)
    query_context.compiled(_reader(query_context, request).statement(cookie))


def _continued(request: Request) -> tuple[Request, Cookie | None]:
    """The request for the page that its cookie says."""
    if request.token is None:
        return request, None
    cookie = read_cookie(request.token)
    return replace(request, page=cookie.page), cookie


def _reader(query_context: QueryContext, request: Request) -> _Rows | _Groups:
    if request.top is not None and request.page > 1:
        raise BadRequest("A query for the first rows (top) has no further pages.", Code.QUERY_SYNTAX)
    table = query_context.table(table_named(request.table).logical_name)
    request = replace(request, links=with_ties(query_context, table, request.links))
    frame = Frame(query_context, table, implied=request.implied)
    where = add_links(frame, request.links)
    if request.filter is not None:
        where.append(condition(frame, request.filter))
    return _Groups(frame, where, request) if request.is_grouped else _Rows(frame, where, request)


class _Reader:
    """What rows and groups share: the size of a page, where it starts, the count."""

    def __init__(self, frame: Frame, where: list[Expression], request: Request) -> None:
        self.query_context, self.frame, self.where, self.request = frame.query_context, frame, where, request
        self.size = min(request.page_size or MAX_PAGE, MAX_PAGE)
        self.limit = self.size + 1 if request.top is None else request.top

    def skipped(self) -> int:
        """The number of rows before the page."""
        return self.request.offset + (max(self.request.page, 1) - 1) * self.size

    def cut(self, found: Rows) -> tuple[Rows, bool]:
        """The rows of the page, and whether more follow: one row more than the page holds was read to know that."""
        if self.request.top is not None:
            return found, False
        return found[: self.size], len(found) > self.size

    def counted(self, counting: Expression) -> tuple[int | None, bool]:
        """The number of rows, at most COUNT_LIMIT, and whether there are more."""
        if not self.request.count:
            return None, False
        [[found]] = self.query_context.send(self.query_context.compiled(counting))
        return min(found, COUNT_LIMIT), found > COUNT_LIMIT


class _Rows(_Reader):
    def __init__(self, frame: Frame, where: list[Expression], request: Request) -> None:
        super().__init__(frame, where, request)
        self.projection = projection = Projection(self.query_context.context.dialect)
        self.key = projection.index(frame.root.key_column)
        project(frame, projection, request.outputs)
        self.hidden = lookups_for(frame, projection, request.expands)
        self.keys = self._keys()
        self.positions = [(key, projection.index(key.resolved)) for key in self.keys]

    def statement(self, cookie: Cookie | None) -> Statement:
        """The SELECT of one page of rows."""
        where, offset = list(self.where), self.skipped()
        if cookie is not None and cookie.last and not self.request.offset:
            where.append(behind(self.keys, cookie.last))
            offset = 0
        columns, request = self.projection.expressions, self.request
        if request.links:
            order = [each.expression for each in self.keys]
            return Statement(self.frame, columns, where, order=order, limit=self.limit, offset=offset)
        return first_rows(self.frame, columns, where, self.keys, filter=request.filter, limit=self.limit, offset=offset)

    def _counting(self) -> Expression:
        limit = COUNT_LIMIT + 1
        if self.request.links:
            return Counted(Statement(self.frame, where=self.where, limit=limit))
        return number_of_rows(self.frame, self.where, filter=self.request.filter, limit=limit)

    def page(self, cookie: Cookie | None) -> Page:
        """Read one page of rows."""
        info, asked = self.frame.root.info, self.projection.asked
        tuples, more = self.cut(self.query_context.send(self.query_context.compiled(self.statement(cookie))))
        columns = self.projection.columns(tuples)
        rows = self.projection.rows(info.logical_name, self.key, columns)
        expand(self.query_context, info, rows, self.request.expands, self.hidden(columns), self._related())
        count, beyond = self.counted(self._counting())
        return Page(rows, more, self._token(self.positions, columns) if more else None, count, beyond, asked)

    def _related(self) -> int:
        """The limit for rows of an expanded collection: the size of a page if an expand contains an expand."""
        return self.size if any(each.expands for each in self.request.expands) else MAX_PAGE

    def _keys(self) -> list[SortKey]:
        keys = sort_keys(self.frame, self.request.order)
        if multiplies(self.frame, self.request.links):
            joined = [self.frame.names[link.alias] for link in self.request.links]
            keys += [SortKey(source.key_column) for source in joined]
        return keys

    def _token(self, positions: Sequence[tuple[SortKey, int]], columns: Columns) -> str:
        keys = [key for key, _index in positions]
        firsts, lasts = (
            [value_of(key.resolved.column, [columns[index][end]])[0] for key, index in positions] for end in (0, -1)
        )
        return cookie_after(max(self.request.page, 1), edges(keys, firsts, lasts))


class _Groups(_Reader):
    def __init__(self, frame: Frame, where: list[Expression], request: Request) -> None:
        super().__init__(frame, where, request)
        self.grouping = Grouping(frame, request)

    def statement(self, _cookie: Cookie | None) -> Statement:
        """The SELECT of one page of groups."""
        return self.grouping.statement(self.where, limit=self.limit, offset=self.skipped())

    def page(self, cookie: Cookie | None) -> Page:
        """Read one page of groups."""
        grouping = self.grouping
        tuples, more = self.cut(self.query_context.send(self.query_context.compiled(self.statement(cookie))))
        token = cookie_after(max(self.request.page, 1), ()) if more else None
        count, beyond = self.counted(Counted(grouping.statement(self.where, limit=COUNT_LIMIT + 1)))
        groups = grouping.dicts(tuples)
        return Page((), more, token, count, beyond, grouping.columns, groups, grouping.paths)

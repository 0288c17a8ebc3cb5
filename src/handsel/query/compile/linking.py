"""Links of a request to joins of its frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models.expressions import Expression

from handsel.engine.values import table_named
from handsel.errors import BadRequest, Code
from handsel.query.compile.comparing import compare_columns
from handsel.query.compile.conditions import condition
from handsel.query.compile.expressions import Test
from handsel.query.compile.paths import Frame, ResolvedColumn, Source, unknown_table
from handsel.query.compile.query_context import QueryContext
from handsel.query.compile.statement import Statement
from handsel.query.compile.tying import count_unrelated, tied_columns
from handsel.query.tree.nodes import Operator
from handsel.query.tree.request import Link
from handsel.tables.info import TableInfo

MAX_LINKS = 15


def with_ties(query_context: QueryContext, table: TableInfo, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links with the columns that they leave out. Raises BadRequest (0x80060888) where none or several fit."""
    known = {"": table}
    found = []
    for link in links:
        known[link.alias] = far = query_context.table(table_named(link.table).logical_name)
        near = known.get(link.to.source)
        if near is None:
            raise unknown_table(link.to.source)
        column, to = tied_columns(near, far, link.column, link.to.column)
        found.append(replace(link, column=column, to=replace(link.to, column=to)))
    return tuple(found)


def add_links(frame: Frame, links: Sequence[Link]) -> list[Expression]:
    """Join the tables of links, in order. Returns further conditions on the rows."""
    if len(links) > MAX_LINKS:
        raise BadRequest(f"A query can link at most {MAX_LINKS} tables.", Code.QUERY_SYNTAX)
    for link in links:
        if link.alias in frame.names:
            raise BadRequest(f"Two tables of the query are called '{link.alias}'.", Code.QUERY_SYNTAX)
        info = frame.query_context.table(table_named(link.table).logical_name)
        frame.query_context.asks(info.logical_name)
        source = Source(frame.query_context.alias(), info, frame)
        to = frame.find(link.to)
        theirs = frame.column(source, link.column)
        if theirs.source is not source:
            raise BadRequest(
                f"{link.column} of {link.table} is read through another table, so nothing can be linked to it.",
                Code.QUERY_SYNTAX,
                column=link.column,
            )
        conditions = [compare_columns(theirs, Operator.EQ, to)]
        count_unrelated(frame.query_context, theirs, to)
        if link.filter is not None and link.outer:
            conditions.append(_chosen(frame, source, link))
        if link.first:
            conditions.append(_first(frame, source, link, to))
        frame.names[link.alias] = source
        frame.join(source, conditions, outer=link.outer)
    # Once all are joined: the filter of an inner link may name a table that is linked after it.
    return [condition(frame, link.filter) for link in links if link.filter is not None and not link.outer]


def multiplies(frame: Frame, links: Sequence[Link]) -> bool:
    """Whether a row may appear more than once because several rows are linked to it."""
    return any(not link.first and link.column != frame.names[link.alias].info.primary_key for link in links)


def _first(frame: Frame, source: Source, link: Link, to: ResolvedColumn) -> Expression:
    """That a linked row is the one with the smallest key among those that the link finds."""
    inner = Frame(frame.query_context, source.info, link.alias, frame)
    where = [compare_columns(inner.column(inner.root, link.column), Operator.EQ, to)]
    if link.filter is not None:
        where.append(condition(inner, link.filter))
    return Test("{0} = ({1})", source.key, Statement(inner, [inner.root.key], where, order=[inner.root.key], limit=1))


def _chosen(frame: Frame, source: Source, link: Link) -> Expression:
    """The filter of an outer link is part of the join condition: a linked row that it rejects is as good as absent."""
    inner = Frame(frame.query_context, source.info, link.alias, frame)
    assert link.filter is not None
    return Test("{0} IN ({1})", source.key, Statement(inner, [inner.root.key], [condition(inner, link.filter)]))

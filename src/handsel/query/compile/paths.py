"""From the names in a query to columns of the database. Only declared and custom columns are reachable."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.expressions import Expression

from handsel.database.dialect import QuerySql
from handsel.errors import BadRequest, Code
from handsel.query.compile.expressions import Derived, Ref, Test, column_ref
from handsel.query.compile.implying import choice_label, first_name, table_name
from handsel.query.compile.operands import comparable, hidden, stored_value
from handsel.query.compile.query_context import QueryContext
from handsel.query.tree.nodes import ColumnPath
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.implied import ImpliedColumn, Part, implied_columns, yomi_name
from handsel.tables.info import ColumnInfo, TableInfo, declared_names

OWNER = "ownerid"
"""The one column that users and teams have in common: their id, as the owner of a row."""
MAX_JOINS = 40
"""Tables in one SELECT; SQLite joins at most 64."""


@dataclass(frozen=True)
class Source:
    """A table under an alias, in the FROM of `frame`."""

    alias: str
    info: TableInfo
    frame: Frame

    @property
    def optional(self) -> bool:
        """Whether there may be no row of it."""
        return self is not self.frame.root

    @property
    def key(self) -> Ref:
        """Its primary key."""
        return Ref(self.alias, self.info.primary_key)

    @property
    def key_column(self) -> ResolvedColumn:
        """Its primary key as a column."""
        return self.resolved(self.info.columns[self.info.primary_key])

    @functools.cached_property
    def hidden(self) -> frozenset[str]:
        """Its columns that the user may not read."""
        return self.frame.query_context.hidden(self.info)

    def resolved(self, column: ColumnInfo) -> ResolvedColumn:
        """One of its columns, stored in the table itself; for one that the user may not read, an empty one."""
        if column.logical_name not in self.hidden:
            return ResolvedColumn(column, column_ref(self.alias, column), self)
        met = self.frame.query_context.hidden_met
        met.setdefault(self.info.logical_name, set()).add(column.logical_name)
        return ResolvedColumn(column, hidden(column, self.alias), self)


@dataclass(frozen=True)
class ResolvedColumn:
    """The column at the end of a path. `raw` is the database column, the JSON that holds a custom column, or what an
    implied column is derived from.
    """

    column: ColumnInfo
    raw: Ref | Derived
    source: Source

    @property
    def sql(self) -> QuerySql:
        """What conditions on it are made of."""
        return self.source.frame.query_context.sql

    @property
    def stored(self) -> Expression:
        """The column as it is stored."""
        return stored_value(self.column, self.raw)

    @property
    def comparable(self) -> Expression:
        """The column in the form that comparisons and sorting use."""
        return comparable(self.column, self.raw)


@dataclass(frozen=True)
class Join:
    """A further table of a FROM and the condition that joins it to those before."""

    source: Source
    conditions: tuple[Expression, ...]
    outer: bool = True


class Frame:
    """The FROM of one SELECT: a table, the tables linked to it, and those that column paths pass through.

    `name` is the table's name in paths, `within` the frame around this one, whose tables are known here too. With
    `implied` paths may end in columns that lookups and choices imply; a frame inside another is as the one around it.
    """

    def __init__(
        self,
        query_context: QueryContext,
        info: TableInfo,
        name: str = "",
        within: Frame | None = None,
        *,
        implied: bool = False,
    ) -> None:
        self.query_context, self.within = query_context, within
        self.implied: bool = implied or (within is not None and within.implied)
        self.joins: list[Join] = []
        query_context.asks(info.logical_name)
        self.root = Source(query_context.alias(), info, self)
        self.names = {name: self.root}
        self._joined: dict[tuple[str, str, str], Source] = {}

    @property
    def restrictions(self) -> list[Expression]:
        """The condition that limits the first table to rows that the user may read."""
        visible = self.query_context.visible(self.root.info, self.root.alias)
        return [] if visible is None else [visible]

    def source(self, name: str) -> Source:
        """The table called `name` in paths, here or in a frame around. Raises BadRequest (0x80060888) if unknown."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.within
        raise unknown_table(name)

    def join(self, source: Source, conditions: Iterable[Expression], *, outer: bool) -> None:
        """Add a table."""
        visible = self.query_context.visible(source.info, source.alias)
        self.joins.append(Join(source, (*conditions, *(() if visible is None else (visible,))), outer))
        if len(self.joins) > MAX_JOINS:
            raise BadRequest(
                f"The query leads through more than {MAX_JOINS} tables. Ask for less at once.", Code.QUERY_SYNTAX
            )

    def find(self, path: ColumnPath) -> ResolvedColumn:
        """The column at the end of `path`. Raises BadRequest (0x80060888) for an unknown name."""
        *before, last = path.steps or ("",)
        source = self.walk(self.source(path.source), before)
        there = _key_elsewhere(source.info, last, path.column)
        if there is not None:
            return self.column(source, there.logical_name)
        lookup = shared_lookup(source.info, last) if path.column == OWNER else None
        if lookup is not None:
            return self.column(source, lookup.logical_name)
        return self.column(self.walk(source, (last,) if last else ()), path.column)

    def walk(self, source: Source, steps: Iterable[str]) -> Source:
        """The table at the end of navigation steps."""
        for step in steps:
            source = self.through(source, *lookup_named(source.info, step))
            self.query_context.asks(source.info.logical_name)
        return source

    def column(self, source: Source, name: str) -> ResolvedColumn:
        """A column of a source by its logical name; for a parent column, the column of the parent."""
        column = source.info.columns.get(name)
        if column is None and self.implied and name in implied_columns(source.info):
            return self._implied(source, implied_columns(source.info)[name])
        if column is None:
            known = {**source.info.columns, **(implied_columns(source.info) if self.implied else {})}
            raise unknown(source.info, "column", name, known)
        if column.parent_column is None:
            return source.resolved(column)
        return self.column(self._parent(source, column), column.parent_column.column)

    def _implied(self, source: Source, implied: ImpliedColumn) -> ResolvedColumn:
        """A column that a lookup or a choice implies."""
        of = implied.of
        if of.parent_column is not None:
            return self.column(self._parent(source, of), f"{of.parent_column.column}{implied.part}")
        if implied.part is Part.TYPE and of.type_column:
            return source.resolved(source.info.columns[of.type_column])
        if not of.is_lookup:
            raw = choice_label(source.alias, implied, source.resolved(of).stored)
        elif implied.part is Part.TYPE:
            parts = {table: source.resolved(source.info.columns[part]) for table, part in of.split.items()}
            raw = table_name(source.alias, implied, {table: part.stored for table, part in parts.items()})
        else:
            names = self._names_of_targets(source, implied)
            if len(names) == 1:
                return names[0]
            raw = first_name(source.alias, implied, [name.stored for name in names])
        return ResolvedColumn(implied.column, raw, source)

    def _names_of_targets(self, source: Source, implied: ImpliedColumn) -> list[ResolvedColumn]:
        """The names in each table that a lookup points to; the other tables have no row for its id."""
        found = []
        for target in (target for target in implied.of.targets if target in declared_names()):
            there = self.query_context.table(target)
            name = there.primary_name if implied.part is Part.NAME else yomi_name(there)
            if name is not None:
                found.append(self.column(self.through(source, implied.of, target), name))
        return found

    def through(self, source: Source, lookup: ColumnInfo, target: str) -> Source:
        """The table that a lookup points to, joined once for all paths."""
        if lookup.parent_column is not None:
            parent = self._parent(source, lookup)
            return self.through(parent, parent.info.columns[lookup.parent_column.column], target)
        if target in lookup.split:
            lookup = source.info.columns[lookup.split[target]]
        step = (source.alias, lookup.logical_name, target)
        frame = source.frame
        if step not in frame._joined:
            there = Source(self.query_context.alias(), self.query_context.table(target), frame)
            frame.join(there, [Test("{0} = {1}", there.key, source.resolved(lookup).stored)], outer=True)
            frame._joined[step] = there
        return frame._joined[step]

    def _parent(self, source: Source, column: ColumnInfo) -> Source:
        assert column.parent_column is not None
        return self.through(source, source.info.columns[column.parent_column.lookup], column.parent_column.table)


def lookup_named(info: TableInfo, name: str) -> tuple[ColumnInfo, str]:
    """The lookup with this navigation (or logical) name and the table it points to."""
    found = [
        (column, target)
        for column in info.columns.values()
        for target in column.targets
        if name == column.navigation.get(target) or (name == column.logical_name and column.targets)
    ]
    if not found:
        known = (
            each for column in info.columns.values() for each in (*column.navigation.values(), *column.split.values())
        )
        raise unknown(info, "navigation property", name, known)
    if len(found) > 1:
        raise _ambiguous(info, name, found)
    if set_elsewhere(found[0][0]):
        raise UnknownName(
            f"{name} of {info.logical_name} leads to {found[0][1]}, a table that Handsel does not have; only its id is "
            f"here. Ask for _{found[0][0].logical_name}_value.",
            table=info.logical_name,
            column=name,
        )
    return found[0]


def _key_elsewhere(info: TableInfo, step: str, column: str) -> ColumnInfo | None:
    """The lookup that holds the key of a table elsewhere, where a path asks for that key: `campaignid/campaignid`."""
    lookup = info.columns.get(step)
    wanted = lookup is not None and set_elsewhere(lookup) and column == f"{lookup.targets[0]}id"
    return lookup if wanted else None


def shared_lookup(info: TableInfo, name: str) -> ColumnInfo | None:
    """The lookup whose navigation property points to users and teams alike: an owner; None for any other name."""
    for column in info.columns.values():
        names = set(column.navigation.values())
        if len(column.navigation) > 1 and len(names) == 1 and name in (column.logical_name, *names):
            return column
    return None


def _ambiguous(info: TableInfo, name: str, found: Iterable[tuple[ColumnInfo, str]]) -> BadRequest:
    """The error for a name that points to several tables; it lists the names that point to one of them."""
    names = {each for column, target in found for each in (column.navigation[target], column.split.get(target)) if each}
    if shared_lookup(info, name) is not None:
        names |= {each for each in ("owninguser", "owningteam") if each in info.columns}
        asked = f"leads to users and teams, of which only {OWNER} can be asked, as in {name}/{OWNER}. For more take"
    else:
        asked = "leads to several tables. Take"
    return BadRequest(
        f"{name} of {info.logical_name} {asked} one of {', '.join(sorted(names - {name}))}.",
        Code.QUERY_SYNTAX,
        table=info.logical_name,
        column=name,
    )


def unknown_table(name: str) -> BadRequest:
    """The error for a name that no table of the query has."""
    return BadRequest(f"Nothing in the query is called '{name[:40]}'.", Code.QUERY_SYNTAX, name=name)


class UnknownName(BadRequest):
    """A column, collection or navigation property that a table does not have."""

    default_code = Code.QUERY_SYNTAX


def unknown(info: TableInfo, what: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for a name that the table does not have, with similar names."""
    names = {each.lower(): each for each in sorted(known)}
    wanted = name.lower()
    near = [names[each] for each in ([wanted] if wanted in names else difflib.get_close_matches(wanted, names))]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return UnknownName(
        f"{info.label} ({info.logical_name}) has no {what} '{name}'.{hint}", table=info.logical_name, column=name
    )

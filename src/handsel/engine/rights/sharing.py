"""Rows that a user reaches by a share, or through a row that they belong to (security 3.2, 3.3).

Shares are stored once, where they were made. What a shared or owned row hands down to the rows below it is worked out
when a row is asked for: one list of ids for each table above, as common table expressions of the statement.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from handsel.database.dialect import Dialect, dialect_of
from handsel.engine.rights.privileges import Privilege, RowsBy, coverage_of
from handsel.tables.cascades import Reach
from handsel.tables.info import TableInfo, all_tables, table_info
from handsel.tables.referring import relations_to

SHARES = "principalobjectaccess"
"""The table of shares: which rights on which row which user or team was given."""


@dataclass(frozen=True, slots=True)
class Above:
    """How rows of a table get rights from a row above: the column with its id, and the one with its table, if any."""

    parent: str
    column: str
    type_column: str | None


def above(table: str) -> Sequence[Above]:
    """The relationships by which a row gets the rights of a row above it: they cascade both Share and Reparent."""
    info = table_info(table)
    if info.is_view:
        shown = _all_above().get(next(iter(info.united), ""), ())
        return [each for each in shown if each.column in info.columns]
    return _all_above().get(table, ())


@functools.cache
def _all_above() -> Mapping[str, Sequence[Above]]:
    found: dict[str, list[Above]] = {}
    for parent in (info.logical_name for info in all_tables() if not info.is_view):
        if coverage_of(parent).rows_by is not RowsBy.OWNER:
            continue
        for relation in relations_to(parent):
            cascades = relation.cascades
            if cascades.share is Reach.CASCADE and cascades.reparent is Reach.CASCADE and not cascades.is_part:
                column = relation.column
                name = column.split.get(parent, column.logical_name)
                type_column = None if column.split or len(column.targets) == 1 else column.type_column
                found.setdefault(relation.child, []).append(Above(parent, name, type_column))
    return found


class SharedRow(models.Func):
    """Whether the row is shared with the user, or belongs to a row that is shared with or owned by the user."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, table: str, verb: Privilege, principals: Expression, *, unindexed: bool = False) -> None:
        self.table, self.verb, self.unindexed = table, verb, unindexed
        info = table_info(table)
        columns = [models.F("pk")]
        for each in above(table):
            columns += [models.F(info.attribute(name)) for name in (each.column, each.type_column) if name is not None]
        super().__init__(*columns, principals)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_extra: object, **_named: object
    ) -> tuple[str, tuple[str | int, ...]]:
        *compared, principals = self.get_source_expressions()
        mark, params = compiler.compile(principals)
        lists = _Lists(dialect_of(connection.vendor), self.verb, mark)
        names = (compiler.compile(column)[0] for column in compared)
        columns = iter([lists.dialect.unindexed(name) if self.unindexed else name for name in names])
        listed = lists.dialect.listed
        info = table_info(self.table)
        tests = [listed(next(columns), lists.shared(None if info.is_view else self.table))]
        named: dict[tuple[str, str], list[str]] = {}
        for each in above(self.table):
            column = next(columns)
            if each.type_column is None:
                tests.append(listed(column, lists.ids(each.parent)))
            else:
                named.setdefault((next(columns), column), []).append(each.parent)
        for (type_column, column), parents in named.items():
            # The ids alone are what an index serves; rows of two tables may have one id, so both decide.
            by_id = listed(column, lists.ids(*parents))
            tests.append(f"({by_id} AND ({type_column}, {column}) IN ({lists.ids(*parents, with_table=True)}))")
        return f"({' OR '.join(tests)})", tuple(params) * lists.marks


def ids_shared(dialect: Dialect, verb: Privilege, table: str) -> tuple[str, int]:
    """The statement that lists the rows of a table shared with a user, and how often it takes the principals."""
    lists = _Lists(dialect, verb, dialect.mark)
    return lists.shared(table), lists.marks


def ids_above(dialect: Dialect, verb: Privilege, table: str) -> tuple[str, int]:
    """The same for the rows of a table above: those that are the user's or shared, and those below them."""
    lists = _Lists(dialect, verb, dialect.mark)
    return lists.ids(table), lists.marks


class _Lists:
    """The lists of ids that one condition looks into. All text is from declarations; who asks is a parameter."""

    def __init__(self, dialect: Dialect, verb: Privilege, mark: str) -> None:
        self.dialect, self.verb, self.mark = dialect, verb, mark
        self.marks = 0

    def shared(self, table: str | None) -> str:
        """The rows that were shared with the user themselves."""
        self.marks += 1
        of_table = "" if table is None else f" AND objecttypecode = '{table}'"
        return (
            f"SELECT objectid FROM {SHARES} WHERE {self.dialect.any_of('principalid', self.mark)}{of_table} "
            f"AND (accessrightsmask & {self.verb.right}) <> 0"
        )

    def ids(self, *tables: str, with_table: bool = False) -> str:
        """The rows of tables above that are the user's or shared with the user, and those below them."""
        lists: dict[str, str] = {}
        for table in tables:
            self._define(table, lists, ())
        found = (
            f"SELECT '{table}', id FROM of_{table}" if with_table else f"SELECT id FROM of_{table}" for table in tables
        )
        return f"WITH RECURSIVE {', '.join(lists.values())} {' UNION ALL '.join(found)}"

    def _define(self, table: str, lists: dict[str, str], within: tuple[str, ...]) -> None:
        if table in lists:
            return
        info = table_info(table)
        key = f'c."{info.primary_key}"'
        self.marks += 1
        owned = f'SELECT {key} FROM "{table}" AS c WHERE {self.dialect.any_of("c.ownerid", self.mark)}'
        parts = [f"{self.shared(table)}", owned]
        onto_itself: list[str] = []
        for each in above(table):
            condition = _test(info, each)
            if each.parent == table:
                onto_itself.append(condition)
            elif each.parent not in within:
                self._define(each.parent, lists, (*within, table))
                parts.append(f'SELECT {key} FROM "{table}" AS c JOIN of_{each.parent} AS p ON {condition}')
        if onto_itself:
            parts.append(f'SELECT {key} FROM "{table}" AS c JOIN of_{table} AS p ON {" OR ".join(onto_itself)}')
        lists[table] = f"of_{table}(id) AS ({' UNION '.join(parts)})"


def _test(info: TableInfo, each: Above) -> str:
    of_table = "" if each.type_column is None else f" AND c.\"{each.type_column}\" = '{each.parent}'"
    return f'(c."{each.column}" = p.id{of_table})'

"""From the names in a query to columns of the database. Only declared and own columns are reachable."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models.expressions import Combinable, Expression, F, OuterRef, Subquery

from handsel.engine import access
from handsel.engine.context import Actor
from handsel.engine.errors import BadRequest, Code
from handsel.engine.storage import OWN
from handsel.query.expressions import Test
from handsel.query.operands import comparable, stored_value
from handsel.query.tree import ColumnPath
from handsel.tables.info import ColumnInfo, TableInfo


@dataclass(frozen=True)
class Reach:
    """A column that a path arrived at. `raw` is its field, or the JSON that holds an own column."""

    column: ColumnInfo
    raw: Combinable

    @property
    def stored(self) -> Expression:
        """The column as it stands."""
        return stored_value(self.column, self.raw)

    @property
    def comparable(self) -> Expression:
        """The column as comparisons and sorting see it."""
        return comparable(self.column, self.raw)


@dataclass(frozen=True)
class Paths:
    """Finds columns for one user; `table` gives a table with its own columns."""

    actor: Actor
    table: Callable[[str], TableInfo]

    def find(self, info: TableInfo, path: ColumnPath) -> Reach:
        """The column at the end of `path` from rows of `info`. Raises BadRequest (0x80060888) for an unknown name."""
        return self._walk(info, path.steps, path.column, "")

    def _walk(self, info: TableInfo, steps: tuple[str, ...], name: str, prefix: str) -> Reach:
        if steps:
            lookup, target = _lookup(info, steps[0])
            return self._through(info, lookup, target, steps[1:], name, prefix)
        column = info.columns.get(name)
        if column is None:
            raise _unknown(info, "column", name, info.columns)
        if column.mirrors is not None:
            parent = info.columns[column.mirrors.lookup]
            return self._through(info, parent, column.mirrors.table, (), column.mirrors.column, prefix)
        return Reach(column, F(prefix + _field(column)))

    def _through(
        self, info: TableInfo, lookup: ColumnInfo, target: str, steps: tuple[str, ...], name: str, prefix: str
    ) -> Reach:
        """On through a lookup: by a join where it is a foreign key, otherwise by looking its id up."""
        if lookup.mirrors is not None:
            parent, there = info.columns[lookup.mirrors.lookup], self.table(lookup.mirrors.table)
            assert parent.field is not None
            source = there.columns[lookup.mirrors.column]
            return self._through(there, source, target, steps, name, f"{prefix}{parent.field.name}__")
        if target in lookup.split:
            lookup = info.columns[lookup.split[target]]
        there = self.table(target)
        if isinstance(lookup.field, models.ForeignKey):
            return self._walk(there, steps, name, f"{prefix}{lookup.field.name}__")
        key = stored_value(lookup, OuterRef(prefix + _field(lookup)))
        found = self._walk(there, steps, name, "")
        matching = access.rows(self.actor, target).filter(Test("{0} = {1}", F("pk"), key))
        return Reach(found.column, Subquery(matching.values(hs_value=found.raw)[:1]))


def _field(column: ColumnInfo) -> str:
    """The Python name of the field a column's values stand in."""
    if column.is_own:
        return OWN
    assert column.attribute is not None
    return column.attribute


def _lookup(info: TableInfo, name: str) -> tuple[ColumnInfo, str]:
    """The lookup with this navigation (or logical) name and the table it leads to."""
    found = [
        (column, target)
        for column in info.columns.values()
        for target in column.targets
        if name == column.navigation.get(target) or (name == column.logical_name and column.targets)
    ]
    if not found:
        known = (
            way for column in info.columns.values() for way in (*column.navigation.values(), *column.split.values())
        )
        raise _unknown(info, "navigation property", name, known)
    if len(found) > 1:
        ways = {way for column, target in found for way in (column.navigation[target], column.split.get(target)) if way}
        raise BadRequest(
            f"{name} of {info.logical_name} leads to several tables. Take one of {', '.join(sorted(ways - {name}))}.",
            Code.QUERY_SYNTAX,
            table=info.logical_name,
            column=name,
        )
    return found[0]


def _unknown(info: TableInfo, what: str, name: str, known: Iterable[str]) -> BadRequest:
    names = {each.lower(): each for each in sorted(known)}
    wanted = name.lower()
    near = [names[each] for each in ([wanted] if wanted in names else difflib.get_close_matches(wanted, names))]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return BadRequest(
        f"{info.label} ({info.logical_name}) has no {what} '{name}'.{hint}",
        Code.QUERY_SYNTAX,
        table=info.logical_name,
        column=name,
    )

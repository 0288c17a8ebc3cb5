"""Which rows refer to rows of a table, and what each such relationship does (tables 10).

A folder declares the relationships between its tables and those upstream, in its `rules.py`. What is not declared
follows from the lookup: a row that cannot do without it stands in the way of deleting what it refers to, any other
loses the link.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handsel.tables.cascades import ALONG, LINK, RESTRICTED, UNHANDLED, Cascades, Reach
from handsel.tables.facts import Required
from handsel.tables.info import ColumnInfo, TableInfo, all_tables, declared_names, table_info


@dataclass(frozen=True, slots=True)
class Relation:
    """The rows of `child` that refer to rows of `parent` by `column`."""

    child: str
    child_key: str
    column: ColumnInfo
    parent: str
    cascades: Cascades
    child_is_owned: bool
    """Whether rows of the child have an owner of their own."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Rows that name others by an id and a table, in columns that are no lookups."""

    child: str
    column: str
    type_column: str
    parents: Callable[[], Iterable[str]]
    cascades: Cascades


_declared: dict[tuple[str, str, str], Cascades] = {}
_named: list[_Named] = []
_restricted: set[str] = set()
_merged: set[str] = set()


def cascade(parent: str, child: str, column: str, cascades: Cascades = ALONG) -> None:
    """Declare what happens to rows of `child` that refer by `column` to a row of `parent`."""
    _declared[(child, column, parent)] = cascades
    _relations.cache_clear()


def names_rows(
    child: str, column: str, type_column: str, parents: Callable[[], Iterable[str]], cascades: Cascades
) -> None:
    """Declare what happens to rows of `child` that name rows of other tables by an id and a table's name.

    The columns are no lookups, so that the metadata tell of no relationship. `parents` is called once all tables and
    rules are known.
    """
    _named.append(_Named(child, column, type_column, parents, cascades))
    _relations.cache_clear()


def restrict(*parents: str) -> None:
    """Declare that rows of these tables are not deleted while others refer to them, unless `cascade` says otherwise."""
    _restricted.update(parents)
    _relations.cache_clear()


def merges(*parents: str) -> None:
    """Declare that rows of these tables are merged, and what refers to one of them moves to the other."""
    _merged.update(parents)
    _relations.cache_clear()


_WHO = frozenset(("createdby", "createdonbehalfby", "modifiedby", "modifiedonbehalfby"))


def cascades_of(info: TableInfo, column: ColumnInfo, parent: str) -> Cascades:
    """What the relationship of a lookup to one of its target tables does."""
    declared = column.cascades or _declared.get((info.logical_name, column.logical_name, parent))
    if declared is not None:
        return declared
    inner = any(column.logical_name in other.split.values() for other in info.columns.values())
    if inner or not column.is_lookup or column.parent_column is not None or column.logical_name in _WHO:
        return UNHANDLED
    is_needed = parent in _restricted or column.kind == "Owner" or column.required is Required.SYSTEM
    found = RESTRICTED if is_needed else LINK
    return replace(found, merge=Reach.CASCADE) if parent in _merged else found


def relations_to(parent: str, extended: Iterable[TableInfo] = ()) -> Sequence[Relation]:
    """How rows refer to rows of `parent`; `extended` are the tables with an organization's custom lookups."""
    custom = (
        _relation(info, column, parent)
        for info in extended
        for column in info.columns.values()
        if column.is_custom and parent in column.targets
    )
    return (*_relations().get(parent, ()), *custom)


@functools.cache
def _relations() -> Mapping[str, Sequence[Relation]]:
    found: dict[str, list[Relation]] = {}
    for info in all_tables():
        # Rows that a view shows are found in their own tables.
        for column in () if info.is_view else info.columns.values():
            if column.field is not None and column.logical_name != info.primary_key:
                for parent in (target for target in column.targets if target in declared_names()):
                    found.setdefault(parent, []).append(_relation(info, column, parent))
    for each in _named:
        info, parents = table_info(each.child), tuple(each.parents())
        column = replace(info.columns[each.column], targets=parents, type_column=each.type_column)
        for parent in parents:
            relation = Relation(each.child, info.primary_key, column, parent, each.cascades, child_is_owned=False)
            found.setdefault(parent, []).append(relation)
    return found


def _relation(info: TableInfo, column: ColumnInfo, parent: str) -> Relation:
    owner = info.columns.get("ownerid")
    is_owned = owner is not None and owner.parent_column is None
    return Relation(info.logical_name, info.primary_key, column, parent, cascades_of(info, column, parent), is_owned)

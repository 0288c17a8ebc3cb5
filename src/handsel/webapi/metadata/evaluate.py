"""Queries on definitions in memory: filter, selected properties, expanded navigation properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from handsel.errors import BadRequest
from handsel.http.errors import shown, syntax
from handsel.json_value import Json, JsonObject
from handsel.query.tree.nodes import And, ColumnPath, Comparison, Node, Not, Operator, Or
from handsel.webapi.metadata.names import ODATA_TYPE
from handsel.webapi.metadata.query_options import Options
from handsel.webapi.protocol.errors import NotSupported

Row: TypeAlias = JsonObject


@dataclass(frozen=True, slots=True)
class Navigation:
    """A navigation property of a definition: its value for a row (a list, a row or None), and the kind of that."""

    follow: Callable[[Row], Any]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of definition with its navigation properties. Its plain properties are those of its rows."""

    navigations: Mapping[str, Navigation] = field(default_factory=dict)


_ALWAYS = ("MetadataId", ODATA_TYPE)


def chosen(rows: Sequence[Row], options: Options, kind: Kind, known: Iterable[str] = ()) -> list[Row]:
    """The rows that match, with the selected properties. `known` are properties that rows of the kind may also have.

    Raises BadRequest for a name that no row has, NotSupported (501) for a filter that does more than eq and ne.
    """
    names = frozenset((*known, *kind.navigations, *(name for row in rows for name in row)))
    return [shown_row(row, options, kind, names) for row in matching(rows, options, kind, known)[: options.top]]


def matching(rows: Sequence[Row], options: Options, kind: Kind, known: Iterable[str] = ()) -> list[Row]:
    """The rows that fulfil the filter. Raises the errors of `chosen` for it."""
    if options.filter is None:
        return list(rows)
    names = frozenset((*known, *kind.navigations, *(name for row in rows for name in row)))
    check_filter(options.filter, names if rows else None)
    return [row for row in rows if matches(row, options.filter)]


def shown_row(row: Row, options: Options, kind: Kind, known: Iterable[str] = ()) -> Row:
    """One row with the selected and expanded properties, as a new dict."""
    made = dict(row)
    if options.select:
        names = frozenset((*known, *row, *kind.navigations))
        wanted = {name.partition("/")[0] for name in options.select}
        for name in sorted(wanted - names):
            raise _unknown(name)
        made = {name: value for name, value in row.items() if name in wanted or name in _ALWAYS}
    for name, inner in (options.expand or {}).items():
        navigation = kind.navigations.get(name)
        if navigation is None:
            raise _unknown(name)
        below = navigation.follow(row)
        if inner.count and isinstance(below, list):
            made[f"{name}@odata.count"] = len(matching(below, inner, navigation.kind))
        made[name] = _expanded(below, inner, navigation.kind)
    return made


def _expanded(found: Any, options: Options, kind: Kind) -> Any:
    """The value of an expanded navigation property."""
    if found is None:
        return None
    return chosen(found, options, kind) if isinstance(found, list) else shown_row(found, options, kind)


def check_filter(node: Node, known: frozenset[str] | None) -> None:
    """Refuse names that no row has (if any are known), and everything beyond eq, ne, and, or, not."""
    if isinstance(node, (And, Or)):
        for term in node.terms:
            check_filter(term, known)
    elif isinstance(node, Not):
        check_filter(node.term, known)
    elif isinstance(node, Comparison) and _is_equality(node):
        first = _path(node.column)[0]
        if known is not None and first not in known:
            raise _unknown(first)
    else:
        raise NotSupported("Filters of definitions take eq, ne, and, or, not; functions and order comparisons do not.")


def _is_equality(node: Comparison) -> bool:
    return node.operator in (Operator.EQ, Operator.NE) and not isinstance(node.value, ColumnPath)


def matches(row: Mapping[str, Json], node: Node) -> bool:
    """Whether a row matches a checked filter."""
    if isinstance(node, And):
        return all(matches(row, term) for term in node.terms)
    if isinstance(node, Or):
        return any(matches(row, term) for term in node.terms)
    if isinstance(node, Not):
        return not matches(row, node.term)
    assert isinstance(node, Comparison)
    found: Any = row
    for name in _path(node.column):
        found = found.get(name) if isinstance(found, Mapping) else None
    return _equal(found, node.value) is (node.operator is Operator.EQ)


def _path(column: ColumnPath) -> tuple[str, ...]:
    return (*column.steps, column.column)


def _equal(found: Any, wanted: Any) -> bool:
    """Whether two values are equal; ids with or without quotes, `true` only without."""
    if isinstance(wanted, UUID):
        return str(found).lower() == str(wanted)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, str) and isinstance(wanted, str):
        return found.lower() == wanted.lower()
    return bool(found == wanted)


def _unknown(name: str) -> BadRequest:
    return syntax(f"Could not find a property named '{shown(name)}' in these definitions.")

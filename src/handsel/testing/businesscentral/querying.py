"""`$filter`, `$orderby`, `$select`, `$expand`, `$top`, `$skip`, `$count`, pages, over rows in memory (erp 8.11, 8.12).

Texts are read by the parsers of `query.odata`; what is understood there but not by Business Central is refused here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import msgspec

from handsel.errors import BadRequest
from handsel.query.odata.expand import parse_select, parse_top
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.options import parse_count
from handsel.query.odata.orderby import parse_order
from handsel.query.tree.nodes import (
    And,
    ColumnPath,
    Comparison,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    Or,
    Order,
    TextMatch,
    TextTest,
)
from handsel.testing.businesscentral.books import Table
from handsel.testing.businesscentral.columns import Kind, Property, Value, encoded, properties
from handsel.testing.businesscentral.refusals import Refusal, bad_request, query_syntax
from handsel.testing.businesscentral.rows import Row

Test = Callable[[Row], bool]
R = TypeVar("R", bound=Row)
_COMPARE: Mapping[Operator, Callable[..., bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
}
_SEARCH: Mapping[TextTest, Callable[[str, str], bool]] = {
    TextTest.CONTAINS: lambda text, part: part in text,
    TextTest.STARTS_WITH: str.startswith,
    TextTest.ENDS_WITH: str.endswith,
}
_IGNORED = frozenset(("$schemaversion", "$format"))
_KNOWN = frozenset(
    ("$filter", "$orderby", "$select", "$expand", "$top", "$skip", "$count", "$skiptoken", "$search", *_IGNORED)
)


@dataclass(frozen=True)
class Options:
    """What a request asks of rows."""

    select: tuple[str, ...] | None = None
    filter: Node | None = None
    order: tuple[Order, ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    token: str = ""
    """The id of the last row of the page before."""
    expand: str = ""


@dataclass(frozen=True)
class Page:
    """Rows of an answer."""

    rows: Sequence[Row]
    count: int | None
    last: str
    """The token of the next page; empty if there is none."""


def options_of(given: Mapping[str, str]) -> Options:
    """The options of a query string. Refuses what cannot be read."""
    for name in given:
        if (name.startswith("$") and name not in _KNOWN) or name == "$search":
            raise query_syntax(f"The query option '{name}' is not supported.")
    try:
        return Options(
            parse_select(given["$select"]) if given.get("$select") else None,
            _filter(given["$filter"]) if given.get("$filter") else None,
            parse_order(given["$orderby"]) if given.get("$orderby") else (),
            parse_top(given["$top"]) if "$top" in given else None,
            parse_top(given["$skip"]) if "$skip" in given else 0,
            parse_count(given.get("$count", "false")),
            given.get("$skiptoken", ""),
            given.get("$expand", ""),
        )
    except BadRequest as error:
        raise query_syntax(error.message) from error


@lru_cache(maxsize=64)
def _filter(text: str) -> Node:
    return parse_filter(text)


def page_of(rows: Table[R], options: Options, size: int, among: Sequence[R] | None = None) -> Page:
    """One page of a table's rows, or of some of them, at most `size` and at most `$top` in all."""
    known = properties(rows.kind)
    found: Sequence[Row] = list(among) if among is not None else _candidates(rows, options.filter)
    if options.filter is not None:
        test = _test(options.filter, known)
        found = [row for row in found if test(row)]
    for order in reversed(options.order):
        get = operator.attrgetter(_property(known, order.column).attribute)
        found = sorted(found, key=get, reverse=order.descending)
    count = len(found) if options.count else None
    found = found[options.skip :]
    if options.top is not None:
        found = found[: options.top]
    if options.token:
        found = _after(found, options.token)
    page = found[:size]
    return Page(page, count, page[-1].id if len(found) > size else "")


def _after(rows: Sequence[Row], token: str) -> Sequence[Row]:
    for place, row in enumerate(rows):
        if row.id == token:
            return rows[place + 1 :]
    raise Refusal(400, "SkipTokenIsNoLongerValid", "The skip token is no longer valid. Ask again from the start.")


def shaped(row: Row, select: Iterable[str] | None) -> dict[str, Value]:
    """A row as JSON: all its properties, or those selected, with its etag first."""
    known = properties(type(row))
    names = known if select is None else [_named(known, name, type(row)).name for name in select]
    shown: dict[str, Value] = {"@odata.etag": row.etag}
    for name in names:
        shown[name] = getattr(row, known[name].attribute)
    return shown


def _candidates(table: Table[R], condition: Node | None) -> Sequence[Row]:
    """The rows that can fulfil a condition: by an index, if it asks for equal values of an indexed property."""
    known = properties(table.kind)
    for term in condition.terms if isinstance(condition, And) else (condition,):
        wanted = _equal(term)
        if wanted is None:
            continue
        column, values = wanted
        found = _property(known, column)
        index = table.indexes.get(found.attribute)
        if index is not None:
            keys = {key: None for value in values for key in index.get(_literal(found, value), ())}
            return [table.rows[key] for key in keys]
    return list(table.rows.values())


def _equal(term: Node | None) -> tuple[ColumnPath, tuple[Literal, ...]] | None:
    """The one column that a term compares with values by `eq`, and the values."""
    if isinstance(term, OneOf):
        return term.column, term.values
    if isinstance(term, Comparison) and term.operator is Operator.EQ and not isinstance(term.value, ColumnPath):
        return term.column, (term.value,)
    if isinstance(term, Or):
        parts = [_equal(each) for each in term.terms]
        if all(part is not None and part[0] == (parts[0] or part)[0] for part in parts):
            found = [part for part in parts if part is not None]
            return found[0][0], tuple(value for _, values in found for value in values)
    return None


def _test(node: Node, known: Mapping[str, Property]) -> Test:
    if isinstance(node, And):
        tests = [_test(term, known) for term in node.terms]
        return lambda row: all(test(row) for test in tests)
    if isinstance(node, Or):
        if len({column for term in node.terms for column in _columns(term)}) > 1:
            raise Refusal(
                501,
                "BadRequest_MethodNotImplemented",
                "The OR operator is not supported on distinct fields on an OData filter.",
            )
        tests = [_test(term, known) for term in node.terms]
        return lambda row: any(test(row) for test in tests)
    if isinstance(node, Not):
        inner = _test(node.term, known)
        return lambda row: not inner(row)
    if isinstance(node, OneOf):
        found = _property(known, node.column)
        get, values = operator.attrgetter(found.attribute), {_literal(found, value) for value in node.values}
        return lambda row: get(row) in values
    if isinstance(node, TextMatch):
        found = _property(known, node.column)
        if found.column.kind not in (Kind.TEXT, Kind.CODE) or node.test not in _SEARCH:
            raise query_syntax(f"'{found.name}' cannot be searched.")
        get, search, part = operator.attrgetter(found.attribute), _SEARCH[node.test], str(_literal(found, node.text))
        return lambda row: search(get(row), part)
    if isinstance(node, Comparison) and not isinstance(node.value, ColumnPath):
        found = _property(known, node.column)
        get, compare, value = operator.attrgetter(found.attribute), _COMPARE[node.operator], _literal(found, node.value)
        return lambda row: compare(get(row), value)
    raise query_syntax("The filter has a part that is not supported.")


def _columns(node: Node) -> set[ColumnPath]:
    if isinstance(node, And | Or):
        return {column for term in node.terms for column in _columns(term)}
    if isinstance(node, Not):
        return _columns(node.term)
    return {node.column} if isinstance(node, Comparison | OneOf | TextMatch) else set()


def _property(known: Mapping[str, Property], path: ColumnPath) -> Property:
    if path.steps or path.source or path.column not in known:
        raise bad_request(f"Could not find a property named '{path}'.")
    return known[path.column]


def _named(known: Mapping[str, Property], name: str, kind: type[msgspec.Struct]) -> Property:
    if name not in known:
        raise bad_request(f"Could not find a property named '{name}' on type 'Microsoft.NAV.{kind.__name__}'.")
    return known[name]


def _literal(found: Property, value: Literal) -> Value:
    """A value of a filter as rows hold it. Refuses one of another type."""
    kind = found.column.kind
    if isinstance(value, str):
        if kind is Kind.CHOICE:
            return value if value in found.column.choices else encoded(value)
        if kind is Kind.CODE:
            return value.upper()
        if kind is Kind.TEXT:
            return value
    elif isinstance(value, bool):
        if kind is Kind.FLAG:
            return value
    elif isinstance(value, UUID):
        if kind is Kind.GUID:
            return str(value)
    elif isinstance(value, Decimal):
        if kind in (Kind.NUMBER, Kind.INTEGER):
            return value
    elif isinstance(value, datetime):
        if kind is Kind.MOMENT:
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    elif isinstance(value, date) and kind is Kind.DATE:
        return value.isoformat()
    raise bad_request(
        "A binary operator with incompatible types was detected. Found operand types "
        f"'{kind.value.partition(',')[0]}' and '{_type_name(value)}' for operator kind 'Equal'."
    )


def _type_name(value: Literal) -> str:
    names = {str: "Edm.String", bool: "Edm.Boolean", UUID: "Edm.Guid", Decimal: "Edm.Decimal"}
    return names.get(type(value), "Edm.DateTimeOffset" if isinstance(value, datetime) else "Edm.Date")

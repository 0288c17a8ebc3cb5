"""Random query trees over columns of given kinds."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from handsel.query.tree.nodes import (
    ColumnPath,
    Comparison,
    Node,
    Not,
    OneOf,
    Operator,
    QueryFunction,
    TextMatch,
    TextTest,
    Untyped,
    all_of,
    any_of,
)

# Few letters and numbers, so that they meet; wildcards and quotes, so that nothing treats them as such.
TEXTS = st.text(st.sampled_from("aAbäÄžŽЖж%_'ß "), min_size=1, max_size=3)
WHOLE = st.integers(-3, 3).map(Decimal)
FRACTIONS = st.decimals(-3, 3, places=5)
FAR = st.sampled_from([Decimal("1e30"), Decimal("-1e30"), Decimal("1e-9"), Decimal("922337203685477.5807")])
DAYS = st.dates(date(2024, 2, 27), date(2024, 3, 2))
MOMENTS = st.datetimes(datetime(2024, 2, 28), datetime(2024, 3, 1), timezones=st.just(UTC))
LITERALS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "number": WHOLE | FRACTIONS | FAR,
    "boolean": st.booleans(),
    "day": DAYS,
    "moment": MOMENTS | DAYS,
    "id": st.uuids(version=4),
}
OPERATORS = st.sampled_from(Operator)


def trees(columns: Mapping[ColumnPath, str], **literals: st.SearchStrategy[Any]) -> st.SearchStrategy[Node]:
    values = LITERALS | literals
    terms: list[st.SearchStrategy[Node]] = []
    for path, kind in columns.items():
        given = values[kind] | st.none()
        terms.append(st.builds(Comparison, st.just(path), OPERATORS, given))
        terms.append(st.builds(OneOf, st.just(path), st.lists(given, min_size=1, max_size=3).map(tuple)))
        if kind == "text":
            terms.append(
                st.builds(
                    TextMatch,
                    st.sampled_from([TextTest.CONTAINS, TextTest.STARTS_WITH, TextTest.ENDS_WITH]),
                    st.just(path),
                    TEXTS | st.just(""),
                )
            )
    return st.recursive(
        st.one_of(terms),
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(all_of)
            | st.lists(inner, min_size=2, max_size=3).map(any_of)
            | inner.map(Not)
        ),
        max_leaves=8,
    )


WRITTEN_DAYS = DAYS.map(lambda day: Untyped(day.isoformat()))
COUNTS = st.integers(1, 40).map(lambda number: Untyped(str(number)))


def functions(columns: Mapping[ColumnPath, str]) -> st.SearchStrategy[Node]:
    """Query functions over columns of given kinds, their values written as texts."""
    terms: list[st.SearchStrategy[Node]] = []
    for path, kind in columns.items():
        given = TEXTS.map(Untyped) if kind == "text" else (WHOLE | FRACTIONS).map(lambda number: Untyped(str(number)))
        if kind in ("text", "number"):
            terms.append(_query_function(path, ("In", "NotIn"), st.lists(given, min_size=1, max_size=3)))
            terms.append(_query_function(path, ("Between", "NotBetween"), st.lists(given, min_size=2, max_size=2)))
        if kind in ("day", "moment"):
            terms.append(
                _query_function(
                    path, ("On", "NotOn", "OnOrAfter", "OnOrBefore"), st.lists(WRITTEN_DAYS, min_size=1, max_size=1)
                )
            )
            terms.append(_query_function(path, ("Today", "ThisMonth", "LastYear"), st.just([])))
            counted = ("LastXDays", "NextXDays", "OlderThanXDays")
            terms.append(_query_function(path, counted, st.lists(COUNTS, min_size=1, max_size=1)))
    return st.one_of(terms)


def _query_function(
    path: ColumnPath, names: tuple[str, ...], values: st.SearchStrategy[Any]
) -> st.SearchStrategy[Node]:
    return st.builds(QueryFunction, st.sampled_from(names), st.just(path), values.map(tuple))

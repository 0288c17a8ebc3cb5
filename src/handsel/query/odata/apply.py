"""`$apply` text: `filter(…)/groupby((a,b/c),aggregate(d with sum as total,$count as number))`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handsel.errors import BadRequest, Code
from handsel.query.odata.filter import FilterParser
from handsel.query.odata.parser import path_of
from handsel.query.odata.tokens import unexpected
from handsel.query.tree.nodes import Node
from handsel.query.tree.request import Aggregate, Function, Group

MAX_COLUMNS = 100
_Read = TypeVar("_Read")
_FUNCTIONS = {
    "sum": Function.SUM,
    "average": Function.AVERAGE,
    "min": Function.MIN,
    "max": Function.MAX,
    "countdistinct": Function.COUNT_DISTINCT,
}


@dataclass(frozen=True, slots=True)
class Applied:
    """A parsed `$apply`: filters come first, then groups and the aggregates over them."""

    filters: tuple[Node, ...]
    groups: tuple[Group, ...]
    aggregates: tuple[Aggregate, ...]


def parse_apply(text: str, parameters: Mapping[str, str] | None = None) -> Applied:
    """The steps of a `$apply`. Raises BadRequest (0x80060888), which names the offending word and its position."""
    parser = FilterParser(text, parameters)
    filters: list[Node] = []
    while parser.at("filter"):
        parser.take()
        parser.expect("(")
        filters.append(parser.expression(0))
        parser.expect(")")
        parser.expect("/")
    groups: tuple[Group, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    if parser.at("groupby"):
        parser.take()
        parser.expect("(")
        groups = _listed(parser, _group)
        if parser.at(","):
            parser.take()
            aggregates = _aggregates(parser)
        parser.expect(")")
    elif parser.at("aggregate"):
        aggregates = _aggregates(parser)
    else:
        raise unexpected(parser.token, "filter(…)/, groupby(…) or aggregate(…)")
    parser.expect_end("the end; groupby or aggregate comes last")
    return Applied(tuple(filters), groups, aggregates)


def _listed(parser: FilterParser, read: Callable[[FilterParser], _Read]) -> tuple[_Read, ...]:
    parser.expect("(")
    found = [read(parser)]
    while parser.at(","):
        parser.take()
        found.append(read(parser))
        if len(found) > MAX_COLUMNS:
            raise BadRequest(f"$apply takes at most {MAX_COLUMNS} columns.", Code.QUERY_SYNTAX)
    parser.expect(")")
    return tuple(found)


def _group(parser: FilterParser) -> Group:
    names = [token.text for token in parser.path()]
    return Group(path_of(names), "/".join(names))


def _aggregates(parser: FilterParser) -> tuple[Aggregate, ...]:
    if not parser.at("aggregate"):
        raise unexpected(parser.token, "aggregate(…)")
    parser.take()
    return _listed(parser, _aggregate)


def _aggregate(parser: FilterParser) -> Aggregate:
    if parser.at("$count"):
        parser.take()
        return Aggregate(Function.COUNT, None, _alias(parser))
    path = parser.column()
    if not parser.at("with"):
        raise unexpected(parser.token, "with")
    parser.take()
    name = parser.take()
    if name.text not in _FUNCTIONS:
        raise unexpected(name, f"one of {', '.join(_FUNCTIONS)}")
    return Aggregate(_FUNCTIONS[name.text], path, _alias(parser))


def _alias(parser: FilterParser) -> str:
    if not parser.at("as"):
        raise unexpected(parser.token, "as and a name")
    parser.take()
    name = parser.take()
    if name.kind != "name":
        raise unexpected(name, "a name")
    return name.text

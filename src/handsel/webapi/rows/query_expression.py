"""Queries of the organization service as JSON: QueryExpression and FetchExpression to a request (Web API 9).

An unknown member might narrow the query, so it is refused and not ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.json_value import Json
from handsel.query.compile.patterns import like
from handsel.query.fetchxml.elements import fetch_names
from handsel.query.fetchxml.parser import parse_fetch
from handsel.query.tree.naming import Named, alias_of
from handsel.query.tree.nodes import (
    ColumnPath,
    Comparison,
    Node,
    Not,
    Operator,
    QueryFunction,
    TextMatch,
    TextTest,
    Untyped,
    all_of,
    any_of,
)
from handsel.query.tree.operators import FUNCTIONS, check_count
from handsel.query.tree.request import Link, Request

MAX_DEPTH = 20

_COMPARISONS = {
    "Equal": Operator.EQ,
    "NotEqual": Operator.NE,
    "GreaterThan": Operator.GT,
    "GreaterEqual": Operator.GE,
    "LessThan": Operator.LT,
    "LessEqual": Operator.LE,
}
_TEXTS = {"BeginsWith": TextTest.STARTS_WITH, "EndsWith": TextTest.ENDS_WITH, "Contains": TextTest.CONTAINS}
_NOT_TEXTS = {
    "DoesNotBeginWith": TextTest.STARTS_WITH,
    "DoesNotEndWith": TextTest.ENDS_WITH,
    "DoesNotContain": TextTest.CONTAINS,
}
_NULLS = {"Null": Operator.EQ, "NotNull": Operator.NE}
_JOINS = {"Inner": (False, False), "Natural": (False, False), "LeftOuter": (True, False)} | {
    "MatchFirstRowUsingCrossApply": (False, True)
}
"""Kind of join → whether rows without a linked row stay, and whether only the first linked row is used."""

_SHOWN = "ColumnSet Columns Distinct NoLock Orders PageInfo QueryHints ForceSeek DataSource"
"""Members that change the form of the result, not its rows."""


def request_from(query: Json) -> Request:
    """The request of a QueryExpression or a FetchExpression.

    Raises InvalidArgument (0x80040203) for one that cannot be read, BadRequest for unknown tables and wrong values.
    """
    if not isinstance(query, Mapping):
        raise InvalidArgument("A query is a JSON object: a QueryExpression with EntityName and Criteria.")
    text = query.get("Query")
    if isinstance(text, str):
        _only(query, "Query", "A FetchExpression")
        with fetch_names():
            request = parse_fetch(text)
        if request.is_grouped:
            raise InvalidArgument("The FetchXML asks for groups, where rows are wanted.")
        return request
    _only(query, f"EntityName Criteria LinkEntities {_SHOWN}", "A QueryExpression")
    table = table_named(_text(query, "EntityName", "A QueryExpression")).logical_name
    links: list[Link] = []
    tables = [Named("", table, given=True)]
    _aliases(query, tables, 0)
    _links(query, "", links, tables, 0)
    return Request(table, links=tuple(links), filter=_filter(query.get("Criteria"), "", tables, 0), implied=True)


def _aliases(given: Mapping[str, Json], tables: list[Named], depth: int) -> None:
    """The aliases of all links, in the order in which the links are made."""
    if depth > MAX_DEPTH:
        raise InvalidArgument(f"LinkEntities are nested more than {MAX_DEPTH} levels deep.")
    for each in _listed(given, "LinkEntities"):
        if not isinstance(each, Mapping):
            raise InvalidArgument("Each of the LinkEntities is an object.")
        table, alias = _text(each, "LinkToEntityName", "A LinkEntity"), each.get("EntityAlias")
        tables.append(Named(str(alias or f"{table}{len(tables)}"), table, given=bool(alias)))
        _aliases(each, tables, depth + 1)


def _links(given: Mapping[str, Json], parent: str, links: list[Link], tables: Sequence[Named], depth: int) -> None:
    known = "LinkFromEntityName LinkFromAttributeName LinkToEntityName LinkToAttributeName JoinOperator EntityAlias"
    for each in _listed(given, "LinkEntities"):
        assert isinstance(each, Mapping), "_aliases refuses others"
        _only(each, f"{known} LinkCriteria LinkEntities {_SHOWN}", "A LinkEntity")
        join = each.get("JoinOperator", "Inner")
        if not isinstance(join, str) or join not in _JOINS:
            raise InvalidArgument(f"JoinOperator is one of {', '.join(_JOINS)}, not {shown(str(join))}.")
        outer, first = _JOINS[join]
        table, column, to = (
            _text(each, name, "A LinkEntity")
            for name in ("LinkToEntityName", "LinkToAttributeName", "LinkFromAttributeName")
        )
        alias = tables[len(links) + 1].alias
        found = _filter(each.get("LinkCriteria"), alias, tables, 0)
        links.append(Link(table, column, ColumnPath(to, source=parent), alias, outer, found, first))
        _links(each, alias, links, tables, depth + 1)


def _filter(given: Json, source: str, tables: Sequence[Named], depth: int) -> Node | None:
    """The term of a FilterExpression; None if it is empty."""
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise InvalidArgument("Criteria must be an object with Conditions and Filters.")
    if depth > MAX_DEPTH:
        raise InvalidArgument(f"Criteria are nested more than {MAX_DEPTH} levels deep.")
    _only(given, "FilterOperator Conditions Filters IsQuickFindFilter FilterHint", "A FilterExpression")
    operator = given.get("FilterOperator", "And")
    if operator not in ("And", "Or"):
        raise InvalidArgument(f"FilterOperator is And or Or, not {shown(str(operator))}.")
    terms = [_condition(each, source, tables) for each in _listed(given, "Conditions")]
    inner = (_filter(each, source, tables, depth + 1) for each in _listed(given, "Filters"))
    terms += [term for term in inner if term is not None]
    if not terms:
        return None
    return any_of(terms) if operator == "Or" else all_of(terms)


def _condition(given: Json, source: str, tables: Sequence[Named]) -> Node:
    if not isinstance(given, Mapping):
        raise InvalidArgument("Each of Conditions must be an object with AttributeName, Operator and Values.")
    _only(given, "EntityName AttributeName Operator Values", "A ConditionExpression")
    name = _text(given, "Operator", "A ConditionExpression")
    entity = given.get("EntityName")
    alias = alias_of(str(entity), source, (), tables) if entity else source
    column = ColumnPath(_text(given, "AttributeName", "A ConditionExpression"), source=alias)
    values = [_value(each, column) for each in _listed(given, "Values")]
    if name in _NULLS:
        _counted(name, values, 0)
        return Comparison(column, _NULLS[name], None)
    if name in _COMPARISONS:
        return Comparison(column, _COMPARISONS[name], _counted(name, values, 1)[0])
    if name in ("Like", "NotLike"):
        found = like(column, _counted(name, values, 1)[0])
        return found if name == "Like" else Not(found)
    if name in _TEXTS or name in _NOT_TEXTS:
        match = TextMatch({**_TEXTS, **_NOT_TEXTS}[name], column, _counted(name, values, 1)[0])
        return match if name in _TEXTS else Not(match)
    if name not in FUNCTIONS:
        raise InvalidArgument(f"There is no condition operator '{shown(name)}'. Write it like Equal, In or LastXDays.")
    check_count(name, f"The operator {name} of {column}", len(values))
    return QueryFunction(name, column, tuple(values))


def _value(given: Json, column: ColumnPath) -> Untyped:
    """A value, bare or as `{"Value": …, "Type": "System.Guid"}`: it is converted to the type of its column."""
    value = given.get("Value") if isinstance(given, Mapping) else given
    if value is None or isinstance(value, (Mapping, list)):
        raise InvalidArgument(f"A value for {column} is a text, a number, true or false.")
    return Untyped(str(value).lower() if isinstance(value, bool) else str(value))


def _counted(name: str, values: Sequence[Untyped], count: int) -> Sequence[Untyped]:
    if len(values) != count:
        raise InvalidArgument(f"The operator {name} takes {count or 'no'} value, and was given {len(values)}.")
    return values


def _listed(given: Mapping[str, Json], name: str) -> list[Json]:
    found = given.get(name) or []
    if not isinstance(found, list):
        raise InvalidArgument(f"{name} is a list.")
    return found


def _text(given: Mapping[str, Json], name: str, what: str) -> str:
    found = given.get(name)
    if not isinstance(found, str) or not found:
        raise InvalidArgument(f"{what} needs {name}.")
    return found


def _only(given: Mapping[str, Json], known: str, what: str) -> None:
    for name, value in given.items():
        if "@" not in name and name not in known.split() and value not in (None, [], ""):
            raise InvalidArgument(f"{what} cannot have {shown(name)} here. It takes {', '.join(known.split())}.")

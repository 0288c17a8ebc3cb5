"""BulkDelete: rows named by criteria, deleted page by page; a row that may not go stays (Web API 9)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.engine.crud.messages import Delete
from handsel.engine.errors import BadRequest, InvalidArgument
from handsel.engine.execute import execute_many
from handsel.engine.values import table_named
from handsel.query import select
from handsel.query.tree import ColumnPath, Comparison, Node, Not, OneOf, Operator, all_of, any_of
from handsel.tables.info import TableInfo
from handsel.tables.keys import new_key
from handsel.webapi.answer import Answer
from handsel.webapi.call import Call
from handsel.webapi.connect import response
from handsel.webapi.errors import shown

PAGE = 200
MAX_DEPTH = 20

_OPERATORS = {
    "Equal": Operator.EQ,
    "NotEqual": Operator.NE,
    "GreaterThan": Operator.GT,
    "GreaterEqual": Operator.GE,
    "LessThan": Operator.LT,
    "LessEqual": Operator.LE,
    "OnOrAfter": Operator.GE,
    "OnOrBefore": Operator.LE,
}


def bulk_delete(call: Call, parameters: Mapping[str, Any]) -> Answer:
    """Delete what the query set names, at once; the job's id is that of work already done."""
    queries = parameters.get("QuerySet")
    if not isinstance(queries, list) or not queries:
        raise InvalidArgument("BulkDelete needs QuerySet, a list of at least one query.")
    wanted = [_question(call, query) for query in queries]
    for table, node in wanted:
        _delete(call, table, node)
    return response(call, "BulkDelete", {"JobId": new_key()})


def _delete(call: Call, table: str, node: Node) -> None:
    after: UUID | None = None
    while page := select.keys(table, filter=node, after=after, limit=PAGE):
        execute_many(call.context, [Delete(table, id) for id in page], on_refusal="collect")
        after = page[-1]


def _question(call: Call, query: Any) -> tuple[str, Node]:
    if not isinstance(query, Mapping) or not isinstance(query.get("EntityName"), str):
        raise InvalidArgument("Each query of a QuerySet needs an EntityName.")
    info = call.info(table_named(query["EntityName"]).logical_name)
    criteria = query.get("Criteria")
    node = _filter(info, criteria, 0) if isinstance(criteria, Mapping) else None
    if node is None:
        raise InvalidArgument(f"A BulkDelete of {info.entity_set} needs Criteria with at least one condition.")
    return info.logical_name, node


def _filter(info: TableInfo, given: Mapping[str, Any], depth: int) -> Node | None:
    if depth > MAX_DEPTH:
        raise InvalidArgument(f"Criteria are nested more than {MAX_DEPTH} levels deep.")
    terms = [_condition(info, each) for each in _listed(given, "Conditions")]
    for inner in _listed(given, "Filters"):
        node = _filter(info, inner, depth + 1) if isinstance(inner, Mapping) else None
        if node is not None:
            terms.append(node)
    if not terms:
        return None
    return any_of(terms) if given.get("FilterOperator") == "Or" else all_of(terms)


def _listed(given: Mapping[str, Any], name: str) -> list[Any]:
    found = given.get(name) or []
    if not isinstance(found, list):
        raise InvalidArgument(f"{name} must be a list.")
    return found


def _condition(info: TableInfo, given: Any) -> Node:
    if not isinstance(given, Mapping) or not isinstance(given.get("AttributeName"), str):
        raise InvalidArgument("Each condition needs an AttributeName.")
    name, operator = given["AttributeName"], given.get("Operator")
    path = ColumnPath(name)
    if operator in ("Null", "NotNull"):
        return Comparison(path, Operator.EQ if operator == "Null" else Operator.NE, None)
    values = tuple(_value(info, name, each) for each in _listed(given, "Values"))
    if operator == "In":
        return OneOf(path, values)
    if operator == "NotIn":
        return Not(OneOf(path, values))
    if operator not in _OPERATORS or len(values) != 1:
        raise InvalidArgument(f"BulkDelete knows no condition {shown(str(operator))} with {len(values)} values.")
    return Comparison(path, _OPERATORS[operator], values[0])


def _value(info: TableInfo, name: str, given: Any) -> Any:
    """A value of a condition, as a literal of the query tree."""
    value = given.get("Value") if isinstance(given, Mapping) else given
    column = info.columns.get(name)
    if isinstance(value, str) and column is not None and (column.targets or column.kind == "Uniqueidentifier"):
        try:
            return UUID(value)
        except ValueError:
            raise BadRequest(f"'{shown(value)}' is no id for {name}.") from None
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value

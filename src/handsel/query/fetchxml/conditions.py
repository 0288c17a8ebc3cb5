"""`<filter>` and `<condition>` to terms. Values have no type here; each is converted to the type of its column."""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import Element

from handsel.query.compile.patterns import like
from handsel.query.fetchxml.elements import needed, only, refused
from handsel.query.tree.limits import MAX_DEPTH
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
from handsel.query.tree.operators import check_count, fetch_functions


class Surroundings(Protocol):
    """What a filter must know of the query around it."""

    def exists(self, element: Element, parent: str, depth: int) -> Node:
        """A link that only asks whether there are rows."""

    def named(self, name: str, own: str) -> str:
        """The alias of the table that an `entityname` means, where `own` is the alias of the element's own table."""


_OPERATORS = {operator.value: operator for operator in Operator} | {"neq": Operator.NE}
_TEXTS = {"begins-with": TextTest.STARTS_WITH, "ends-with": TextTest.ENDS_WITH}
_NOT_TEXTS = {"not-begin-with": TextTest.STARTS_WITH, "not-end-with": TextTest.ENDS_WITH}
_NULLS = {"null": Operator.EQ, "not-null": Operator.NE}


def filter_of(element: Element, source: str, around: Surroundings, depth: int = 0) -> list[Node]:
    """The term of a filter; none for an empty one. `source` is the table that its columns belong to."""
    if depth > MAX_DEPTH:
        raise refused(f"its filters are nested more than {MAX_DEPTH} levels deep")
    only(
        element,
        "type isquickfindfields overridequickfindrecordlimitenabled overridequickfindrecordlimitdisabled hint",
        "condition filter link-entity",
    )
    kind = element.get("type", "and")
    if kind not in ("and", "or"):
        raise refused(f"the type of a filter is and or or, not '{kind[:40]}'")
    terms: list[Node] = []
    for child in element:
        if child.tag == "condition":
            terms.append(_condition(child, source, around))
        elif child.tag == "filter":
            terms.extend(filter_of(child, source, around, depth + 1))
        else:
            terms.append(around.exists(child, source, depth + 1))
    if not terms:
        return []
    return [all_of(terms) if kind == "and" else any_of(terms)]


def _condition(element: Element, source: str, around: Surroundings) -> Node:
    only(element, "attribute operator value valueof entityname alias uiname uitype uihidden column", "value")
    name = needed(element, "operator").lower()
    entity = element.get("entityname")
    owner = around.named(entity, source) if entity else source
    column = ColumnPath(needed(element, "attribute"), source=owner)
    values = [Untyped(child.text or "") for child in element]
    if "value" in element.keys():  # noqa: SIM118  an element is no mapping
        values.insert(0, Untyped(element.get("value", "")))
    if name in _NULLS:
        return Comparison(column, _NULLS[name], None)
    if name in _OPERATORS:
        return Comparison(column, _OPERATORS[name], _operand(element, owner, name, values, around))
    if name in ("like", "not-like", *_TEXTS, *_NOT_TEXTS):
        return _text(column, name, _one(name, values))
    function = fetch_functions().get(name)
    if function is None:
        raise refused(f"there is no operator '{name[:40]}'")
    if function in ("In", "NotIn") and len(values) == 1 and "," in values[0]:
        values = [Untyped(part.strip()) for part in values[0].split(",")]
    if not values and function in ("In", "NotIn"):
        raise refused(f"operator {name} of {column} has no value")
    check_count(function, f"The operator {name} of {column}", len(values))
    return QueryFunction(function, column, tuple(values))


def _operand(
    element: Element, source: str, name: str, values: list[Untyped], around: Surroundings
) -> Untyped | ColumnPath:
    other = element.get("valueof")
    if other is None:
        return _one(name, values)
    alias, dot, column = other.rpartition(".")
    return ColumnPath(column, source=around.named(alias, source) if dot else source)


def _one(name: str, values: list[Untyped]) -> Untyped:
    if len(values) != 1:
        raise refused(f"operator {name} takes one value, and was given {len(values)}")
    return values[0]


def _text(column: ColumnPath, name: str, value: str) -> Node:
    if name == "like":
        return like(column, value)
    if name == "not-like":
        return Not(like(column, value))
    if name in _TEXTS:
        return TextMatch(_TEXTS[name], column, value)
    return Not(TextMatch(_NOT_TEXTS[name], column, value))

"""FetchXML to a request (Web API 6): fetch, entity, attribute, order, filter, link-entity, aggregates and paging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from handsel.query.fetchxml.conditions import filter_of
from handsel.query.fetchxml.elements import flag, needed, only, refused, whole
from handsel.query.fetchxml.links import ALL as EVERY
from handsel.query.fetchxml.links import (
    EXISTS,
    FIRST,
    INNER,
    NONE,
    OUTER,
    joined,
    kind_of,
    named_links,
    tie,
    unknown_kind,
)
from handsel.query.tree.limits import MAX_DEPTH
from handsel.query.tree.naming import Named, alias_of
from handsel.query.tree.nodes import ColumnPath, Exists, Linked, Node, Not, Order, all_of
from handsel.query.tree.request import ALL, Aggregate, DatePart, Function, Group, Link, Output, Request

MAX_SIZE = 1_000_000
MAX_COLUMNS = 1_000
_FETCH = (
    "top count page paging-cookie distinct aggregate returntotalrecordcount version mapping output-format "
    "no-lock useraworderby latematerialize aggregatelimit options datasource userqueryhints min-active-row-version"
)
_PARTS = {part.value: part for part in DatePart}
_FUNCTIONS: dict[str, Function] = {each.value: each for each in Function if each is not Function.COUNT_DISTINCT}


def parse_fetch(text: str) -> Request:
    """The request that a FetchXML text stands for.

    Raises BadRequest: 0x80060888 for what cannot be read; unknown tables and columns are found when it runs.
    """
    if len(text) > MAX_SIZE:
        raise refused(f"FetchXML can have at most {MAX_SIZE:,} characters")
    try:
        root: Element = fromstring(text)
    except DefusedXmlException as error:
        raise refused("it declares a document type or entities, which FetchXML has none of; leave them out") from error
    except (ParseError, ValueError) as error:
        raise refused(f"the text is not well-formed XML: {error}") from error
    if root.tag != "fetch":
        raise refused(f"it starts with <{root.tag}> where <fetch> should stand")
    only(root, _FETCH, "entity order")
    entities = [child for child in root if child.tag == "entity"]
    if len(entities) != 1:
        raise refused("<fetch> holds one <entity>")
    entity = entities[0]
    only(entity, "name", "attribute all-attributes no-attrs order filter link-entity")
    distinct = flag(root, "distinct")
    reading = _Reading(flag(root, "aggregate"), distinct, named_links(entity))
    reading.tables = [Named("", needed(entity, "name"), given=True), *joined(entity, reading.named_links)]
    reading.read(entity, "", 0)
    token = root.get("paging-cookie") or None
    page = whole(root, "page", 1)
    if "top" in root.attrib and (page > 1 or token):
        raise refused("top goes with neither page nor paging-cookie")
    return Request(
        needed(entity, "name"),
        reading.outputs(),
        tuple(reading.links),
        all_of(reading.filters) if reading.filters else None,
        tuple(reading.orders),
        top=whole(root, "top", 0) if "top" in root.attrib else None,
        page_size=whole(root, "count", 0) or None,
        page=max(page, 1),
        token=token if page > 1 else None,
        count=flag(root, "returntotalrecordcount"),
        distinct=distinct and not reading.aggregate,
        groups=tuple(reading.groups),
        aggregates=tuple(reading.aggregates),
        implied=True,
    )


@dataclass
class _Reading:
    """The parts of a request, collected from the elements of a fetch."""

    aggregate: bool
    distinct: bool
    named_links: Mapping[Element, Named]
    tables: list[Named] = field(default_factory=list)
    """The table asked, and those joined to it."""
    near: list[Named] = field(default_factory=list)
    """The links around the current element that only ask whether there are rows, from the outside in."""
    columns: list[Output] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    filters: list[Node] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    aggregates: list[Aggregate] = field(default_factory=list)

    def outputs(self) -> tuple[Output, ...] | None:
        """The requested columns; without any, all of the table (in an aggregate: none)."""
        if self.aggregate:
            return ()
        if len(self.columns) > MAX_COLUMNS:
            raise refused(f"a query can ask for at most {MAX_COLUMNS:,} columns")
        if any(not output.path.source for output in self.columns) or (self.distinct and self.columns):
            return tuple(self.columns)
        return (Output(ColumnPath(ALL), ALL), *self.columns) if self.columns else None

    def read(self, element: Element, source: str, depth: int) -> None:
        """The children of an entity or a link, except the filter of a link."""
        if depth > MAX_DEPTH:
            raise refused(f"it is nested more than {MAX_DEPTH} levels deep")
        for child in element:
            match child.tag:
                case "attribute":
                    self._attribute(child, source)
                case "all-attributes" if not self.aggregate:
                    self.columns.append(Output(ColumnPath(ALL, source=source), f"{source}.{ALL}" if source else ALL))
                case "order":
                    self._order(child, source)
                case "filter" if not source:
                    self.filters.extend(filter_of(child, source, self))
                case "link-entity":
                    self._link(child, source, depth + 1)

    def _attribute(self, element: Element, source: str) -> None:
        only(element, "name alias aggregate groupby dategrouping distinct usertimezone rowaggregate")
        path = ColumnPath(needed(element, "name"), source=source)
        alias = element.get("alias")
        if not self.aggregate:
            self.columns.append(Output(path, alias or (f"{source}.{path.column}" if source else path.column)))
            return
        if alias is None:
            raise refused(f"attribute {path.column} lacks its alias, which every attribute of an aggregate needs")
        if flag(element, "groupby"):
            part = element.get("dategrouping")
            if part is not None and part not in _PARTS:
                raise refused(f"dategrouping is one of {', '.join(_PARTS)}, not '{part}'")
            self.groups.append(Group(path, alias, _PARTS[part] if part else None))
            return
        function = _FUNCTIONS.get(element.get("aggregate", ""))
        if function is None:
            raise refused(
                f"attribute {path.column} of an aggregate has groupby, or aggregate with one of {', '.join(_FUNCTIONS)}"
            )
        if function is Function.COUNT_COLUMN and flag(element, "distinct"):
            function = Function.COUNT_DISTINCT
        self.aggregates.append(Aggregate(function, None if function is Function.COUNT else path, alias))

    def _order(self, element: Element, source: str) -> None:
        only(element, "attribute alias descending entityname")
        alias, name = element.get("alias"), element.get("attribute")
        entity = element.get("entityname")
        source = self.named(entity, source) if entity else source
        descending = flag(element, "descending")
        if self.aggregate:
            self.orders.append(Order(ColumnPath(alias or name or needed(element, "alias")), descending))
            return
        if name is None:
            named = [output.path for output in self.columns if output.name == alias]
            if not named:
                raise refused("an <order> names an attribute, or the alias of one")
            self.orders.append(Order(named[0], descending))
            return
        self.orders.append(Order(ColumnPath(name, source=source), descending))

    def _link(self, element: Element, parent: str, depth: int) -> None:
        kind = kind_of(element)
        if kind in (*EXISTS, *NONE, *EVERY):
            self.filters.append(self.exists(element, parent, depth))
            return
        if kind not in (*OUTER, *INNER):
            raise unknown_kind(kind)
        alias = self.named_links[element].alias
        terms = [term for child in element if child.tag == "filter" for term in filter_of(child, alias, self)]
        table, column, to = tie(element, parent)
        found = all_of(terms) if terms else None
        self.links.append(Link(table, column, to, alias, kind in OUTER, found, first=kind == FIRST))
        self.read(element, alias, depth)

    def exists(self, element: Element, parent: str, depth: int) -> Node:
        """A link that only asks whether there are rows: `exists`, `in`, `any`, `not any`, `all`, `not all`."""
        if depth > MAX_DEPTH:
            raise refused(f"it is nested more than {MAX_DEPTH} levels deep")
        kind, link = kind_of(element), self.named_links[element]
        terms: list[Node] = []
        self.near.append(link)
        for child in element:
            if child.tag == "filter":
                terms.extend(filter_of(child, link.alias, self, depth + 1))
            elif child.tag == "link-entity" and kind_of(child) not in OUTER:
                terms.append(self.exists(child, link.alias, depth + 1))
        self.near.pop()
        table, column, to = tie(element, parent)
        found = Exists(Linked(table, column, to), link.alias, all_of(terms) if terms else None)
        if kind in NONE:
            return Not(found)
        if kind in EVERY:
            return all_of([Exists(Linked(table, column, to), link.alias), Not(found)])
        if kind not in (*EXISTS, *INNER):
            raise unknown_kind(kind)
        return found

    def named(self, name: str, own: str) -> str:
        """The alias of the table that an `entityname` means."""
        return alias_of(name, own, self.near, self.tables)

"""The types of links in FetchXML, and the columns that a link joins."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from handsel.errors import BadRequest, Code
from handsel.query.fetchxml.elements import needed, only
from handsel.query.tree.naming import Named
from handsel.query.tree.nodes import ColumnPath

FIRST = "matchfirstrowusingcrossapply"
OUTER, INNER = ("outer",), ("inner", "natural", FIRST)
EXISTS, NONE, ALL = ("exists", "in", "any", "not all"), ("not any",), ("all",)
"""Types that only ask whether there are rows. As documented, `all` wants rows of which none fulfils the filters, and
`not all` is another word for `any`."""


def tie(element: Element, parent: str) -> tuple[str, str, ColumnPath]:
    """The table of a link, its column, and the column above that it equals; columns that are not given are empty."""
    only(
        element,
        "name from to alias link-type visible intersect enableprefiltering prefilterparametername",
        "attribute all-attributes no-attrs order filter link-entity",
    )
    return needed(element, "name"), element.get("from", ""), ColumnPath(element.get("to", ""), source=parent)


def named_links(entity: Element) -> dict[Element, Named]:
    """Every link below an entity, in the order of the text, with its alias; one that is not given is numbered."""
    found: dict[Element, Named] = {}
    left = list(reversed(entity))
    while left:
        element = left.pop()
        if element.tag == "link-entity":
            table, alias = needed(element, "name"), element.get("alias")
            found[element] = Named(alias or f"{table}{len(found) + 1}", table, given=bool(alias))
        left.extend(reversed(element))
    return found


def joined(entity: Element, links: Mapping[Element, Named]) -> list[Named]:
    """The links whose tables are joined to that of the entity: those that are inside no other kind of link."""
    found: list[Named] = []
    left = list(reversed(entity))
    while left:
        element = left.pop()
        if element.tag == "link-entity" and kind_of(element) in (*INNER, *OUTER):
            found.append(links[element])
            left.extend(reversed(element))
    return found


def kind_of(element: Element) -> str:
    """The type of a link; the default is inner."""
    return element.get("link-type", "inner").lower()


def unknown_kind(kind: str) -> BadRequest:
    """The error for another type."""
    known = ", ".join((*INNER, *OUTER, *EXISTS, *NONE, *ALL))
    return BadRequest(f"FetchXML: link-type is one of {known}, not '{kind}'.", Code.QUERY_SYNTAX)

"""The types of links in FetchXML, and the columns that a link joins."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from handsel.errors import BadRequest, Code
from handsel.query.fetchxml.elements import needed, only
from handsel.query.tree.nodes import ColumnPath

FIRST = "matchfirstrowusingcrossapply"
OUTER, INNER = ("outer",), ("inner", "natural", FIRST)
EXISTS, NONE, ALL = ("exists", "in", "any", "not all"), ("not any",), ("all",)
"""Types that only ask whether there are rows. As documented, `all` wants rows of which none fulfils the filters, and
`not all` is another word for `any`."""


def tie(element: Element, parent: str) -> tuple[str, str, ColumnPath]:
    """The table of a link, its column, and the column above that it equals."""
    only(
        element,
        "name from to alias link-type visible intersect enableprefiltering prefilterparametername",
        "attribute all-attributes no-attrs order filter link-entity",
    )
    return needed(element, "name"), needed(element, "from"), ColumnPath(needed(element, "to"), source=parent)


def kind_of(element: Element) -> str:
    """The type of a link; the default is inner."""
    return element.get("link-type", "inner").lower()


def unknown_kind(kind: str) -> BadRequest:
    """The error for another type."""
    known = ", ".join((*INNER, *OUTER, *EXISTS, *NONE, *ALL))
    return BadRequest(f"FetchXML: link-type is one of {known}, not '{kind}'.", Code.QUERY_SYNTAX)

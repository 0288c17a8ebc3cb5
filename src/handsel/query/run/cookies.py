"""The paging cookie: where a page ended, as Dataverse writes it and clients pass it on unread (Web API 6).

Outer cookie: `<cookie pagenumber="2" pagingcookie="…" istracking="False" />`, with the inner one percent-encoded twice:
`<cookie page="1"><name last="Z" first="A" /><accountid last="{…}" first="{…}" /></cookie>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from handsel.errors import BadRequest, Code

MAX_PAGES = 1_000_000_000
_ESCAPE = re.compile("%[0-9A-F]{2}")
_NO_NAME = re.compile(r"[^\w.-]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Edge:
    """A sort key of a page: its value in the first and in the last row, None for null."""

    name: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Cookie:
    """A parsed cookie: the number of the next page, and the values of the sort keys where the page before ended."""

    page: int
    last: tuple[str | None, ...]


def cookie_after(page: int, edges: Sequence[Edge]) -> str:
    """The cookie that page number `page` ends with. Without edges it carries the number alone."""
    inner = Element("cookie", {"page": str(page)})
    values = [value for edge in edges for value in (edge.first, edge.last) if value is not None]
    if not any(_NO_XML.search(value) for value in values):
        for edge in edges:
            child = SubElement(inner, _NO_NAME.sub("_", edge.name))
            for name, value in (("last", edge.last), ("first", edge.first)):
                child.set(*((f"{name}null", "1") if value is None else (name, value)))
    twice = _encoded(_encoded(tostring(inner, encoding="unicode")))
    return f'<cookie pagenumber="{page + 1}" pagingcookie={quoteattr(twice)} istracking="False" />'


def read_cookie(text: str) -> Cookie:
    """Parse a cookie: the outer or the inner one, encoded or not. Raises BadRequest (0x80060888)."""
    for _ in range(3):
        if text.lstrip().startswith("<"):
            break
        text = unquote(text)
    root = _element(text)
    if root.get("pagenumber") is None and root.get("page") is None:
        raise _bad()
    page = _number(root.get("pagenumber"), 0)
    if "pagingcookie" in root.keys():  # noqa: SIM118  an element is no mapping
        root = _element(unquote(unquote(root.get("pagingcookie", ""))))
    return Cookie(page or _number(root.get("page"), 0) + 1, tuple(child.get("last") for child in root))


def _encoded(text: str) -> str:
    return _ESCAPE.sub(lambda match: match.group().lower(), quote(text, safe=""))


def _element(text: str) -> Element:
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _bad() from error
    if root.tag != "cookie":
        raise _bad()
    return root


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= MAX_PAGES):
        raise _bad()
    return int(text)


def _bad() -> BadRequest:
    return BadRequest(
        "The paging cookie cannot be read. Send it back as it came, with the page after the one it came with.",
        Code.QUERY_SYNTAX,
    )

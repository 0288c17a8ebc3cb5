"""The attributes and elements that an element of FetchXML may hold, and attributes as values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from handsel.errors import BadRequest, Code
from handsel.query.compile.paths import UnknownName


def refused(why: str) -> BadRequest:
    """The error for FetchXML that cannot be read."""
    return BadRequest(f"The FetchXML cannot be read: {why}.", Code.QUERY_SYNTAX)


@contextmanager
def fetch_names() -> Iterator[None]:
    """Unknown names in FetchXML have other error codes than elsewhere (Web API 11): 0x80041103 for a column."""
    try:
        yield
    except UnknownName as error:
        raise BadRequest(error.message, Code.UNKNOWN_ATTRIBUTE, **error.details) from error


def only(element: Element, attributes: str, children: str = "") -> None:
    """Refuse attributes and elements other than these, given in one text each. Comments are no elements here."""
    known, below = attributes.split(), children.split()
    for name in element.keys():  # noqa: SIM118  an element is no mapping
        if name not in known:
            raise refused(f"<{element.tag}> has no attribute '{name}'; known are {', '.join(known)}")
    for child in element:
        if child.tag not in below:
            raise refused(f"<{child.tag}> cannot stand in <{element.tag}>")


def needed(element: Element, name: str) -> str:
    """A required attribute."""
    value = element.get(name)
    if not value:
        raise refused(f"<{element.tag}> lacks its attribute '{name}'")
    return value


def flag(element: Element, name: str) -> bool:
    """An attribute that is true or false, false where it is absent."""
    value = element.get(name, "false").lower()
    if value not in ("true", "false", "1", "0"):
        raise refused(f"{name} is true or false, not '{value[:40]}'")
    return value in ("true", "1")


def whole(element: Element, name: str, otherwise: int) -> int:
    """An attribute that is a whole number."""
    value = element.get(name)
    if value is None:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise refused(f"{name} is a whole number, not '{value[:40]}'")
    return int(value)

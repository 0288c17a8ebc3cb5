"""Functions to write CSDL."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from handsel.webapi.metadata.names import ALIAS

Element: TypeAlias = "etree._Element"

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"

_OUR_TYPE = re.compile(r"(?<![\w.])(?!Edm\.|Collection\()(\w+)")


def element(parent: Element, tag: str, **attributes: str) -> Element:
    """A child in the namespace of CSDL."""
    return etree.SubElement(parent, f"{{{EDM}}}{tag}", attributes)


def qualified(type: str) -> str:
    """A declared type with the namespace's alias: `Collection(quote)` → `Collection(mscrm.quote)`."""
    if "Edm." in type:
        return type
    return _OUR_TYPE.sub(rf"{ALIAS}.\1", type)

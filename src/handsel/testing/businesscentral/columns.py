"""What the API says of each property: its type, its length, its words, and whether callers may write it."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, TypeAlias, get_type_hints

import msgspec

Value: TypeAlias = str | bool | int | Decimal
"""What a property holds: ids, dates and moments are texts, amounts and quantities decimals."""

NO_ID = "00000000-0000-0000-0000-000000000000"
NO_DATE = "0001-01-01"
"""What the API writes where there is no id and no date (erp 8.9)."""


class Kind(enum.Enum):
    """A type of values, by its name in the API."""

    TEXT = "Edm.String"
    CODE = "Edm.String, in capitals"
    CHOICE = "Edm.Enum"
    GUID = "Edm.Guid"
    DATE = "Edm.Date"
    MOMENT = "Edm.DateTimeOffset"
    NUMBER = "Edm.Decimal"
    INTEGER = "Edm.Int32"
    FLAG = "Edm.Boolean"


@dataclass(frozen=True)
class Column:
    """How a property is declared."""

    kind: Kind
    longest: int = 0
    """Most characters of a text; 0 for no limit."""
    choices: tuple[str, ...] = ()
    read_only: bool = False


@dataclass(frozen=True)
class Property:
    """A property of a resource: its name in the API, its name here, its declaration."""

    name: str
    attribute: str
    column: Column


def choice(*texts: str, read_only: bool = False) -> Column:
    """One of some words, as the API writes them."""
    return Column(Kind.CHOICE, choices=tuple(map(encoded, texts)), read_only=read_only)


def encoded(text: str) -> str:
    """A word of a list as the API writes it: a blank as `_x0020_`, and so all but letters and digits (erp 8.9)."""
    return re.sub(r"[^A-Za-z0-9_]", lambda found: f"_x{ord(found.group()):04X}_", text or " ")


Id = Annotated[str, Column(Kind.GUID)]
ReadId = Annotated[str, Column(Kind.GUID, read_only=True)]
Code10 = Annotated[str, Column(Kind.CODE, 10)]
Code20 = Annotated[str, Column(Kind.CODE, 20)]
ReadCode = Annotated[str, Column(Kind.CODE, 20, read_only=True)]
Text20 = Annotated[str, Column(Kind.TEXT, 20)]
Text30 = Annotated[str, Column(Kind.TEXT, 30)]
Text35 = Annotated[str, Column(Kind.TEXT, 35)]
Text50 = Annotated[str, Column(Kind.TEXT, 50)]
Text100 = Annotated[str, Column(Kind.TEXT, 100)]
ReadText = Annotated[str, Column(Kind.TEXT, 100, read_only=True)]
Day = Annotated[str, Column(Kind.DATE)]
Moment = Annotated[str, Column(Kind.MOMENT, read_only=True)]
Number = Annotated[Decimal, Column(Kind.NUMBER)]
ReadNumber = Annotated[Decimal, Column(Kind.NUMBER, read_only=True)]
Whole = Annotated[int, Column(Kind.INTEGER)]
Flag = Annotated[bool, Column(Kind.FLAG)]
ReadFlag = Annotated[bool, Column(Kind.FLAG, read_only=True)]


@cache
def properties(resource: type[msgspec.Struct]) -> Mapping[str, Property]:
    """The properties of a resource by their names in the API. Undeclared fields are none."""
    hints = get_type_hints(resource, include_extras=True)
    found: dict[str, Property] = {}
    for part in msgspec.structs.fields(resource):
        declared = getattr(hints[part.name], "__metadata__", ())
        if declared:
            found[part.encode_name] = Property(part.encode_name, part.name, declared[0])
    return found

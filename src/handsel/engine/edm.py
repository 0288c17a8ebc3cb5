"""The types that the Web API declares for parameters and results of messages, derived from Python's types."""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.column_set import ColumnSet

ROW = "crmbaseentity"
"""A row of any table."""


@dataclass(frozen=True, slots=True, eq=False)
class ComplexType:
    """A structure that is no row of a table. An open one holds more than it declares."""

    name: str
    properties: Mapping[str, Type] = field(default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """An enumeration whose members can be combined: `"ReadAccess, WriteAccess"`. Each has its bit."""

    name: str
    members: Mapping[str, int]


Structure = ComplexType | Flags | type[enum.Enum]
"""A type that `$metadata` declares for operations."""


@dataclass(frozen=True, slots=True)
class Many:
    """A collection: `Many("quote")` is a list of quotes."""

    of: Type


Type = str | type[Any] | types.GenericAlias | ComplexType | Flags | Many
"""A type as a declaration states it: the logical name of a table, `ROW`, an `Edm.…` name, or a Python type.

Python types are those of `_PRIMITIVE`, an enumeration, `ColumnSet`, and lists of them.
"""

COLUMN_SET = ComplexType("ColumnSet", {"AllColumns": bool, "Columns": list[str]})

_PRIMITIVE: Mapping[Any, str] = {
    UUID: "Edm.Guid",
    int: "Edm.Int32",
    str: "Edm.String",
    bool: "Edm.Boolean",
    Decimal: "Edm.Decimal",
    datetime: "Edm.DateTimeOffset",
    Reference: ROW,
}
_EDM_NAMES = frozenset((*_PRIMITIVE.values(), "Edm.Int64"))


def edm_name(stated: Type) -> str | None:
    """The name of a type in `$metadata`: `Edm.Guid`, `Collection(quote)`; None for a type without one."""
    match _described(stated):
        case str(name):
            return name
        case ComplexType(name=name) | Flags(name=name):
            return name
        case Many(of=of):
            inner = edm_name(of)
            return None if inner is None else f"Collection({inner})"
        case type() as members if issubclass(members, enum.Enum):
            return members.__name__
        case primitive:
            return _PRIMITIVE.get(primitive)


def structures(stated: Type) -> Iterator[Structure]:
    """The structures and enumerations that a type needs declared: itself, and those its properties need."""
    match _described(stated):
        case ComplexType(properties=properties) as found:
            yield found
            for each in properties.values():
                yield from structures(each)
        case Flags() as found:
            yield found
        case Many(of=of):
            yield from structures(of)
        case type() as members if issubclass(members, enum.Enum):
            yield members


def is_table_name(stated: str) -> bool:
    """Whether a type stated as text names a table."""
    return stated != ROW and stated not in _EDM_NAMES


def names_rows(stated: Type) -> bool:
    """Whether a type stands for a row, or rows, of one table or of any."""
    match _described(stated):
        case str(name):
            return name == ROW or is_table_name(name)
        case Many(of=of):
            return names_rows(of)
    return False


def tables(stated: Type) -> Iterator[str]:
    """The tables that a type names."""
    match _described(stated):
        case str(name) if is_table_name(name):
            yield name
        case ComplexType(properties=properties):
            for each in properties.values():
                yield from tables(each)
        case Many(of=of):
            yield from tables(of)


def _described(stated: Any) -> Any:
    """A type in which lists and column sets are replaced by their structures."""
    if stated is ColumnSet:
        return COLUMN_SET
    origin = typing.get_origin(stated)
    if isinstance(origin, type) and issubclass(origin, Sequence) and typing.get_args(stated):
        return Many(typing.get_args(stated)[0])
    return stated

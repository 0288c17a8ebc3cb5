"""How the values of a column compare, whatever kind of column it is."""

from __future__ import annotations

import enum

from handsel.errors import BadRequest, Code
from handsel.tables.exact import ScaledIntegerField
from handsel.tables.info import ColumnInfo


class Family(enum.Enum):
    """How the values of a column compare."""

    TEXT = enum.auto()
    WHOLE = enum.auto()
    SCALED = enum.auto()
    """Decimals that SQLite holds as scaled integers."""
    DIGITS = enum.auto()
    """Decimals that SQLite holds as text: exchange rates, custom columns."""
    FLOAT = enum.auto()
    BOOLEAN = enum.auto()
    MOMENT = enum.auto()
    DATE = enum.auto()
    ID = enum.auto()


_FAMILIES = {
    "String": Family.TEXT,
    "Memo": Family.TEXT,
    "EntityName": Family.TEXT,
    "Integer": Family.WHOLE,
    "BigInt": Family.WHOLE,
    "Picklist": Family.WHOLE,
    "State": Family.WHOLE,
    "Status": Family.WHOLE,
    "Decimal": Family.DIGITS,
    "Money": Family.DIGITS,
    "Double": Family.FLOAT,
    "Boolean": Family.BOOLEAN,
    "DateTime": Family.MOMENT,
    "Uniqueidentifier": Family.ID,
    "Lookup": Family.ID,
    "Owner": Family.ID,
    "Customer": Family.ID,
}


def family_of(column: ColumnInfo) -> Family:
    """What a column is compared as. Raises BadRequest for a kind that a query cannot compare."""
    family = _FAMILIES.get(column.kind)
    if family is None:
        raise BadRequest(f"{column.logical_name} cannot be used in a query; it holds {column.kind}.", Code.QUERY_SYNTAX)
    if family is Family.DIGITS and isinstance(column.field, ScaledIntegerField):
        return Family.SCALED
    if family is Family.MOMENT and column.behavior == "DateOnly":
        return Family.DATE
    return family


def places_of(column: ColumnInfo) -> int | None:
    """How many decimals a column holds where it is compared as a scaled integer; None for all other columns."""
    family = family_of(column)
    if family is Family.WHOLE:
        return 0
    return column.field.places if isinstance(column.field, ScaledIntegerField) else None

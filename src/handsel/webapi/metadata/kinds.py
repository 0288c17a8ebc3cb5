"""The name of each kind of column in definitions, and the properties that only this kind has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from handsel.json_value import JsonObject
from handsel.tables.facts import PrecisionSource
from handsel.tables.info import ColumnInfo
from handsel.webapi.metadata.labels import managed

METADATA_TYPES: Mapping[str, str] = {
    "String": "StringAttributeMetadata",
    "Memo": "MemoAttributeMetadata",
    "Integer": "IntegerAttributeMetadata",
    "BigInt": "BigIntAttributeMetadata",
    "Decimal": "DecimalAttributeMetadata",
    "Double": "DoubleAttributeMetadata",
    "Money": "MoneyAttributeMetadata",
    "Boolean": "BooleanAttributeMetadata",
    "DateTime": "DateTimeAttributeMetadata",
    "Lookup": "LookupAttributeMetadata",
    "Customer": "LookupAttributeMetadata",
    "Owner": "LookupAttributeMetadata",
    "Picklist": "PicklistAttributeMetadata",
    "MultiSelectPicklist": "MultiSelectPicklistAttributeMetadata",
    "State": "StateAttributeMetadata",
    "Status": "StatusAttributeMetadata",
    "Uniqueidentifier": "UniqueIdentifierAttributeMetadata",
    "EntityName": "EntityNameAttributeMetadata",
    "Virtual": "AttributeMetadata",
}
"""Kind of column → the type of its definition."""

BASE_TYPES: Mapping[str, tuple[str, ...]] = {
    "EnumAttributeMetadata": (
        "PicklistAttributeMetadata",
        "MultiSelectPicklistAttributeMetadata",
        "StateAttributeMetadata",
        "StatusAttributeMetadata",
        "EntityNameAttributeMetadata",
    ),
    "AttributeMetadata": tuple(dict.fromkeys(METADATA_TYPES.values())),
}
"""Types that other types derive from."""

_MONEY = Decimal(922337203685477)
_DECIMAL = Decimal(100000000000)
_INTEGER = (Decimal(-(2**31)), Decimal(2**31 - 1))


def properties_of_kind(column: ColumnInfo) -> JsonObject:
    """The properties that only columns of this kind have."""
    make = _PROPERTIES.get(column.kind)
    return make(column) if make is not None else {}


def _text(column: ColumnInfo) -> JsonObject:
    given = "TextArea" if column.kind == "Memo" else "Text"
    length = column.max_length or 100
    return {
        "MaxLength": length,
        "Format": column.format or given,
        "FormatName": {"Value": column.format or given},
        "ImeMode": "Auto",
        "IsLocalizable": False,
        **({"DatabaseLength": length, "YomiOf": None, "FormulaDefinition": ""} if column.kind == "String" else {}),
    }


def _integer(column: ColumnInfo) -> JsonObject:
    low, high = _INTEGER
    return {
        "MinValue": _whole(column.minimum, low),
        "MaxValue": _whole(column.maximum, high),
        "Format": column.format or "None",
        "FormulaDefinition": "",
    }


def _whole(value: Decimal | None, otherwise: Decimal) -> int:
    return int(otherwise if value is None else value)


def _big_integer(_column: ColumnInfo) -> JsonObject:
    return {"MinValue": -(2**63), "MaxValue": 2**63 - 1}


def _number(column: ColumnInfo) -> JsonObject:
    return {**_range(column, _DECIMAL), "Precision": 2 if column.precision is None else column.precision}


def _money(column: ColumnInfo) -> JsonObject:
    source = PrecisionSource.CURRENCY if column.precision_source is None else column.precision_source
    return {
        **_range(column, _MONEY),
        "Precision": 2 if column.precision is None else column.precision,
        "PrecisionSource": int(source),
        "IsBaseCurrency": column.base_of is not None,
        "CalculationOf": column.base_of,
        "ImeMode": "Disabled",
        "FormulaDefinition": "",
    }


def _range(column: ColumnInfo, limit: Decimal) -> JsonObject:
    return {
        "MinValue": -limit if column.minimum is None else column.minimum,
        "MaxValue": limit if column.maximum is None else column.maximum,
    }


def _boolean(column: ColumnInfo) -> JsonObject:
    return {"DefaultValue": bool(column.default), "FormulaDefinition": ""}


def _moment(column: ColumnInfo) -> JsonObject:
    return {
        "Format": column.format or "DateAndTime",
        "DateTimeBehavior": {"Value": column.behavior or "UserLocal"},
        "CanChangeDateTimeBehavior": managed(False, "canchangedatetimebehavior"),
        "ImeMode": "Inactive",
        "FormulaDefinition": "",
    }


def _lookup(column: ColumnInfo) -> JsonObject:
    return {"Targets": list(column.targets), "Format": "None"}


def _choice(column: ColumnInfo) -> JsonObject:
    default = -1 if column.default is None else int(column.default)
    return {"DefaultFormValue": default, "ParentPicklistLogicalName": None, "ChildPicklistLogicalNames": []}


def _state(column: ColumnInfo) -> JsonObject:
    return {"DefaultFormValue": -1 if column.default is None else int(column.default)}


_PROPERTIES: Mapping[str, Callable[[ColumnInfo], JsonObject]] = {
    "String": _text,
    "Memo": _text,
    "Integer": _integer,
    "BigInt": _big_integer,
    "Decimal": _number,
    "Double": _number,
    "Money": _money,
    "Boolean": _boolean,
    "DateTime": _moment,
    "Lookup": _lookup,
    "Customer": _lookup,
    "Owner": _lookup,
    "Picklist": _choice,
    "MultiSelectPicklist": _choice,
    "State": _state,
    "Status": _state,
}

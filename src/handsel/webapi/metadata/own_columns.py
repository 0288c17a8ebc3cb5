"""Own columns as Dynamics' tools create them: a posted column definition becomes AddColumn."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handsel.engine.crud.columns import AddColumn
from handsel.engine.errors import InvalidArgument
from handsel.webapi.errors import NotSupported, shown
from handsel.webapi.metadata.names import NAMESPACE, ODATA_TYPE

_TYPES = {
    "StringAttributeMetadata": "text",
    "MemoAttributeMetadata": "memo",
    "IntegerAttributeMetadata": "integer",
    "DecimalAttributeMetadata": "decimal",
    "MoneyAttributeMetadata": "money",
    "BooleanAttributeMetadata": "boolean",
    "PicklistAttributeMetadata": "choice",
    "DateTimeAttributeMetadata": "date",
}
_NUMBERS = ("integer", "decimal", "money")
_FIRST_OPTION = 100_000_000


def column_from(table: str, body: Mapping[str, Any]) -> AddColumn:
    """`POST EntityDefinitions(…)/Attributes`: the message behind a definition of a table (logical name).

    Raises InvalidArgument for a definition without name or kind, NotSupported (501) for a kind that own columns lack.
    """
    kind = str(body.get(ODATA_TYPE, "")).removeprefix("#").removeprefix(f"{NAMESPACE}.").removeprefix("Complex")
    if not kind:
        raise InvalidArgument("A column definition needs @odata.type, for example StringAttributeMetadata.")
    type = _TYPES.get(kind)
    if type is None:
        raise NotSupported(f"Own columns cannot be {shown(kind)}. They can be {', '.join(_TYPES)}, or lookups.")
    if type == "date" and body.get("Format", "DateOnly") != "DateOnly":
        raise NotSupported("Own columns hold dates without a time. Give Format DateOnly.")
    return AddColumn(
        table,
        _name(body),
        type,
        label=_text(body.get("DisplayName")),
        max_length=_whole(body, "MaxLength") if type in ("text", "memo") else None,
        precision=_whole(body, "Precision") if type in ("decimal", "money") else None,
        minimum=_number(body, "MinValue") if type in _NUMBERS else None,
        maximum=_number(body, "MaxValue") if type in _NUMBERS else None,
        options=_options(body) if type == "choice" else None,
        required=_is_required(body),
    )


def lookup_from(body: Mapping[str, Any]) -> AddColumn:
    """`POST RelationshipDefinitions`: the message behind a one-to-many relationship with its lookup."""
    kind = str(body.get(ODATA_TYPE, "")).removeprefix("#").removeprefix(f"{NAMESPACE}.")
    if kind != "OneToManyRelationshipMetadata":
        raise NotSupported("Only relationships of one to many can be created: OneToManyRelationshipMetadata.")
    lookup = body.get("Lookup")
    if not isinstance(lookup, Mapping):
        raise InvalidArgument("The relationship needs a Lookup: the definition of the column that refers.")
    ends = [body.get(name) for name in ("ReferencingEntity", "ReferencedEntity")]
    if not all(isinstance(end, str) for end in ends):
        raise InvalidArgument("The relationship needs ReferencingEntity and ReferencedEntity, both logical names.")
    return AddColumn(
        str(ends[0]),
        _name(lookup),
        "lookup",
        label=_text(lookup.get("DisplayName")),
        target=str(ends[1]),
        required=_is_required(lookup),
    )


def _name(body: Mapping[str, Any]) -> str:
    name = body.get("SchemaName") or body.get("LogicalName")
    if not isinstance(name, str):
        raise InvalidArgument("A column definition needs a SchemaName, for example new_ProjectCode.")
    return name


def _text(label: Any) -> str:
    """The first text of a label."""
    listed = label.get("LocalizedLabels") if isinstance(label, Mapping) else None
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("Label"), str):
            return str(each["Label"])
    return ""


def _is_required(body: Mapping[str, Any]) -> bool:
    """Only what the system requires is enforced; the other levels are for forms."""
    level = body.get("RequiredLevel")
    return isinstance(level, Mapping) and level.get("Value") == "SystemRequired"


def _whole(body: Mapping[str, Any], name: str) -> int | None:
    value = _number(body, name)
    if value is None:
        return None
    if value != int(value):
        raise InvalidArgument(f"{name} must be a whole number, not {value}.")
    return int(value)


def _number(body: Mapping[str, Any], name: str) -> Decimal | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise InvalidArgument(f"{name} must be a number, not {shown(str(value))}.")
    return Decimal(str(value))


def _options(body: Mapping[str, Any]) -> dict[str, str]:
    given = body.get("OptionSet")
    listed = given.get("Options") if isinstance(given, Mapping) else None
    if not isinstance(listed, list):
        raise InvalidArgument("A choice needs an OptionSet with its Options; those of other columns cannot be shared.")
    found: dict[str, str] = {}
    for place, option in enumerate(listed):
        if not isinstance(option, Mapping):
            raise InvalidArgument("Each of the Options must be an object with Value and Label.")
        value = option.get("Value")
        found[str(_FIRST_OPTION + place if value is None else value)] = _text(option.get("Label"))
    return found

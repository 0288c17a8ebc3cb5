"""Custom columns and keys from Dynamics' tools: a definition becomes AddColumn, ChangeColumn or AddKey."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from handsel.engine.customization.add_column import AddColumn
from handsel.engine.customization.change_column import ChangeColumn
from handsel.engine.customization.columns import KINDS, type_of
from handsel.engine.customization.key_messages import AddKey
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.json_value import Json
from handsel.tables.info import ColumnInfo
from handsel.webapi.metadata.names import NAMESPACE, ODATA_TYPE
from handsel.webapi.protocol.errors import NotSupported

_TYPES = {
    "StringAttributeMetadata": "text",
    "MemoAttributeMetadata": "memo",
    "IntegerAttributeMetadata": "integer",
    "DecimalAttributeMetadata": "decimal",
    "MoneyAttributeMetadata": "money",
    "BooleanAttributeMetadata": "boolean",
    "PicklistAttributeMetadata": "choice",
    "DateTimeAttributeMetadata": "datetime",
}
_DEFAULT_FORMAT = "Text"
_DATE_ONLY = "DateOnly"
_NUMBERS = ("integer", "decimal", "money")
NO_CASCADE = "NoCascade"
_FIRST_OPTION = 100_000_000


def column_from(table: str, body: Mapping[str, Json]) -> AddColumn:
    """`POST EntityDefinitions(…)/Attributes`: the message for a new column of a table (logical name).

    Raises InvalidArgument for a definition without name or kind, NotSupported (501) for an unknown kind.
    """
    type = _type(body)
    behavior = _member(body, "DateTimeBehavior") if type == "datetime" else None
    if behavior == _DATE_ONLY or (behavior is None and type == "datetime" and body.get("Format") == _DATE_ONLY):
        type, behavior = "date", None
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
        required=_required(body) or False,
        description=_text(body.get("Description")),
        format=_format(body, type),
        behavior=behavior,
    )


def change_from(table: str, column: ColumnInfo, body: Mapping[str, Json]) -> ChangeColumn:
    """`PUT EntityDefinitions(…)/Attributes(…)`: the message for a changed definition. Missing properties stay.

    Raises InvalidArgument for another kind or name than the column has.
    """
    type = type_of(column)
    if ODATA_TYPE in body and column.kind != "Lookup" and KINDS[_type(body)] != column.kind:
        raise InvalidArgument(f"{column.logical_name} is a {column.kind} column and stays one. Add another column.")
    for name in ("LogicalName", "SchemaName"):
        given = body.get(name)
        if given is not None and str(given).lower() != column.logical_name:
            raise InvalidArgument(f"{column.logical_name} keeps its name; {name} cannot become {shown(str(given))}.")
    return ChangeColumn(
        table,
        column.logical_name,
        label=_text(body.get("DisplayName")) or None,
        description=_text(body["Description"]) if "Description" in body else None,
        required=_required(body),
        max_length=_whole(body, "MaxLength") if type in ("text", "memo") else None,
        precision=_whole(body, "Precision") if type in ("decimal", "money") else None,
        minimum=_number(body, "MinValue") if type in _NUMBERS else None,
        maximum=_number(body, "MaxValue") if type in _NUMBERS else None,
    )


def key_from(table: str, body: Mapping[str, Json]) -> AddKey:
    """`POST EntityDefinitions(…)/Keys`: the message for a new alternate key."""
    columns = body.get("KeyAttributes")
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        raise InvalidArgument('A key needs KeyAttributes, the names of its columns, for example ["new_code"].')
    return AddKey(table, _name(body, "key"), tuple(columns), _text(body.get("DisplayName")))


def lookup_from(body: Mapping[str, Json]) -> AddColumn:
    """`POST RelationshipDefinitions`: the message for a one-to-many relationship with its lookup."""
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
        required=_required(lookup) or False,
        description=_text(lookup.get("Description")),
        relationship=_name(body, "relationship"),
        cascades=_cascades(body),
    )


def relationship_change_from(table: str, column: ColumnInfo, body: Mapping[str, Json]) -> ChangeColumn:
    """`PUT RelationshipDefinitions(…)`: the message for a relationship that does something else from now on."""
    for name, own in (("ReferencingEntity", table), ("ReferencedEntity", column.targets[0])):
        if body.get(name) not in (None, own):
            raise InvalidArgument(f"A relationship keeps its tables; {name} stays {own}.")
    return ChangeColumn(table, column.logical_name, cascades=_cascades(body))


def _cascades(body: Mapping[str, Json]) -> dict[str, str] | None:
    """What the relationship does, by verb; None if nothing is said."""
    given = body.get("CascadeConfiguration")
    if not isinstance(given, Mapping):
        return None
    stated = {name: str(value) for name, value in given.items() if "@" not in name and value is not None}
    for name in ("Archive", "RollupView"):
        if stated.pop(name, NO_CASCADE) != NO_CASCADE:
            raise NotSupported(f"A relationship has no cascade for {name}. Take {NO_CASCADE}.")
    return stated or None


def _type(body: Mapping[str, Json]) -> str:
    """The type of custom column that a definition means."""
    kind = str(body.get(ODATA_TYPE, "")).removeprefix("#").removeprefix(f"{NAMESPACE}.").removeprefix("Complex")
    if not kind:
        raise InvalidArgument("A column definition needs @odata.type, for example StringAttributeMetadata.")
    type = _TYPES.get(kind)
    if type is None:
        raise NotSupported(f"Custom columns cannot be {shown(kind)}. They can be {', '.join(_TYPES)}, or lookups.")
    return type


def _format(body: Mapping[str, Json], type: str) -> str | None:
    """The format in which forms show a text or a moment; the default is not stored."""
    if type == "datetime":
        return _DATE_ONLY if body.get("Format") == _DATE_ONLY else None
    found = _member(body, "FormatName") or body.get("Format")
    usual = "TextArea" if type == "memo" else _DEFAULT_FORMAT
    return str(found) if type in ("text", "memo") and found not in (None, usual, _DEFAULT_FORMAT) else None


def _name(body: Mapping[str, Json], what: str = "column") -> str:
    name = body.get("SchemaName") or body.get("LogicalName")
    if not isinstance(name, str):
        raise InvalidArgument(f"The definition of a {what} needs a SchemaName, for example new_ProjectCode.")
    return name


def _text(label: Json) -> str:
    """The first text of a label."""
    listed = label.get("LocalizedLabels") if isinstance(label, Mapping) else None
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("Label"), str):
            return str(each["Label"])
    return ""


def _required(body: Mapping[str, Json]) -> bool | str | None:
    """The required level; None if it is missing."""
    level = _member(body, "RequiredLevel")
    return _LEVELS.get(level, level) if level is not None else None


_LEVELS: Mapping[str, bool] = {"None": False, "SystemRequired": True}


def _member(body: Mapping[str, Json], name: str) -> str | None:
    """The member of an enumeration, given as an object: `{"Value": "None"}`."""
    found = body.get(name)
    value = found.get("Value") if isinstance(found, Mapping) else None
    if isinstance(value, str):
        return value
    if found is not None:
        raise InvalidArgument(f'{name} must be an object like {{"Value": "…"}}.')
    return None


def _whole(body: Mapping[str, Json], name: str) -> int | None:
    value = _number(body, name)
    if value is None:
        return None
    if value != int(value):
        raise InvalidArgument(f"{name} must be a whole number, not {value}.")
    return int(value)


def _number(body: Mapping[str, Json], name: str) -> Decimal | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise InvalidArgument(f"{name} must be a number, not {shown(str(value))}.")
    return Decimal(str(value))


def _options(body: Mapping[str, Json]) -> dict[str, str]:
    given = body.get("OptionSet")
    listed = given.get("Options") if isinstance(given, Mapping) else None
    if not isinstance(listed, list):
        raise InvalidArgument("A choice needs an OptionSet with its Options; those of other columns cannot be shared.")
    found: dict[str, str] = {}
    for index, option in enumerate(listed):
        if not isinstance(option, Mapping):
            raise InvalidArgument("Each of the Options must be an object with Value and Label.")
        value = option.get("Value")
        found[str(_FIRST_OPTION + index if value is None else value)] = _text(option.get("Label"))
    return found

"""The option sets of choice columns in definitions."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.organization import Organization
from handsel.json_value import JsonObject
from handsel.tables.info import ColumnInfo, TableInfo, all_tables
from handsel.tables.options import OptionSet
from handsel.tables.relations import status_states
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import ODATA_TYPE, metadata_id, type_name
from handsel.webapi.metadata.reading import language_of, remembered

OPTION_SET_TYPES = {"Picklist": "Picklist", "MultiSelectPicklist": "Picklist", "State": "State", "Status": "Status"}


def option_set_of(info: TableInfo, column: ColumnInfo, language: int) -> JsonObject | None:
    """The options of a choice, state, status or boolean column, as its `OptionSet`; None for other columns."""
    if column.kind == "Boolean":
        return _boolean(info, column, language)
    if column.kind not in OPTION_SET_TYPES:
        return None
    shared = _shared(column)
    name = shared or f"{info.logical_name}_{column.logical_name}"
    made = _head(name, OPTION_SET_TYPES[column.kind], is_global=shared is not None, is_custom=column.is_custom)
    made["DisplayName"] = label(column.label, language, "optionset", name)
    made["Options"] = _options(info, column, name, language)
    return made


def global_option_set_of(column: ColumnInfo, language: int) -> JsonObject | None:
    """The same options as `GlobalOptionSet` if several tables share them, else None."""
    shared = _shared(column)
    return _global(shared, language) if shared is not None else None


def global_option_sets(organization: Organization) -> list[JsonObject]:
    """`GlobalOptionSetDefinitions`: every set of options that columns of several tables share, by name."""
    language = language_of(organization)
    return remembered(
        organization, ("globaloptionsets",), lambda: [_global(name, language) for name in sorted(_global_sets())]
    )


def _boolean(info: TableInfo, column: ColumnInfo, language: int) -> JsonObject:
    name = f"{info.logical_name}_{column.logical_name}"
    made = _head(name, "Boolean", is_global=False, is_custom=column.is_custom)
    made["DisplayName"] = label(column.label, language, "optionset", name)
    no, yes = (_option(value, text, name, language) for value, text in column.labels.items())
    return {**made, "TrueOption": yes, "FalseOption": no}


def _head(name: str, kind: str, *, is_global: bool, is_custom: bool) -> JsonObject:
    return {
        "MetadataId": metadata_id("optionset", name),
        "Name": name,
        "OptionSetType": kind,
        "IsGlobal": is_global,
        "IsCustomOptionSet": is_custom,
        "IsManaged": not is_custom,
        "IsCustomizable": managed(False, "iscustomizable"),
        "ParentOptionSetName": None,
        "ExternalTypeName": None,
        "IntroducedVersion": "1.0.0.0",
        "HasChanged": None,
        "Description": label("", 0),
    }


def _options(info: TableInfo, column: ColumnInfo, name: str, language: int) -> list[JsonObject]:
    states = status_states(column) if column.kind == "Status" else {}
    defaults = _default_statuses(info) if column.kind == "State" else {}
    listed = []
    for value, text in column.labels.items():
        made = _option(value, text, name, language)
        if column.kind == "Status":
            made |= {
                ODATA_TYPE: type_name("StatusOptionMetadata"),
                "State": states.get(value),
                "TransitionData": None,
            }
        elif column.kind == "State":
            made |= {
                ODATA_TYPE: type_name("StateOptionMetadata"),
                "DefaultStatus": defaults.get(value),
                "InvariantName": "".join(text.split()),
            }
        listed.append(made)
    return listed


def _option(value: int, text: str, name: str, language: int) -> JsonObject:
    return {
        "Value": int(value),
        "Label": label(text, language, "optionset", name, str(int(value))),
        "Description": label("", 0),
        "Color": None,
        "IsManaged": True,
        "ExternalValue": "",
        "ParentValues": [],
        "MetadataId": None,
        "HasChanged": None,
    }


def _default_statuses(info: TableInfo) -> Mapping[int, int]:
    """State → its default status reason."""
    lifecycle = lifecycle_of(info.logical_name)
    if lifecycle is not None:
        return {rule.value: rule.default_status for rule in lifecycle.states}
    found: dict[int, int] = {}
    if info.status_column is not None:
        for status, state in status_states(info.status_column).items():
            if state is not None:
                found.setdefault(state, status)
    return found


def _shared(column: ColumnInfo) -> str | None:
    """The name of the global option set behind a column."""
    options = column.options
    if column.kind != "Picklist" or options is None or isinstance(options, Mapping):
        return None
    name = options.__name__.lower()
    return name if _global_sets().get(name) is options else None


def _global(name: str, language: int) -> JsonObject:
    options = _global_sets()[name]
    made = _head(name, "Picklist", is_global=True, is_custom=False)
    made["DisplayName"] = label(options.__name__, language, "optionset", name)
    listed = [_option(value, text, name, language) for value, text in options.labels().items()]
    return {ODATA_TYPE: type_name("OptionSetMetadata"), **made, "Options": listed}


@functools.cache
def _global_sets() -> Mapping[str, type[OptionSet]]:
    """The option sets that choice columns of several tables share, by name."""
    users: dict[type[OptionSet], set[str]] = defaultdict(set)
    for info in all_tables():
        for column in info.columns.values():
            options = column.options
            if column.kind == "Picklist" and column.parent_column is None and isinstance(options, type):
                users[options].add(info.logical_name)
    return {options.__name__.lower(): options for options, tables in users.items() if len(tables) > 1}

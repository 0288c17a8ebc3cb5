"""Alternate keys: `EntityDefinitions(…)/Keys`."""

from __future__ import annotations

from handsel.engine.organization import Organization
from handsel.json_value import JsonObject
from handsel.tables.relations import keys_of
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import metadata_id
from handsel.webapi.metadata.reading import language_of, remembered


def keys(organization: Organization, table: str) -> list[JsonObject]:
    """The alternate keys of a table."""
    return remembered(organization, ("keys", table), lambda: _rows(organization, table))


def _rows(organization: Organization, table: str) -> list[JsonObject]:
    info, language = organization.table(table), language_of(organization)
    listed = []
    for columns in keys_of(table):
        schema_name = "".join((info.schema_name, *(info.columns[name].schema_name for name in columns), "Key"))
        text = ", ".join(info.columns[name].label for name in columns)
        id = metadata_id("key", table, *columns)
        listed.append(_row(table, id, schema_name, columns, label(text, language, "key", table, *columns)))
    for key in info.custom_keys:
        text_ = label(key.label, language, "key", table, key.logical_name)
        listed.append(_row(table, str(key.id), key.schema_name, key.columns, text_) | {"IsManaged": False})
    return listed


def _row(table: str, id: str, schema_name: str, columns: tuple[str, ...], text: JsonObject) -> JsonObject:
    return {
        "MetadataId": id,
        "LogicalName": schema_name.lower(),
        "SchemaName": schema_name,
        "EntityLogicalName": table,
        "KeyAttributes": list(columns),
        "EntityKeyIndexStatus": "Active",
        "DisplayName": text,
        "AsyncJob": None,
        "IsCustomizable": managed(False, "iscustomizable"),
        "IsManaged": True,
        "IsSynchronous": True,
        "IsExportKey": False,
        "IsSecondaryKey": False,
        "IntroducedVersion": "1.0.0.0",
        "HasChanged": None,
    }

"""Alternate keys: `EntityDefinitions(…)/Keys`."""

from __future__ import annotations

from typing import Any

from handsel.engine.organization import Organization
from handsel.tables.relations import keys_of
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import metadata_id
from handsel.webapi.metadata.reading import language_of, remembered


def keys(organization: Organization, table: str) -> list[dict[str, Any]]:
    """The alternate keys of a table."""
    return remembered(organization, ("keys", table), lambda: _rows(organization, table))


def _rows(organization: Organization, table: str) -> list[dict[str, Any]]:
    info, language = organization.table(table), language_of(organization)
    listed = []
    for key in keys_of(table):
        schema_name = "".join((info.schema_name, *(info.columns[name].schema_name for name in key), "Key"))
        text = ", ".join(info.columns[name].label for name in key)
        listed.append(
            {
                "MetadataId": metadata_id("key", table, *key),
                "LogicalName": schema_name.lower(),
                "SchemaName": schema_name,
                "EntityLogicalName": table,
                "KeyAttributes": list(key),
                "EntityKeyIndexStatus": "Active",
                "DisplayName": label(text, language, "key", table, *key),
                "AsyncJob": None,
                "IsCustomizable": managed(False, "iscustomizable"),
                "IsManaged": True,
                "IsSynchronous": True,
                "IsExportKey": False,
                "IsSecondaryKey": False,
                "IntroducedVersion": "1.0.0.0",
                "HasChanged": None,
            }
        )
    return listed

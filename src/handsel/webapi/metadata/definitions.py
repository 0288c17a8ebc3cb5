"""The definitions of tables: `EntityDefinitions`."""

from __future__ import annotations

from handsel.engine.organization import Organization
from handsel.errors import NotFound
from handsel.http.errors import shown
from handsel.json_value import JsonObject
from handsel.tables.info import TableInfo, all_tables, table_info
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import metadata_id
from handsel.webapi.metadata.reading import is_intersect, language_of, remembered, tables_of
from handsel.webapi.metadata.without_meaning import of_table


def entity_definitions(organization: Organization) -> list[JsonObject]:
    """Every table, without its columns, keys and relationships."""
    language = language_of(organization)
    return remembered(
        organization, ("tables",), lambda: [_definition(info, language) for info in tables_of(organization).values()]
    )


def entity_definition(organization: Organization, key: str) -> JsonObject:
    """One table by logical name or MetadataId. Raises NotFound (0x80040217)."""
    wanted = key.lower()
    for row in entity_definitions(organization):
        if wanted in (row["LogicalName"], row["MetadataId"]):
            return row
    raise NotFound(f"Could not find an entity with the name or id {shown(key)}.")


def _definition(info: TableInfo, language: int) -> JsonObject:
    name = info.logical_name
    columns = info.columns
    return of_table() | {
        "MetadataId": metadata_id(name),
        "LogicalName": name,
        "SchemaName": info.schema_name,
        "EntitySetName": info.entity_set,
        "LogicalCollectionName": info.entity_set,
        "CollectionSchemaName": info.entity_set,
        "PrimaryIdAttribute": info.primary_key,
        "PrimaryNameAttribute": info.primary_name,
        "PrimaryImageAttribute": None,
        "ObjectTypeCode": info.object_type_code,
        "DisplayName": label(info.label, language, name),
        "DisplayCollectionName": label(info.plural_label, language, name, "plural"),
        "Description": label("", 0),
        "OwnershipType": str(info.ownership),
        "TableType": "Standard",
        "IsPrivate": False,
        "IsCustomEntity": False,
        "IsManaged": True,
        "IsIntersect": is_intersect(name),
        "IsActivity": info.is_activity,
        "IsActivityParty": False,
        "HasActivities": _has_activities(name),
        "HasNotes": name in table_info("annotation").columns["objectid"].targets,
        "IsChildEntity": info.parent is not None,
        "IsLogicalEntity": False,
        "IsStateModelAware": info.state_column is not None,
        "HasEmailAddresses": any(column.format == "Email" for column in columns.values()),
        "ChangeTrackingEnabled": not info.is_view,
        "IsOptimisticConcurrencyEnabled": True,
        "IsValidForAdvancedFind": True,
        "IsEnabledForCharts": False,
        "IsImportable": True,
        "IsAuditEnabled": managed(True, "canmodifyauditsettings"),
        "IsCustomizable": managed(False, "iscustomizable"),
        "IsRenameable": managed(False, "isrenameable"),
        "IsDuplicateDetectionEnabled": managed(False, "canmodifyduplicatedetectionsettings"),
        "CanCreateAttributes": managed(True, "cancreateattributes"),
        "EntityColor": None,
        "IconSmallName": None,
        "IconLargeName": None,
        "IconVectorName": None,
        "PrimaryNameFormat": None,
        "DataProviderId": None,
        "DataSourceId": None,
        "ExternalName": None,
        "ExternalCollectionName": None,
        "RecurrenceBaseEntityLogicalName": None,
        "DaysSinceRecordLastModified": 0,
        "IntroducedVersion": "1.0.0.0",
        "HasChanged": None,
    }


def _has_activities(name: str) -> bool:
    """Whether activities can refer to rows of the table."""
    return any(name in info.columns["regardingobjectid"].targets for info in all_tables() if info.is_activity)

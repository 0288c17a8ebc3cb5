"""The definitions of columns: `EntityDefinitions(…)/Attributes`."""

from __future__ import annotations

from collections.abc import Container, Iterable

from handsel.engine.organization import Organization
from handsel.engine.rights.columns import why_never_secured
from handsel.json_value import JsonObject
from handsel.tables.facts import Writable
from handsel.tables.implied import ImpliedColumn, Part, implied_columns
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.webapi.metadata.kinds import METADATA_TYPES, properties_of_kind
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import ODATA_TYPE, metadata_id, type_name
from handsel.webapi.metadata.reading import language_of, remembered
from handsel.webapi.metadata.without_meaning import of_column


def attributes(organization: Organization, table: str) -> list[JsonObject]:
    """Every column of a table, with the implied columns for lookups and choices. Each row carries `@odata.type`."""
    return remembered(
        organization,
        ("attributes", table),
        lambda: list(_rows(organization.table(table), organization.secured_in(table), language_of(organization))),
    )


def _rows(info: TableInfo, secured: Container[str], language: int) -> Iterable[JsonObject]:
    number = 0
    for column in info.columns.values():
        number += 1
        made = attribute(info, column, language, number)
        made["IsSecured"] = column.logical_name in secured
        yield made
    for implied in implied_columns(info).values():
        number += 1
        yield _implied_column(info, implied, number)


def attribute(info: TableInfo, column: ColumnInfo, language: int, number: int) -> JsonObject:
    """One column. `number` is its position in the table, counted from 1."""
    path = (info.logical_name, column.logical_name)
    made = _common(info, column.logical_name, column.schema_name, column.kind, number)
    can_be_secured = why_never_secured(info, column) is None
    made |= {
        "DisplayName": label(column.label, language, *path),
        "Description": label(column.description, language, *path, "description"),
        "RequiredLevel": managed(str(column.required), "canmodifyrequirementlevelsettings"),
        "IsPrimaryId": column.logical_name == info.primary_key,
        "IsPrimaryName": column.logical_name == info.primary_name,
        "IsLogical": column.parent_column is not None,
        "IsCustomAttribute": column.is_custom,
        "IsManaged": not column.is_custom,
        "IsValidForCreate": Writable.CREATE in column.writable,
        "IsValidForUpdate": Writable.UPDATE in column.writable,
        "IsValidODataAttribute": True,
        "CanBeSecuredForRead": can_be_secured,
        "CanBeSecuredForCreate": can_be_secured and Writable.CREATE in column.writable,
        "CanBeSecuredForUpdate": can_be_secured and Writable.UPDATE in column.writable,
    }
    return made | properties_of_kind(column)


def _implied_column(info: TableInfo, implied: ImpliedColumn, number: int) -> JsonObject:
    kind = "EntityName" if implied.part is Part.TYPE else "Virtual"
    made = _common(info, implied.column.logical_name, implied.column.schema_name, kind, number)
    return made | {
        "AttributeOf": implied.of.logical_name,
        "DisplayName": label("", 0),
        "RequiredLevel": managed("None", "canmodifyrequirementlevelsettings"),
        "IsLogical": True,
        "IsManaged": not implied.of.is_custom,
    }


def _common(info: TableInfo, logical_name: str, schema_name: str, kind: str, number: int) -> JsonObject:
    return of_column() | {
        ODATA_TYPE: type_name(METADATA_TYPES[kind]),
        "MetadataId": metadata_id(info.logical_name, logical_name),
        "LogicalName": logical_name,
        "SchemaName": schema_name,
        "EntityLogicalName": info.logical_name,
        "AttributeType": "Virtual" if kind == "MultiSelectPicklist" else kind,
        "AttributeTypeName": {"Value": f"{kind}Type"},
        "AttributeOf": None,
        "ColumnNumber": number,
        "Description": label("", 0),
        "IsPrimaryId": False,
        "IsPrimaryName": False,
        "IsLogical": False,
        "IsCustomAttribute": False,
        "IsValidForCreate": False,
        "IsValidForUpdate": False,
        "IsValidForRead": True,
        "IsValidODataAttribute": False,
        "IsRetrievable": True,
        "IsSearchable": False,
        "IsFilterable": False,
        "IsSecured": False,
        "IsRequiredForForm": False,
        "IsAuditEnabled": managed(True, "canmodifyauditsettings"),
        "IsCustomizable": managed(False, "iscustomizable"),
        "IsRenameable": managed(False, "isrenameable"),
        "IsValidForAdvancedFind": managed(True, "canmodifysearchsettings"),
        "SourceType": 0,
        "LinkedAttributeId": None,
        "InheritsFrom": None,
        "DeprecatedVersion": None,
        "IntroducedVersion": "1.0.0.0",
        "HasChanged": None,
    }

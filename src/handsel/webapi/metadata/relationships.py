"""How tables refer to each other: `RelationshipDefinitions` and the three lists of each table."""

from __future__ import annotations

from collections.abc import Iterable

from handsel.engine.organization import Organization
from handsel.json_value import JsonObject
from handsel.tables.cascades import Cascades
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.intersects import Intersect, all_intersects
from handsel.tables.referring import cascades_of
from handsel.webapi.metadata.labels import label, managed
from handsel.webapi.metadata.names import ODATA_TYPE, metadata_id, type_name
from handsel.webapi.metadata.reading import navigations_of, remembered, tables_of

ONE_TO_MANY = "OneToManyRelationshipMetadata"
MANY_TO_MANY = "ManyToManyRelationshipMetadata"
NO_CASCADE = "NoCascade"


def relationships(organization: Organization) -> list[JsonObject]:
    """`RelationshipDefinitions`: every relationship once, each row with `@odata.type`."""
    return remembered(organization, ("relationships",), lambda: list(_all(organization)))


def one_to_many(organization: Organization, table: str) -> list[JsonObject]:
    """The relationships in which rows of other tables refer to rows of this one."""
    return _where(organization, ONE_TO_MANY, "ReferencedEntity", table)


def many_to_one(organization: Organization, table: str) -> list[JsonObject]:
    """The relationships in which rows of this table refer to others."""
    return _where(organization, ONE_TO_MANY, "ReferencingEntity", table)


def many_to_many(organization: Organization, table: str) -> list[JsonObject]:
    """The relationships that link rows of this table with others through an intersect table."""
    return [
        row
        for row in relationships(organization)
        if row[ODATA_TYPE] == type_name(MANY_TO_MANY)
        and table in (row["Entity1LogicalName"], row["Entity2LogicalName"])
    ]


def _where(organization: Organization, kind: str, name: str, table: str) -> list[JsonObject]:
    return [row for row in relationships(organization) if row[ODATA_TYPE] == type_name(kind) and row[name] == table]


def _all(organization: Organization) -> Iterable[JsonObject]:
    tables = tables_of(organization)
    for info in tables.values():
        for column in info.columns.values():
            for target, navigation in navigations_of(column).items():
                yield _one_to_many(info, column, tables[target], navigation)
    seen = set()
    for between in all_intersects():
        if between.through not in seen:
            seen.add(between.through)
            yield _many_to_many(between)


def _common(schema_name: str, kind: str, relationship: str, *, is_custom: bool) -> JsonObject:
    return {
        ODATA_TYPE: type_name(kind),
        "MetadataId": metadata_id("relationship", schema_name),
        "SchemaName": schema_name,
        "RelationshipType": relationship,
        "SecurityTypes": "None",
        "IsCustomRelationship": is_custom,
        "IsManaged": not is_custom,
        "IsValidForAdvancedFind": True,
        "IsCustomizable": managed(False, "iscustomizable"),
        "IntroducedVersion": "1.0.0.0",
        "HasChanged": None,
    }


def _one_to_many(info: TableInfo, column: ColumnInfo, target: TableInfo, navigation: str) -> JsonObject:
    collection = column.collection.get(target.logical_name)
    # A lookup without a collection at the other end gives its relationship no name; it is named after both tables.
    both_ends = f"{target.logical_name}_{info.logical_name}_{column.logical_name}"
    schema_name = collection or column.relationship or both_ends
    return _common(schema_name, ONE_TO_MANY, "OneToManyRelationship", is_custom=column.is_custom) | {
        "ReferencedEntity": target.logical_name,
        "ReferencedAttribute": target.primary_key,
        "ReferencingEntity": info.logical_name,
        "ReferencingAttribute": column.logical_name,
        "ReferencedEntityNavigationPropertyName": collection,
        "ReferencingEntityNavigationPropertyName": navigation,
        "IsHierarchical": False,
        "EntityKey": None,
        "RelationshipBehavior": 1,
        "RelationshipAttributes": [],
        "IsRelationshipAttributeDenormalized": False,
        "AssociatedMenuConfiguration": _menu(),
        "CascadeConfiguration": _cascades(cascades_of(info, column, target.logical_name)),
    }


def _cascades(cascades: Cascades) -> JsonObject:
    told = cascades.by_verb()
    first = ("Assign", "Delete")
    return {
        **{verb: told.pop(verb) for verb in first},
        "Archive": NO_CASCADE,
        **told,
        "RollupView": NO_CASCADE,
    }


def _many_to_many(first: Intersect) -> JsonObject:
    back = next((each.navigation for each in all_intersects() if _is_other_direction(each, first)), None)
    return _common(first.navigation, MANY_TO_MANY, "ManyToManyRelationship", is_custom=False) | {
        "Entity1LogicalName": first.table,
        "Entity1IntersectAttribute": first.near_column,
        "Entity1NavigationPropertyName": first.navigation,
        "Entity1AssociatedMenuConfiguration": _menu(),
        "Entity2LogicalName": first.other,
        "Entity2IntersectAttribute": first.other_column,
        "Entity2NavigationPropertyName": back,
        "Entity2AssociatedMenuConfiguration": _menu(),
        "IntersectEntityName": first.through,
    }


def _is_other_direction(each: Intersect, first: Intersect) -> bool:
    return each.through == first.through and each.near_column == first.other_column


def _menu() -> JsonObject:
    return {
        "Behavior": "UseCollectionName",
        "Group": "Details",
        "Label": label("", 0),
        "Order": None,
        "IsCustomizable": True,
        "Icon": None,
        "ViewId": None,
        "AvailableOffline": True,
        "MenuId": None,
        "QueryApi": None,
    }

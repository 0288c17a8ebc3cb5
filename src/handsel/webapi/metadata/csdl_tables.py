"""The tables in CSDL: one entity type each, its key, properties and navigation properties."""

from __future__ import annotations

from handsel.tables.info import ColumnInfo, TableInfo
from handsel.webapi.metadata.elements import Element, element
from handsel.webapi.metadata.names import ALIAS
from handsel.webapi.metadata.navigation import NavigationProperties, NavigationProperty
from handsel.webapi.protocol.property_names import property_name

PRINCIPAL = "principal"
PRINCIPALS = ("systemuser", "team")
"""Who can own a row. Both derive from `principal`, the type of `ownerid`."""

_EDM = {
    "String": "Edm.String",
    "Memo": "Edm.String",
    "EntityName": "Edm.String",
    "MultiSelectPicklist": "Edm.String",
    "Integer": "Edm.Int32",
    "Picklist": "Edm.Int32",
    "State": "Edm.Int32",
    "Status": "Edm.Int32",
    "BigInt": "Edm.Int64",
    "Double": "Edm.Double",
    "Decimal": "Edm.Decimal",
    "Money": "Edm.Decimal",
    "Boolean": "Edm.Boolean",
    "Uniqueidentifier": "Edm.Guid",
    "Lookup": "Edm.Guid",
    "Owner": "Edm.Guid",
    "Customer": "Edm.Guid",
}


def edm_type(column: ColumnInfo) -> str:
    """The primitive type of a column's values."""
    if column.kind == "DateTime":
        return "Edm.Date" if column.behavior == "DateOnly" else "Edm.DateTimeOffset"
    return _EDM[column.kind]


def add_base_types(schema: Element) -> None:
    """What every table derives from, and what users and teams have in common. Neither has rows of its own."""
    element(schema, "EntityType", Name="crmbaseentity", Abstract="true")
    element(schema, "EntityType", Name=PRINCIPAL, BaseType=f"{ALIAS}.crmbaseentity", Abstract="true")


def add_table(schema: Element, info: TableInfo, navigation: NavigationProperties) -> Element:
    """One table."""
    base = PRINCIPAL if info.logical_name in PRINCIPALS else "crmbaseentity"
    table = element(schema, "EntityType", Name=info.logical_name, BaseType=f"{ALIAS}.{base}")
    element(element(table, "Key"), "PropertyRef", Name=info.primary_key)
    for column in info.columns.values():
        _add_property(table, info, column)
    for way in navigation.from_table(info.logical_name):
        _add_way(table, way)
    return table


def _add_property(table: Element, info: TableInfo, column: ColumnInfo) -> None:
    made = element(table, "Property", Name=property_name(column), Type=edm_type(column))
    if column.logical_name == info.primary_key:
        made.set("Nullable", "false")
    if made.get("Type") == "Edm.Decimal":
        made.set("Scale", "Variable")


def _add_way(table: Element, way: NavigationProperty) -> None:
    target = f"{ALIAS}.{way.target or PRINCIPAL}"
    made = element(table, "NavigationProperty", Name=way.name)
    made.set("Type", f"Collection({target})" if way.is_collection else target)
    if not way.is_collection:
        made.set("Nullable", "true")
    if way.partner is not None:
        made.set("Partner", way.partner)
    if way.column is not None and way.target_key is not None:
        element(made, "ReferentialConstraint", Property=way.column, ReferencedProperty=way.target_key)

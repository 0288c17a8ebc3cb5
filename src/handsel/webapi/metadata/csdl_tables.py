"""The tables in CSDL: one entity type each, its key, properties and navigation properties."""

from __future__ import annotations

from handsel.tables.info import ColumnInfo, TableInfo
from handsel.webapi.metadata.elements import Element, element
from handsel.webapi.metadata.names import ALIAS
from handsel.webapi.metadata.navigation import NavigationProperties, NavigationProperty
from handsel.webapi.protocol.property_names import property_name

PRINCIPAL = "principal"
PRINCIPALS = ("systemuser", "team")
"""The tables of owners. Both derive from `principal`, the type of `ownerid`."""

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
    """The base types of all tables, and of users and teams. Neither has rows."""
    element(schema, "EntityType", Name="crmbaseentity", Abstract="true")
    element(schema, "EntityType", Name=PRINCIPAL, BaseType=f"{ALIAS}.crmbaseentity", Abstract="true")


def add_table(schema: Element, info: TableInfo, navigation: NavigationProperties) -> Element:
    """One table."""
    base = PRINCIPAL if info.logical_name in PRINCIPALS else "crmbaseentity"
    table = element(schema, "EntityType", Name=info.logical_name, BaseType=f"{ALIAS}.{base}")
    element(element(table, "Key"), "PropertyRef", Name=info.primary_key)
    for column in info.columns.values():
        _add_property(table, info, column)
    for each in navigation.from_table(info.logical_name):
        _add_navigation(table, each)
    return table


def _add_property(table: Element, info: TableInfo, column: ColumnInfo) -> None:
    made = element(table, "Property", Name=property_name(column), Type=edm_type(column))
    if column.logical_name == info.primary_key:
        made.set("Nullable", "false")
    if made.get("Type") == "Edm.Decimal":
        made.set("Scale", "Variable")


def _add_navigation(table: Element, navigation: NavigationProperty) -> None:
    target = f"{ALIAS}.{navigation.target or PRINCIPAL}"
    made = element(table, "NavigationProperty", Name=navigation.name)
    made.set("Type", f"Collection({target})" if navigation.is_collection else target)
    if not navigation.is_collection:
        made.set("Nullable", "true")
    if navigation.partner is not None:
        made.set("Partner", navigation.partner)
    if navigation.column is not None and navigation.target_key is not None:
        element(made, "ReferentialConstraint", Property=navigation.column, ReferencedProperty=navigation.target_key)

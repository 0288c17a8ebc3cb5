"""`$metadata`: the service as OData v4 CSDL, from TableInfo and the declared operations."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from handsel.engine.organization import Organization
from handsel.tables.info import TableInfo
from handsel.webapi.metadata.annotations import add_references, annotate_container, annotate_set, annotate_table
from handsel.webapi.metadata.csdl_tables import add_base_types, add_table
from handsel.webapi.metadata.csdl_types import add_complex_types, add_enum_types, add_imports, add_operations
from handsel.webapi.metadata.elements import EDM, EDMX, Element, element
from handsel.webapi.metadata.names import ALIAS, NAMESPACE
from handsel.webapi.metadata.navigation import NavigationProperties
from handsel.webapi.metadata.reading import remembered, tables_of


def metadata_xml(organization: Organization, *, version: str, annotations: bool = False) -> bytes:
    """The CSDL document. `version` is that of the API, `9.2`; `annotations` adds capabilities and alternate keys.

    Cached for each metadata version of the organization.
    """
    key = ("csdl", version if annotations else "", str(annotations))
    return remembered(organization, key, lambda: _document(tables_of(organization), version, annotations))


def _document(tables: Mapping[str, TableInfo], version: str, annotations: bool) -> bytes:
    root = etree.Element(f"{{{EDMX}}}Edmx", {"Version": "4.0"}, nsmap={"edmx": EDMX})
    if annotations:
        add_references(root)
    services = etree.SubElement(root, f"{{{EDMX}}}DataServices")
    namespaces = {None: EDM}
    schema = etree.SubElement(
        services,
        f"{{{EDM}}}Schema",
        {"Namespace": NAMESPACE, "Alias": ALIAS},
        nsmap=namespaces,  # type: ignore[arg-type]  # the stubs do not know the default namespace
    )
    navigation = NavigationProperties.of(tables)
    add_enum_types(schema)
    add_complex_types(schema)
    add_base_types(schema)
    for info in tables.values():
        table = add_table(schema, info, navigation)
        if annotations:
            annotate_table(table, info)
    add_operations(schema)
    container = element(schema, "EntityContainer", Name="System")
    for info in tables.values():
        entity_set = _add_set(container, info, tables, navigation)
        if annotations:
            annotate_set(entity_set)
    add_imports(container)
    if annotations:
        annotate_container(container, version)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _add_set(
    container: Element, info: TableInfo, tables: Mapping[str, TableInfo], navigation: NavigationProperties
) -> Element:
    """An entity set, and the targets of its navigation properties."""
    made = element(container, "EntitySet", Name=info.entity_set, EntityType=f"{NAMESPACE}.{info.logical_name}")
    for each in navigation.from_table(info.logical_name):
        if each.target is not None:
            element(made, "NavigationPropertyBinding", Path=each.name, Target=tables[each.target].entity_set)
    return made

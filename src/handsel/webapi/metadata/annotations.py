"""The annotations of `$metadata?annotations=true`: capabilities, alternate keys, who may write a column when."""

from __future__ import annotations

from lxml import etree

from handsel.tables.facts import Writable
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_keys_of
from handsel.webapi.metadata.elements import EDMX, Element, element
from handsel.webapi.protocol.property_names import property_name

_OASIS = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies"
VOCABULARIES = {
    "Org.OData.Core.V1": f"{_OASIS}/Org.OData.Core.V1.xml",
    "Org.OData.Capabilities.V1": f"{_OASIS}/Org.OData.Capabilities.V1.xml",
    "OData.Community.Keys.V1": "http://vocabularies.odata.org/OData.Community.Keys.V1.xml",
}
"""The vocabularies of the terms, and the addresses of their definitions."""

_FILTER_FUNCTIONS = ("contains", "startswith", "endswith")


def add_references(root: Element) -> None:
    """Reference the vocabularies: every term must belong to one."""
    for namespace, name_in_json in VOCABULARIES.items():
        reference = etree.SubElement(root, f"{{{EDMX}}}Reference", {"Uri": name_in_json})
        etree.SubElement(reference, f"{{{EDMX}}}Include", {"Namespace": namespace})


def annotate_table(table: Element, info: TableInfo) -> None:
    """The properties that only the server writes, and the keys by which a row can be addressed."""
    by_name = {property_name(column): column for column in info.columns.values()}
    for made in table:
        column = by_name.get(made.get("Name", ""))
        if column is None or not made.tag.endswith("}Property"):
            continue
        if column.writable is Writable.NEVER:
            element(made, "Annotation", Term="Org.OData.Core.V1.Computed", Bool="true")
        elif column.writable is Writable.CREATE:
            element(made, "Annotation", Term="Org.OData.Core.V1.Immutable", Bool="true")
    keys = all_keys_of(info)
    if not keys:
        return
    annotation = element(table, "Annotation", Term="OData.Community.Keys.V1.AlternateKeys")
    listed = element(annotation, "Collection")
    for key in keys:
        record = element(listed, "Record", Type="OData.Community.Keys.V1.AlternateKey")
        parts = element(element(record, "PropertyValue", Property="Key"), "Collection")
        for name in key:
            part = element(parts, "Record", Type="OData.Community.Keys.V1.PropertyRef")
            name_in_json = property_name(info.columns[name])
            element(part, "PropertyValue", Property="Alias", String=name)
            element(part, "PropertyValue", Property="Name", PropertyPath=name_in_json)


def annotate_set(entity_set: Element) -> None:
    """The capabilities of a table."""
    annotation = element(entity_set, "Annotation", Term="Org.OData.Capabilities.V1.ChangeTracking")
    element(element(annotation, "Record"), "PropertyValue", Property="Supported", Bool="true")


def annotate_container(container: Element, version: str) -> None:
    """The capabilities of the service."""
    element(container, "Annotation", Term="Org.OData.Core.V1.Description", String=f"Dataverse Web API {version}")
    element(container, "Annotation", Term="Org.OData.Capabilities.V1.BatchSupported", Bool="true")
    element(container, "Annotation", Term="Org.OData.Capabilities.V1.BatchContinueOnErrorSupported", Bool="true")
    functions = element(container, "Annotation", Term="Org.OData.Capabilities.V1.FilterFunctions")
    listed = element(functions, "Collection")
    for name in _FILTER_FUNCTIONS:
        element(listed, "String").text = name

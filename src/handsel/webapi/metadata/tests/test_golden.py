"""The exact shape of definitions: the files in `golden/` are a promise to clients.

An intended change is accepted by `HANDSEL_ACCEPT_GOLDEN=1 pytest …`; the difference then shows in the commit.
"""

import json
import os
from pathlib import Path
from typing import Any

from lxml import etree

from handsel.engine.organization import Organization
from handsel.webapi.metadata.csdl import metadata_xml
from handsel.webapi.metadata.resource import read
from handsel.webapi.metadata.tests.csdl_rules import EDM
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.segments import segments_of

GOLDEN = Path(__file__).parent / "golden"
CRM = "Microsoft.Dynamics.CRM"
ASKED = {
    "a table": ("EntityDefinitions(LogicalName='uom')", {}),
    "its key": ("EntityDefinitions(LogicalName='uom')/Keys", {}),
    "a text": (
        f"EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='name')/{CRM}.StringAttributeMetadata",
        {},
    ),
    "a decimal": ("EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='quantity')", {}),
    "an amount": ("EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='totalamount')", {}),
    "a moment": ("EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='createdon')", {}),
    "a lookup": ("EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='baseuom')", {}),
    "a name companion": ("EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='baseuomname')", {}),
    "a flag with its options": (
        "EntityDefinitions(LogicalName='uom')/Attributes(LogicalName='isschedulebaseuom')",
        {"$expand": "OptionSet"},
    ),
    "reasons with their states": (
        f"EntityDefinitions(LogicalName='account')/Attributes(LogicalName='statuscode')/{CRM}.StatusAttributeMetadata",
        {"$select": "LogicalName", "$expand": "OptionSet"},
    ),
    "a relationship": ("RelationshipDefinitions(SchemaName='quote_details')", {}),
    "a relationship of many": ("RelationshipDefinitions(SchemaName='teammembership_association')", {}),
}


def test_definitions(organization: Organization) -> None:
    found: dict[str, Any] = {}
    for name, (path, options) in ASKED.items():
        answer = read(organization, segments_of(path), options)
        found[name] = json.loads(json_response({"@odata.context": answer.context, **answer.body}).body)
    assert found == json.loads(held("definitions.json", json.dumps(found, indent=1, ensure_ascii=False) + "\n"))


def test_tables_in_csdl(organization: Organization) -> None:
    root = etree.fromstring(metadata_xml(organization, version="9.2", annotations=True))
    parts = []
    for each in root.iter(f"{EDM}EntityType", f"{EDM}EntitySet"):
        if each.get("Name") in ("uom", "uoms", "quoteclose"):
            etree.indent(each)
            parts.append(etree.tostring(each, encoding="unicode").strip())
    found = "\n".join(parts) + "\n"
    assert found == held("tables.xml", found)


def test_names_in_csdl(organization: Organization) -> None:
    """Every type, set and operation with its members, one a line: nothing disappears unnoticed. Order is no promise."""
    schema = next(etree.fromstring(metadata_xml(organization, version="9.2")).iter(f"{EDM}Schema"))
    lines = []
    for each in (*schema, *schema.find(f"{EDM}EntityContainer")):
        inner = [child.get("Name") or child.get("Path") or "" for child in each if child.tag != f"{EDM}EntitySet"]
        if each.tag != f"{EDM}EntityContainer":
            lines.append(
                f"{etree.QName(each).localname} {each.get('Name')}: {' '.join(filter(None, inner))}".rstrip(" :")
            )
    found = "\n".join(lines) + "\n"
    assert sorted(found.splitlines()) == sorted(held("names.txt", found).splitlines())


def held(name: str, found: str) -> str:
    """The content of the file; it is rewritten when that was requested."""
    if os.environ.get("HANDSEL_ACCEPT_GOLDEN"):
        (GOLDEN / name).write_text(found, encoding="utf-8")
    return (GOLDEN / name).read_text(encoding="utf-8")

from collections.abc import Callable

import pytest
from lxml import etree

from handsel.engine.organization import Organization
from handsel.tables.info import ColumnInfo, all_tables
from handsel.tables.relations import collections_of
from handsel.webapi.metadata.csdl import metadata_xml
from handsel.webapi.metadata.tests.csdl_rules import EDM, problems

Make = Callable[..., Organization]

CUSTOM = [
    ColumnInfo("new_rating", "new_Rating", "Picklist", "Rating", options={1: "Hot"}, is_custom=True),
    ColumnInfo("new_partnerid", "new_PartnerId", "Lookup", "Partner", targets=("account",), is_custom=True),
    ColumnInfo("new_fee", "new_Fee", "Money", "Fee", is_custom=True),
]


def schema_of(document: bytes) -> etree._Element:
    return next(etree.fromstring(document).iter(f"{EDM}Schema"))


def named(schema: etree._Element, tag: str, name: str) -> etree._Element:
    (found,) = [each for each in schema.iter(f"{EDM}{tag}") if each.get("Name") == name]
    return found


def member(type: etree._Element, name: str) -> dict[str, str]:
    return dict(next(each for each in type if each.get("Name") == name).attrib)


@pytest.mark.parametrize("annotations", [False, True])
def test_keeps_to_the_rules_of_csdl(organization: Organization, annotations: bool) -> None:
    assert problems(metadata_xml(organization, version="9.2", annotations=annotations)) == []


def test_custom_columns_keep_to_the_rules_too(make_organization: Make) -> None:
    organization = make_organization(key=2, version=3, quote=CUSTOM)
    document = metadata_xml(organization, version="9.2", annotations=True)
    assert problems(document) == []
    quote = named(schema_of(document), "EntityType", "quote")
    assert member(quote, "new_rating") == {"Name": "new_rating", "Type": "Edm.Int32"}
    assert member(quote, "_new_partnerid_value")["Type"] == "Edm.Guid"
    assert member(quote, "new_PartnerId")["Type"] == "mscrm.account"


def test_the_rules_find_what_is_wrong(organization: Organization) -> None:
    document = metadata_xml(organization, version="9.2")
    for good, bad in [
        (b'Type="mscrm.ColumnSet"', b'Type="mscrm.ColumSet"'),
        (b'<PropertyRef Name="quoteid"/>', b'<PropertyRef Name="quote"/>'),
        (b'Partner="quote_details"', b'Partner="quote_detail"'),
        (b'Path="quote_details" Target="quotedetails"', b'Path="quote_details" Target="quotes"'),
        (b'<EntitySet Name="quotes"', b'<EntitySet Name="leads"'),
        (b' Scale="Variable"', b""),
    ]:
        assert good in document
        assert problems(document.replace(good, bad)) != [], bad


def test_every_table_and_collection_is_there(organization: Organization) -> None:
    schema = schema_of(metadata_xml(organization, version="9.2"))
    sets = {each.get("Name") for each in schema.iter(f"{EDM}EntitySet")}
    assert sets == {info.entity_set for info in all_tables()}
    for info in all_tables():
        type = named(schema, "EntityType", info.logical_name)
        ways = {each.get("Name") for each in type.findall(f"{EDM}NavigationProperty")}
        assert set(collections_of(info.logical_name)) <= ways
        assert len(type.findall(f"{EDM}Property")) == len(info.columns)


def test_a_quote_as_clients_know_it(organization: Organization) -> None:
    schema = schema_of(metadata_xml(organization, version="9.2"))
    assert dict(schema.attrib) == {"Namespace": "Microsoft.Dynamics.CRM", "Alias": "mscrm"}
    quote = named(schema, "EntityType", "quote")
    assert quote.get("BaseType") == "mscrm.crmbaseentity"
    assert member(quote, "quoteid") == {"Name": "quoteid", "Type": "Edm.Guid", "Nullable": "false"}
    assert member(quote, "totalamount") == {"Name": "totalamount", "Type": "Edm.Decimal", "Scale": "Variable"}
    assert member(quote, "statecode")["Type"] == "Edm.Int32"
    assert member(quote, "versionnumber")["Type"] == "Edm.Int64"
    assert member(quote, "createdon")["Type"] == "Edm.DateTimeOffset"
    assert member(quote, "effectivefrom")["Type"] == "Edm.DateTimeOffset"
    assert member(quote, "_customerid_value")["Type"] == "Edm.Guid"
    assert member(quote, "customerid_account")["Type"] == "mscrm.account"
    assert member(quote, "customerid_contact")["Type"] == "mscrm.contact"
    assert member(quote, "ownerid")["Type"] == "mscrm.principal"
    assert member(quote, "quote_details") == {
        "Name": "quote_details",
        "Type": "Collection(mscrm.quotedetail)",
        "Partner": "quoteid",
    }
    pricelevel = named(schema, "EntityType", "pricelevel")
    assert member(pricelevel, "begindate")["Type"] == "Edm.Date"


def test_operations_are_declared_as_they_are_called(organization: Organization) -> None:
    schema = schema_of(metadata_xml(organization, version="9.2"))
    win = named(schema, "Action", "WinQuote")
    assert [dict(each.attrib) for each in win] == [
        {"Name": "QuoteClose", "Type": "mscrm.quoteclose", "Nullable": "false"},
        {"Name": "Status", "Type": "Edm.Int32", "Nullable": "false"},
    ]
    fulfill = named(schema, "Action", "FulfillSalesOrder")
    assert fulfill[0].get("Type") == "Collection(mscrm.salesorder)"
    assert named(schema, "FunctionImport", "WhoAmI").get("Function") == "Microsoft.Dynamics.CRM.WhoAmI"
    bound = [each for each in schema.iter(f"{EDM}Function") if each.get("Name") == "GetQuantityDecimal"]
    tables = ["opportunity", "quote", "salesorder", "invoice"]
    assert [each[0].get("Type") for each in bound] == [f"mscrm.{table}" for table in tables]


def test_annotations_name_alternate_keys(organization: Organization) -> None:
    plain = metadata_xml(organization, version="9.2")
    assert b"<Annotation" not in plain
    annotated = metadata_xml(organization, version="9.2", annotations=True)
    quote = named(schema_of(annotated), "EntityType", "quote")
    paths = [each.get("PropertyPath") for each in quote.iter(f"{EDM}PropertyValue") if each.get("PropertyPath")]
    assert paths == ["quotenumber", "revisionnumber"]


def test_is_made_once_for_each_version_of_the_columns(make_organization: Make) -> None:
    first = metadata_xml(make_organization(key=3), version="9.2")
    assert metadata_xml(make_organization(key=3), version="9.2") is first
    changed = metadata_xml(make_organization(key=3, version=1, quote=CUSTOM), version="9.2")
    assert b"new_rating" in changed
    assert b"new_rating" not in first
    assert b"new_rating" not in metadata_xml(make_organization(key=4), version="9.2")

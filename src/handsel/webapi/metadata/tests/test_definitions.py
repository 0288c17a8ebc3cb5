"""The requests of real clients for definitions, and what they need in the response (Web API 10 and 12)."""

from collections.abc import Callable
from typing import Any

import pytest

from handsel.engine.organization import Organization
from handsel.errors import HandselError, NotFound
from handsel.tables.info import ColumnInfo, all_tables, table_info
from handsel.webapi.metadata.attributes import attributes
from handsel.webapi.metadata.definitions import entity_definition, entity_definitions
from handsel.webapi.metadata.names import metadata_id
from handsel.webapi.metadata.relationships import relationships
from handsel.webapi.metadata.resource import read
from handsel.webapi.protocol.segments import segments_of

Make = Callable[..., Organization]
CRM = "Microsoft.Dynamics.CRM"


def get(organization: Organization, path: str, **options: str) -> Any:
    return read(organization, segments_of(path), {f"${name}": text for name, text in options.items()}).body


def rows(organization: Organization, path: str, **options: str) -> list[dict[str, Any]]:
    found = get(organization, path, **options)["value"]
    assert isinstance(found, list)
    return found


def test_how_the_python_sdk_finds_a_table(organization: Organization) -> None:
    select = "LogicalName,EntitySetName,PrimaryIdAttribute"
    (found,) = rows(organization, "EntityDefinitions", select=select, filter="LogicalName eq 'quote'")
    assert found == {
        "MetadataId": metadata_id("quote"),
        "LogicalName": "quote",
        "EntitySetName": "quotes",
        "PrimaryIdAttribute": "quoteid",
    }
    assert rows(organization, "EntityDefinitions", select=select, filter="LogicalName eq 'no'") == []


def test_how_the_python_sdk_turns_labels_into_options(organization: Organization) -> None:
    path = f"EntityDefinitions(LogicalName='quote')/Attributes/{CRM}.PicklistAttributeMetadata"
    found = rows(organization, path, select="LogicalName", expand="OptionSet($select=Options)")
    terms = next(row for row in found if row["LogicalName"] == "paymenttermscode")
    assert set(terms) == {"MetadataId", "LogicalName", "OptionSet"}
    first = terms["OptionSet"]["Options"][0]
    assert first["Value"] == 1
    assert first["Label"]["UserLocalizedLabel"]["Label"] == "Net 30"
    assert [(each["Label"], each["LanguageCode"]) for each in first["Label"]["LocalizedLabels"]] == [("Net 30", 1033)]


def test_a_table_without_choices_answers_an_empty_list(organization: Organization) -> None:
    path = f"EntityDefinitions(LogicalName='teammembership')/Attributes/{CRM}.PicklistAttributeMetadata"
    assert rows(organization, path, select="LogicalName", expand="OptionSet($select=Options)") == []


def test_how_the_python_sdk_lists_tables_and_columns(organization: Organization) -> None:
    chosen = "IsPrivate eq false and (SchemaName eq 'Quote' or LogicalName eq 'lead')"
    assert [row["LogicalName"] for row in rows(organization, "EntityDefinitions", filter=chosen)] == ["lead", "quote"]
    id = metadata_id("quote")
    columns = rows(organization, f"EntityDefinitions({id})/Attributes", filter="AttributeType eq 'Money'")
    assert {row["AttributeTypeName"]["Value"] for row in columns} == {"MoneyType"}
    assert {row["@odata.type"] for row in columns} == {f"#{CRM}.MoneyAttributeMetadata"}
    one = get(organization, f"EntityDefinitions({id})/Attributes(LogicalName='name')")
    assert (one["IsPrimaryName"], one["MaxLength"], one["RequiredLevel"]["Value"]) == (True, 300, "ApplicationRequired")


def test_how_the_python_sdk_lists_relationships(organization: Organization) -> None:
    (found,) = rows(organization, "RelationshipDefinitions", filter="SchemaName eq 'quote_details'")
    assert found["@odata.type"] == f"#{CRM}.OneToManyRelationshipMetadata"
    assert (found["ReferencedEntity"], found["ReferencedAttribute"]) == ("quote", "quoteid")
    assert (found["ReferencingEntity"], found["ReferencingAttribute"]) == ("quotedetail", "quoteid")
    assert found["ReferencedEntityNavigationPropertyName"] == "quote_details"
    assert found["ReferencingEntityNavigationPropertyName"] == "quoteid"
    assert found["CascadeConfiguration"]["Delete"] == "Cascade"
    path = "EntityDefinitions(LogicalName='team')/ManyToManyRelationships"
    listed = rows(organization, path, select="SchemaName,IntersectEntityName,Entity1LogicalName")
    members, *others = sorted(listed, key=lambda row: row["SchemaName"])
    assert members["SchemaName"] == "teammembership_association"
    assert [row["SchemaName"] for row in others] == ["teamprofiles_association", "teamroles_association"]
    assert members["IntersectEntityName"] == "teammembership"


def test_what_dataverse_api_asks_of_a_table(organization: Organization) -> None:
    quote = "EntityDefinitions(LogicalName='quote')"
    (key,) = rows(organization, f"{quote}/Keys", select="SchemaName,KeyAttributes")
    assert key["KeyAttributes"] == ["quotenumber", "revisionnumber"]
    found = get(organization, quote, select="EntitySetName,PrimaryIdAttribute,PrimaryImageAttribute")
    assert found["PrimaryImageAttribute"] is None
    single = {
        row["ReferencingEntityNavigationPropertyName"] for row in rows(organization, f"{quote}/ManyToOneRelationships")
    }
    assert {"customerid_account", "customerid_contact", "ownerid", "opportunityid"} <= single
    several = {
        row["ReferencedEntityNavigationPropertyName"] for row in rows(organization, f"{quote}/OneToManyRelationships")
    }
    assert {"quote_details", "quote_orders", "Quote_QuoteClose"} <= several


def test_what_dynamics_web_api_asks(organization: Organization) -> None:
    found = rows(organization, "EntityDefinitions", select="EntitySetName,LogicalName")
    assert len(found) == len(all_tables())
    assert get(organization, "EntityDefinitions(LogicalName='quote')/EntitySetName") == {"value": "quotes"}


def test_lookups_name_their_targets_and_have_implied_columns(organization: Organization) -> None:
    by_name = {row["LogicalName"]: row for row in attributes(organization, "quote")}
    customer, owner = by_name["customerid"], by_name["ownerid"]
    assert (customer["AttributeType"], customer["Targets"]) == ("Customer", ["account", "contact"])
    assert customer["@odata.type"] == f"#{CRM}.LookupAttributeMetadata"
    assert (owner["AttributeType"], owner["AttributeTypeName"]) == ("Owner", {"Value": "OwnerType"})
    assert (by_name["customeridname"]["AttributeType"], by_name["customeridname"]["AttributeOf"]) == (
        "Virtual",
        "customerid",
    )
    assert by_name["customeridtype"]["AttributeType"] == "EntityName"
    assert by_name["statecodename"]["AttributeOf"] == "statecode"
    assert by_name["quoteid"]["IsPrimaryId"]


def test_numbers_say_their_range(organization: Organization) -> None:
    by_name = {row["LogicalName"]: row for row in attributes(organization, "quotedetail")}
    assert by_name["quantity"]["Precision"] == 5
    assert (by_name["quantity"]["MinValue"], by_name["quantity"]["MaxValue"]) == (-100000000000, 100000000000)
    assert by_name["priceperunit"]["PrecisionSource"] == 1
    assert by_name["priceperunit_base"]["CalculationOf"] == "priceperunit"
    assert by_name["quotedetailid"]["AttributeTypeName"] == {"Value": "UniqueidentifierType"}
    assert by_name["versionnumber"]["MaxValue"] == 9223372036854775807
    dates = {row["LogicalName"]: row for row in attributes(organization, "pricelevel")}
    assert dates["begindate"]["DateTimeBehavior"] == {"Value": "DateOnly"}


def test_reasons_say_their_state_and_states_their_default(organization: Organization) -> None:
    path = "EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='{}')/" + CRM + ".{}AttributeMetadata"
    reasons = get(organization, path.format("statuscode", "Status"), expand="OptionSet")["OptionSet"]["Options"]
    assert [(each["Value"], each["State"]) for each in reasons] == [
        (1, 0),
        (2, 1),
        (3, 1),
        (4, 2),
        (5, 3),
        (6, 3),
        (7, 3),
    ]
    states = get(organization, path.format("statecode", "State"), expand="OptionSet")["OptionSet"]["Options"]
    assert [(each["Value"], each["DefaultStatus"]) for each in states] == [(0, 1), (1, 2), (2, 4), (3, 7)]
    lock = get(organization, path.format("willcall", "Boolean"), expand="OptionSet")["OptionSet"]
    assert (lock["TrueOption"]["Value"], lock["FalseOption"]["Value"]) == (1, 0)


def test_shared_options_are_global(organization: Organization) -> None:
    names = {row["Name"] for row in rows(organization, "GlobalOptionSetDefinitions")}
    path = "EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='paymenttermscode')"
    found = get(organization, f"{path}/{CRM}.PicklistAttributeMetadata", expand="OptionSet,GlobalOptionSet")
    name = found["GlobalOptionSet"]["Name"]
    assert name in names
    assert found["OptionSet"]["Name"] == name
    assert get(organization, f"GlobalOptionSetDefinitions(Name='{name}')")["Options"][0]["Value"] == 1
    source = "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='leadsourcecode')"
    own = get(organization, source, expand="GlobalOptionSet")
    assert own["GlobalOptionSet"] is None


def test_every_definition_is_complete_and_has_its_own_id(organization: Organization) -> None:
    ids = [row["MetadataId"] for row in entity_definitions(organization)]
    names = [row["SchemaName"] for row in relationships(organization)]
    ids += [row["MetadataId"] for row in relationships(organization)]
    for info in all_tables():
        found = attributes(organization, info.logical_name)
        assert len({row["LogicalName"] for row in found}) == len(found)
        assert {row["LogicalName"] for row in found} >= set(info.columns)
        ids += [row["MetadataId"] for row in found]
    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids))


def test_ids_stay_the_same(make_organization: Make) -> None:
    first, second = make_organization(key=5), make_organization(key=6)
    assert entity_definition(first, "quote")["MetadataId"] == entity_definition(second, "quote")["MetadataId"]
    assert metadata_id("quote", "name") == "da3e6d1f-421f-5515-b9cd-61a27d38da39"
    assert entity_definition(first, metadata_id("quote").upper())["LogicalName"] == "quote"


def test_custom_columns_are_marked(make_organization: Make) -> None:
    own = [
        ColumnInfo("new_rating", "new_Rating", "Picklist", "Rating", options={1: "Hot"}, is_custom=True),
        ColumnInfo("new_partnerid", "new_PartnerId", "Lookup", "Partner", targets=("account",), is_custom=True),
    ]
    organization = make_organization(key=7, version=1, quote=own)
    path = "EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='new_rating')"
    found = get(organization, f"{path}/{CRM}.PicklistAttributeMetadata", expand="OptionSet($select=Options,Name)")
    assert found["IsCustomAttribute"]
    assert found["OptionSet"]["Name"] == "quote_new_rating"
    assert [each["Value"] for each in found["OptionSet"]["Options"]] == [1]
    (partner,) = rows(organization, "RelationshipDefinitions", filter="ReferencingAttribute eq 'new_partnerid'")
    assert partner["ReferencingEntityNavigationPropertyName"] == "new_PartnerId"
    assert partner["IsCustomRelationship"]


def test_labels_carry_the_organizations_language(make_organization: Make) -> None:
    found = entity_definition(make_organization(key=8, language=1031), "quote")
    assert found["DisplayName"]["UserLocalizedLabel"]["LanguageCode"] == 1031
    assert found["DisplayName"]["UserLocalizedLabel"]["Label"] == table_info("quote").label


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("EntityDefinitions(LogicalName='nope')", 404),
        ("EntityDefinitions(00000000-0000-0000-0000-000000000000)", 404),
        ("EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='nope')", 404),
        ("EntityDefinitions(LogicalName='quote')/Nope", 404),
        ("EntityDefinitions/Attributes", 404),
        ("EntityDefinitions(LogicalName='quote')/LogicalName/Length", 404),
        (f"EntityDefinitions(LogicalName='quote')/Attributes/{CRM}.NopeAttributeMetadata", 404),
        (f"EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='name')/{CRM}.MoneyAttributeMetadata", 404),
        ("EntityDefinitions(LogicalName='quote')/Attributes(LogicalName='name')/OptionSet", 404),
        ("ManagedPropertyDefinitions", 404),
        ("EntityDefinitions(Colour='red')", 400),
        ("EntityDefinitions(quote)", 400),
    ],
)
def test_paths_that_lead_nowhere(organization: Organization, path: str, status: int) -> None:
    with pytest.raises(HandselError) as refused:
        get(organization, path)
    assert refused.value.status == status


def test_unknown_table(organization: Organization) -> None:
    with pytest.raises(NotFound, match="nope"):
        entity_definition(organization, "nope")


def test_context_of_the_response(organization: Organization) -> None:
    def context(path: str, **options: str) -> str:
        return read(organization, segments_of(path), {f"${name}": text for name, text in options.items()}).context

    id = metadata_id("quote")
    assert context("EntityDefinitions", select="LogicalName,EntitySetName") == (
        "EntityDefinitions(LogicalName,EntitySetName)"
    )
    assert context("EntityDefinitions(LogicalName='quote')") == f"EntityDefinitions('{id}')/$entity"
    path = f"EntityDefinitions(LogicalName='quote')/Attributes/{CRM}.PicklistAttributeMetadata"
    assert context(path, select="LogicalName", expand="OptionSet($select=Options)") == (
        f"EntityDefinitions('{id}')/Attributes/{CRM}.PicklistAttributeMetadata(LogicalName,OptionSet(Options))"
    )

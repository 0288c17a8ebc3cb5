"""The metadata endpoints over HTTP, as clients ask them (Web API 10)."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.webapi.client import ROOT, Api

CRM = "Microsoft.Dynamics.CRM"
QUOTE = "EntityDefinitions(LogicalName='quote')"
LINE = "EntityDefinitions(LogicalName='quotedetail')"


def found(api: Api, path: str) -> Any:
    reply = api.get(path)
    assert reply.status == 200, reply.body
    assert reply.headers["Content-Type"] == "application/json; odata.metadata=minimal"
    assert reply.headers["OData-Version"] == "4.0"
    return reply.json


def rows(api: Api, path: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = found(api, path)["value"]
    return listed


# Tables


def test_a_table_by_name_and_by_id(one_api: Api) -> None:
    by_name = found(one_api, QUOTE)
    expected = {
        "LogicalName": "quote",
        "SchemaName": "Quote",
        "EntitySetName": "quotes",
        "LogicalCollectionName": "quotes",
        "PrimaryIdAttribute": "quoteid",
        "PrimaryNameAttribute": "name",
        "PrimaryImageAttribute": None,
        "ObjectTypeCode": 1084,
        "OwnershipType": "UserOwned",
        "IsPrivate": False,
        "IsCustomEntity": False,
        "IsIntersect": False,
        "IsActivity": False,
        "ChangeTrackingEnabled": True,
        "IsOptimisticConcurrencyEnabled": True,
    }
    assert {name: by_name[name] for name in expected} == expected
    for name, text in (("DisplayName", "Quote"), ("DisplayCollectionName", "Quotes")):
        assert by_name[name]["UserLocalizedLabel"]["Label"] == text
        assert by_name[name]["LocalizedLabels"][0]["LanguageCode"] == 1033
    assert by_name["@odata.context"] == f"{ROOT}$metadata#EntityDefinitions('{by_name['MetadataId']}')/$entity"
    assert found(one_api, f"EntityDefinitions({by_name['MetadataId']})") == by_name
    assert found(one_api, f"EntityDefinitions({by_name['MetadataId'].upper()})")["LogicalName"] == "quote"
    assert found(one_api, "EntityDefinitions('quote')?$select=LogicalName")["LogicalName"] == "quote"


def test_connecting_clients_get_a_list_for_an_unknown_table(one_api: Api) -> None:
    for name, count in (("quote", 1), ("nothing", 0)):
        query = f"$select=LogicalName,EntitySetName,PrimaryIdAttribute&$filter=LogicalName eq '{name}'"
        assert len(rows(one_api, f"EntityDefinitions?{query}")) == count
    reply = one_api.get("EntityDefinitions(LogicalName='nothing')?$select=EntitySetName")
    assert (reply.status, reply.code) == (404, "0x80040217")
    assert "nothing" in reply.message


def test_all_tables_come_unpaged(one_api: Api) -> None:
    sets = {each["name"] for each in rows(one_api, "")}
    body = one_api.get("EntityDefinitions?$select=EntitySetName,LogicalName", Prefer="odata.maxpagesize=2").json
    assert {each["EntitySetName"] for each in body["value"]} == sets
    assert "@odata.nextLink" not in body
    assert all(set(each) == {"EntitySetName", "LogicalName", "MetadataId"} for each in body["value"])


@pytest.mark.parametrize(
    ("filter", "names"),
    [
        ("LogicalName eq 'quote' or LogicalName eq 'quotedetail'", {"quote", "quotedetail"}),
        (
            "IsActivity eq true",
            {"opportunityclose", "quoteclose", "orderclose", "task", "phonecall", "appointment", "activitypointer"},
        ),
        (
            "IsIntersect eq true and LogicalName ne 'teammembership'",
            {
                *("opportunitycompetitors", "systemuserroles", "teamroles", "roleprivileges"),
                *("systemuserprofiles", "teamprofiles", "hs_roleprofiles"),
            },
        ),
        ("not (ObjectTypeCode ne 1084)", {"quote"}),
        ("LogicalName eq 'quote' and IsPrivate eq true", set()),
    ],
)  # fmt: skip
def test_filters_of_tables(one_api: Api, filter: str, names: set[str]) -> None:
    listed = rows(one_api, f"EntityDefinitions?$select=LogicalName&$filter={filter}")
    assert {each["LogicalName"] for each in listed} == names


# Columns


KINDS = [
    ("String", "name", {"MaxLength": 300, "Format": "Text", "FormatName": {"Value": "Text"}}),
    ("Memo", "description", {"MaxLength": 2000, "Format": "TextArea"}),
    ("Integer", "revisionnumber", {"MinValue": 0, "MaxValue": 2147483647, "Format": "None"}),
    ("Decimal", "discountpercentage", {"MinValue": 0, "MaxValue": 100, "Precision": 2}),
    ("Money", "totalamount", {"MaxValue": 922337203685477, "PrecisionSource": 2, "IsBaseCurrency": False}),
    ("Money", "totalamount_base", {"IsBaseCurrency": True, "CalculationOf": "totalamount"}),
    ("Boolean", "willcall", {"DefaultValue": False}),
    ("DateTime", "effectivefrom", {"Format": "DateOnly"}),
    ("DateTime", "createdon", {"Format": "DateAndTime", "DateTimeBehavior": {"Value": "UserLocal"}}),
    ("Lookup", "opportunityid", {"Targets": ["opportunity"], "AttributeType": "Lookup"}),
    ("Lookup", "customerid", {"Targets": ["account", "contact"], "AttributeType": "Customer"}),
    ("Lookup", "ownerid", {"Targets": ["systemuser", "team"], "AttributeType": "Owner"}),
    ("Picklist", "paymenttermscode", {"AttributeType": "Picklist"}),
    ("State", "statecode", {"AttributeType": "State"}),
    ("Status", "statuscode", {"AttributeType": "Status"}),
    ("UniqueIdentifier", "quoteid", {"IsPrimaryId": True, "AttributeTypeName": {"Value": "UniqueidentifierType"}}),
    ("BigInt", "versionnumber", {"AttributeType": "BigInt"}),
]


@pytest.mark.parametrize(("kind", "name", "expected"), KINDS, ids=lambda each: str(each)[:30])
def test_a_column_with_and_without_its_type(one_api: Api, kind: str, name: str, expected: dict[str, Any]) -> None:
    path = f"{QUOTE}/Attributes(LogicalName='{name}')"
    untyped = found(one_api, path)
    assert untyped["@odata.type"] == f"#{CRM}.{kind}AttributeMetadata"
    assert {key: untyped[key] for key in expected} == expected
    typed = found(one_api, f"{path}/{CRM}.{kind}AttributeMetadata")
    assert {key: typed[key] for key in expected} == expected
    assert found(one_api, f"{QUOTE}/Attributes({untyped['MetadataId']})")["LogicalName"] == name
    listed = rows(one_api, f"{QUOTE}/Attributes/{CRM}.{kind}AttributeMetadata?$select=LogicalName")
    assert name in [each["LogicalName"] for each in listed]
    wrong = "MemoAttributeMetadata" if kind != "Memo" else "StringAttributeMetadata"
    assert one_api.get(f"{path}/{CRM}.{wrong}").status == 404
    assert name not in [each["LogicalName"] for each in rows(one_api, f"{QUOTE}/Attributes/{CRM}.{wrong}")]


def test_properties_of_every_column(one_api: Api) -> None:
    listed = rows(one_api, f"{QUOTE}/Attributes")
    for each in listed:
        assert each["@odata.type"].startswith(f"#{CRM}.")
        assert each["EntityLogicalName"] == "quote"
        assert set(each) >= {
            "MetadataId",
            "LogicalName",
            "SchemaName",
            "AttributeType",
            "AttributeTypeName",
            "AttributeOf",
        }
        assert set(each) >= {"IsValidForCreate", "IsValidForUpdate", "IsValidForRead", "RequiredLevel", "Description"}
    by_name = {each["LogicalName"]: each for each in listed}
    assert len(by_name) == len(listed)
    assert (by_name["customeridname"]["AttributeType"], by_name["customeridname"]["AttributeOf"]) == (
        "Virtual",
        "customerid",
    )
    assert by_name["customerid"]["RequiredLevel"]["Value"] == "ApplicationRequired"
    assert [name for name, each in by_name.items() if each["IsPrimaryName"]] == ["name"]
    assert (by_name["createdon"]["IsValidForCreate"], by_name["createdon"]["IsValidForUpdate"]) == (False, False)


def test_columns_by_filter(one_api: Api) -> None:
    query = "$select=LogicalName&$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'State'"
    assert [each["LogicalName"] for each in rows(one_api, f"{QUOTE}/Attributes?{query}")] == ["statecode"]
    listed = rows(
        one_api, f"{QUOTE}/Attributes?$select=LogicalName&$filter=IsPrimaryId eq true or LogicalName eq 'name'"
    )
    assert [each["LogicalName"] for each in listed] == ["quoteid", "name"]
    assert all(set(each) == {"LogicalName", "MetadataId", "@odata.type"} for each in listed)


# Choices


def test_options_of_a_choice(one_api: Api) -> None:
    cast = f"{CRM}.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet"
    one = found(one_api, f"{QUOTE}/Attributes(LogicalName='paymenttermscode')/{cast}")
    options = one["OptionSet"]["Options"]
    assert (options[0]["Value"], options[0]["Label"]["UserLocalizedLabel"]["Label"]) == (1, "Net 30")
    assert options[0]["Label"]["LocalizedLabels"][0]["LanguageCode"] == 1033
    listed = {each["LogicalName"]: each for each in rows(one_api, f"{QUOTE}/Attributes/{cast}")}
    assert listed["paymenttermscode"]["OptionSet"] == one["OptionSet"]


def test_statuses_say_to_which_state_they_belong(one_api: Api) -> None:
    path = f"{QUOTE}/Attributes(LogicalName='statuscode')/{CRM}.StatusAttributeMetadata?$expand=OptionSet"
    options = found(one_api, path)["OptionSet"]["Options"]
    states = {each["Value"]: each["State"] for each in options}
    assert (states[1], states[4], states[5]) == (0, 2, 3)  # in progress is draft, won is won, lost is closed
    path = f"{QUOTE}/Attributes(LogicalName='statecode')/{CRM}.StateAttributeMetadata?$expand=OptionSet"
    options = found(one_api, path)["OptionSet"]["Options"]
    assert [each["Label"]["UserLocalizedLabel"]["Label"] for each in options] == ["Draft", "Active", "Won", "Closed"]


def test_both_options_of_a_yes_and_no(one_api: Api) -> None:
    path = f"{QUOTE}/Attributes(LogicalName='willcall')/{CRM}.BooleanAttributeMetadata?$expand=OptionSet"
    option_set = found(one_api, path)["OptionSet"]
    assert (option_set["TrueOption"]["Value"], option_set["FalseOption"]["Value"]) == (1, 0)


def test_option_sets_that_tables_share(one_api: Api) -> None:
    listed = rows(one_api, "GlobalOptionSetDefinitions")
    assert {each["@odata.type"] for each in listed} == {f"#{CRM}.OptionSetMetadata"}
    first = listed[0]
    for key in (f"Name='{first['Name']}'", first["MetadataId"]):
        one = found(one_api, f"GlobalOptionSetDefinitions({key})")
        assert (one["Name"], one["IsGlobal"], len(one["Options"])) == (first["Name"], True, len(first["Options"]))
    cast = found(one_api, f"GlobalOptionSetDefinitions(Name='{first['Name']}')/{CRM}.OptionSetMetadata?$select=Options")
    assert cast["Options"] == first["Options"]
    assert one_api.get("GlobalOptionSetDefinitions(Name='nothing')").status == 404


# Relationships and keys


def test_relationships_of_a_table(one_api: Api) -> None:
    [lines] = rows(one_api, f"{QUOTE}/OneToManyRelationships?$filter=SchemaName eq 'quote_details'")
    expected = {
        "ReferencedEntity": "quote",
        "ReferencedAttribute": "quoteid",
        "ReferencingEntity": "quotedetail",
        "ReferencingAttribute": "quoteid",
        "ReferencedEntityNavigationPropertyName": "quote_details",
        "ReferencingEntityNavigationPropertyName": "quoteid",
    }
    assert {name: lines[name] for name in expected} == expected
    assert lines["CascadeConfiguration"]["Delete"] == "Cascade"
    back = rows(one_api, f"{LINE}/ManyToOneRelationships?$filter=ReferencedEntity eq 'quote'")
    assert "quote_details" in [each["SchemaName"] for each in back]
    many = rows(one_api, "EntityDefinitions(LogicalName='team')/ManyToManyRelationships?$select=SchemaName")
    assert {each["SchemaName"] for each in many} == {
        *("teammembership_association", "teamroles_association", "teamprofiles_association"),
    }


def test_relationships_say_their_type(one_api: Api) -> None:
    listed = rows(one_api, "RelationshipDefinitions?$select=SchemaName")
    kinds = {f"#{CRM}.{kind}RelationshipMetadata" for kind in ("OneToMany", "ManyToMany")}
    assert {each["@odata.type"] for each in listed} == kinds
    one = rows(one_api, "RelationshipDefinitions?$filter=SchemaName eq 'quote_details'")
    assert [each["ReferencingEntity"] for each in one] == ["quotedetail"]
    assert found(one_api, f"RelationshipDefinitions({one[0]['MetadataId']})")["SchemaName"] == "quote_details"
    cast = f"RelationshipDefinitions({one[0]['MetadataId']})/{CRM}.OneToManyRelationshipMetadata"
    assert found(one_api, f"{cast}?$select=SchemaName")["SchemaName"] == "quote_details"
    many = rows(one_api, f"RelationshipDefinitions/{CRM}.ManyToManyRelationshipMetadata?$select=SchemaName")
    names = {each["SchemaName"] for each in many}
    assert "teammembership_association" in names
    assert "quote_details" not in names
    wrong = f"RelationshipDefinitions({one[0]['MetadataId']})/{CRM}.ManyToManyRelationshipMetadata"
    assert one_api.get(wrong).status == 404


def test_keys(one_api: Api) -> None:
    [key] = rows(one_api, f"{QUOTE}/Keys?$select=SchemaName,KeyAttributes")
    assert key["KeyAttributes"] == ["quotenumber", "revisionnumber"]
    one = found(one_api, f"{QUOTE}/Keys({key['MetadataId']})")
    assert (one["EntityKeyIndexStatus"], one["LogicalName"]) == ("Active", key["SchemaName"].lower())


# Expanding


def test_what_a_table_can_be_expanded_by(one_api: Api) -> None:
    query = (
        "$select=LogicalName&$expand=Attributes($select=LogicalName;$filter=LogicalName eq 'statuscode'),"
        "Keys($select=KeyAttributes),OneToManyRelationships($select=SchemaName),ManyToOneRelationships,"
        "ManyToManyRelationships"
    )
    one = found(one_api, f"{QUOTE}?{query}")
    assert [each["LogicalName"] for each in one["Attributes"]] == ["statuscode"]
    assert len(one["Keys"]) == 1
    assert "quote_details" in [each["SchemaName"] for each in one["OneToManyRelationships"]]
    assert one["ManyToManyRelationships"] == []
    listed = rows(one_api, f"EntityDefinitions?{query}&$filter=LogicalName eq 'quote'")
    assert listed == [{name: value for name, value in one.items() if name != "@odata.context"}]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{QUOTE}?$select=Nothing", 400, "Nothing"),
        (f"{QUOTE}?$expand=Nothing", 400, "Nothing"),
        ("EntityDefinitions?$filter=Nothing eq 1", 400, "Nothing"),
        ("EntityDefinitions?$filter=startswith(LogicalName,'q')", 501, "eq, ne"),
        ("EntityDefinitions?$filter=ObjectTypeCode gt 1", 501, "eq, ne"),
        ("EntityDefinitions?$orderby=LogicalName", 501, "$orderby"),
        (f"{QUOTE}/Nothing", 404, "Nothing"),
        (f"{QUOTE}/Attributes(LogicalName='nothing')", 404, "nothing"),
        (f"{QUOTE}/Attributes/{CRM}.NothingMetadata", 404, "NothingMetadata"),
        ("EntityDefinitions(Colour='x')", 400, "Colour"),
        ("EntityDefinitions(1)", 400, "1"),
    ],
)
def test_what_definitions_refuse(one_api: Api, path: str, status: int, said: str) -> None:
    reply = one_api.get(path)
    assert reply.status == status, reply.body
    assert said in reply.message


# RetrieveMetadataChanges


def changes(api: Api, query: str, more: str = "") -> Any:
    return found(api, f"RetrieveMetadataChanges(Query=@p1{more})?@p1={quote(query)}")


def test_metadata_changes(one_api: Api) -> None:
    query = (
        '{"Criteria":{"Conditions":[{"PropertyName":"LogicalName","ConditionOperator":"Equals","Value":{"Value":"quote",'
        '"Type":"System.String"}}],"FilterOperator":"And"},"Properties":{"PropertyNames":["LogicalName","Attributes"]},'
        '"AttributeQuery":{"Properties":{"AllProperties":true},"Criteria":{"FilterOperator":"Or","Conditions":['
        '{"PropertyName":"LogicalName","ConditionOperator":"In","Value":{"Value":["statuscode","name"]}}]}}}'
    )
    body = changes(one_api, query)
    assert body["@odata.context"] == f"{ROOT}$metadata#{CRM}.RetrieveMetadataChangesResponse"
    [table] = body["EntityMetadata"]
    assert table["LogicalName"] == "quote"
    by_name = {each["LogicalName"]: each for each in table["Attributes"]}
    assert set(by_name) == {"name", "statuscode"}
    assert by_name["name"]["@odata.type"] == f"#{CRM}.ComplexStringAttributeMetadata"
    assert by_name["name"]["MaxLength"] == 300
    assert by_name["statuscode"]["OptionSet"]["Options"]


def test_nothing_new_since_the_stamp(one_api: Api) -> None:
    query = '{"Properties":{"PropertyNames":["LogicalName"]}}'
    stamp = changes(one_api, query)["ServerVersionStamp"]
    again = f"RetrieveMetadataChanges(Query=@p1,ClientVersionStamp='{stamp}')?@p1={quote(query)}"
    assert found(one_api, again)["EntityMetadata"] == []
    body = {"@odata.type": f"{CRM}.StringAttributeMetadata", "SchemaName": "new_Code"}
    assert one_api.post(f"{QUOTE}/Attributes", body).status == 204
    assert "quote" in [each["LogicalName"] for each in found(one_api, again)["EntityMetadata"]]


@pytest.mark.parametrize("query", ["[]", '{"Criteria":3}', '{"Properties":{"PropertyNames":"x"}}'])
def test_metadata_changes_that_cannot_be_asked(one_api: Api, query: str) -> None:
    reply = one_api.get(f"RetrieveMetadataChanges(Query=@p1)?@p1={quote(query)}")
    assert (reply.status, reply.code) == (400, "0x80040203")


# Counting, and what has no meaning here


def test_definitions_are_counted(one_api: Api) -> None:
    tables = len(rows(one_api, "EntityDefinitions"))
    reply = one_api.get("EntityDefinitions/$count")
    assert (reply.status, reply.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    assert int(reply.body) == tables
    assert one_api.get("EntityDefinitions/$count?$filter=LogicalName eq 'quote'").body == b"1"
    assert one_api.get("EntityDefinitions/$count?$filter=LogicalName eq @p&@p='nothing'").body == b"0"
    columns = len(rows(one_api, f"{QUOTE}/Attributes"))
    assert int(one_api.get(f"{QUOTE}/Attributes/$count").body) == columns
    money = f"{QUOTE}/Attributes/{CRM}.MoneyAttributeMetadata"
    assert int(one_api.get(f"{money}/$count").body) == len(rows(one_api, money)) < columns
    for path in (
        "RelationshipDefinitions",
        "GlobalOptionSetDefinitions",
        f"{QUOTE}/Keys",
        f"{QUOTE}/ManyToOneRelationships",
    ):
        assert int(one_api.get(f"{path}/$count").body) == len(rows(one_api, path))


def test_the_number_beside_the_first_definitions(one_api: Api) -> None:
    body = found(one_api, "EntityDefinitions?$select=LogicalName&$top=2&$count=true")
    assert [list(row) for row in body["value"]] == [["MetadataId", "LogicalName"]] * 2
    assert body["@odata.count"] == len(rows(one_api, "EntityDefinitions"))
    assert list(body)[:2] == ["@odata.context", "@odata.count"]
    body = found(one_api, "EntityDefinitions?$filter=LogicalName eq 'quote'&$top=5&$count=true")
    assert (len(body["value"]), body["@odata.count"]) == (1, 1)
    assert len(rows(one_api, f"{QUOTE}/Attributes?$top=3")) == 3
    one = found(one_api, f"{QUOTE}?$select=LogicalName&$expand=Attributes($top=1;$count=true;$select=LogicalName)")
    assert len(one["Attributes"]) == 1
    assert one["Attributes@odata.count"] == len(rows(one_api, f"{QUOTE}/Attributes"))


def test_single_properties_as_text(one_api: Api) -> None:
    assert one_api.get(f"{QUOTE}/EntitySetName/$value").body == b"quotes"
    assert one_api.get(f"{QUOTE}/IsActivity/$value").body == b"false"
    assert one_api.get(f"{QUOTE}/EntityColor/$value").status == 204
    assert one_api.get(f"{QUOTE}/$count").status == 404
    assert one_api.get(f"{QUOTE}/EntitySetName/$count").status == 404


def test_keys_of_definitions_as_parameters(one_api: Api) -> None:
    assert found(one_api, "EntityDefinitions(LogicalName=@p1)?$select=SchemaName&@p1='quote'")["SchemaName"] == "Quote"
    reply = one_api.get("EntityDefinitions(LogicalName=@p1)")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "no parameter @p1=" in reply.message


def test_documented_properties_without_meaning_answer_their_default(one_api: Api) -> None:
    names = "ActivityTypeMask,IsAIRUpdated,IsBPFEntity,HasFeedback,IconMediumName,IsSLAEnabled,MobileOfflineFilters"
    one = found(one_api, f"{QUOTE}?$select={names},CanCreateForms,IsVisibleInMobile,Privileges")
    assert [one[name] for name in names.split(",")] == [0, False, False, False, None, False, ""]
    assert one["CanCreateForms"] == {
        "Value": False,
        "CanBeChanged": False,
        "ManagedPropertyLogicalName": "cancreateforms",
    }
    assert one["IsVisibleInMobile"]["Value"] is False
    names = "AutoNumberFormat,IsDataSourceSecret,IsValidForForm,IsValidForGrid,ExternalName"
    columns = rows(one_api, f"{QUOTE}/Attributes?$select={names},IsSortableEnabled")
    assert all([one[name] for name in names.split(",")] == ["", False, True, True, None] for one in columns)
    assert rows(one_api, "EntityDefinitions?$select=LogicalName&$filter=IsBPFEntity eq true") == []


def test_columns_that_lookups_and_choices_imply_are_listed(one_api: Api) -> None:
    listed = {row["LogicalName"]: row for row in rows(one_api, f"{QUOTE}/Attributes")}
    for name, of, kind in [
        ("customeridname", "customerid", "Virtual"),
        ("customeridyominame", "customerid", "Virtual"),
        ("customeridtype", "customerid", "EntityName"),
        ("owneridyominame", "ownerid", "Virtual"),
        ("statecodename", "statecode", "Virtual"),
    ]:
        row = listed[name]
        assert (row["AttributeOf"], row["AttributeType"], row["IsValidODataAttribute"]) == (of, kind, False)
    assert "pricelevelidyominame" not in listed
    assert "pricelevelidtype" not in listed


def test_publishing_succeeds(one_api: Api) -> None:
    assert one_api.post("PublishAllXml").status == 204
    xml = "<importexportxml><entities><entity>account</entity></entities></importexportxml>"
    assert one_api.post("PublishXml", {"ParameterXml": xml}).status == 204
    for body, named in [({}, "ParameterXml"), ({"ParameterXml": 1}, "ParameterXml"), ({"ParameterXml": "<x"}, "XML")]:
        reply = one_api.post("PublishXml", body)
        assert (reply.status, reply.code) == (400, "0x80040203")
        assert named in reply.message
    reply = one_api.post("PublishXml", {"ParameterXml": '<!DOCTYPE x [<!ENTITY a "b">]><importexportxml/>'})
    assert reply.status == 400
    assert one_api.post("PublishXml", {"ParameterXml": "<other/>"}).status == 400
    assert one_api.get("PublishAllXml").status == 405

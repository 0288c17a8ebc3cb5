from typing import Any

import pytest

from handsel.engine.organization import Organization
from handsel.errors import InvalidArgument
from handsel.webapi.metadata.changes import metadata_changes


def equals(name: str, value: Any) -> dict[str, Any]:
    typed = {"Type": "System.String", "Value": value}
    return {"Conditions": [{"PropertyName": name, "ConditionOperator": "Equals", "Value": typed}]}


def test_how_the_python_sdk_reads_typed_columns(organization: Organization) -> None:
    query = {
        "Properties": {"PropertyNames": ["LogicalName", "Attributes"]},
        "Criteria": equals("LogicalName", "quote"),
        "AttributeQuery": {
            "Properties": {"PropertyNames": ["LogicalName", "MaxLength", "AttributeTypeName"]},
            "Criteria": equals("LogicalName", "name"),
        },
    }
    found = metadata_changes(organization, query)
    (table,) = found["EntityMetadata"]
    assert set(table) == {"MetadataId", "LogicalName", "SchemaName", "Attributes"}
    (name,) = table["Attributes"]
    assert name["@odata.type"] == "#Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata"
    assert (name["MaxLength"], name["AttributeTypeName"]) == (300, {"Value": "StringType"})
    assert "DisplayName" not in name


def test_everything_of_some_tables(organization: Organization) -> None:
    listed = {"PropertyName": "LogicalName", "ConditionOperator": "In", "Value": ["uom", "UoMSchedule"]}
    query = {"Properties": {"AllProperties": True}, "Criteria": {"Conditions": [listed]}}
    tables = metadata_changes(organization, query)["EntityMetadata"]
    assert [table["LogicalName"] for table in tables] == ["uomschedule", "uom"]
    unit = tables[1]
    assert {"Attributes", "Keys", "OneToManyRelationships", "ManyToOneRelationships"} <= set(unit)
    flags = [row for row in unit["Attributes"] if row["LogicalName"] == "isschedulebaseuom"]
    assert flags[0]["OptionSet"]["TrueOption"]["Value"] == 1


def test_filters_join(organization: Organization) -> None:
    activity = {"Conditions": [{"PropertyName": "IsActivity", "ConditionOperator": "Equals", "Value": True}]}
    query = {
        "Properties": {"PropertyNames": []},
        "Criteria": {"FilterOperator": "Or", "Filters": [activity, equals("SchemaName", "UoM")]},
    }
    tables = metadata_changes(organization, query)["EntityMetadata"]
    closes = {"opportunityclose", "quoteclose", "orderclose"}
    planned = {"task", "phonecall", "appointment", "activitypointer"}
    assert {table["LogicalName"] for table in tables} == {*closes, *planned, "uom"}
    assert set(tables[0]) == {"MetadataId", "LogicalName", "SchemaName"}


def test_nothing_changed_since_the_stamp(organization: Organization) -> None:
    stamp = metadata_changes(organization, {"Properties": {"PropertyNames": []}})["ServerVersionStamp"]
    assert metadata_changes(organization, None, stamp)["EntityMetadata"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"Properties": ["LogicalName"]},
        {"Properties": {"PropertyNames": "LogicalName"}},
        {"Criteria": []},
        {"Criteria": {"FilterOperator": "Xor"}},
        {"Criteria": {"Conditions": [{}]}},
        {"Criteria": {"Conditions": [{"PropertyName": "LogicalName", "ConditionOperator": "Like", "Value": "a"}]}},
        {"Criteria": {"Conditions": {}, "Filters": 1}},
        {"AttributeQuery": 1},
    ],
)
def test_queries_that_are_none(organization: Organization, query: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="RetrieveMetadataChanges"):
        metadata_changes(organization, query)


def test_nesting_has_a_limit(organization: Organization) -> None:
    criteria: dict[str, Any] = {}
    for _ in range(40):
        criteria = {"Filters": [criteria]}
    with pytest.raises(InvalidArgument, match="nested"):
        metadata_changes(organization, {"Criteria": criteria})

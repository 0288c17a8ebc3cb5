"""Column definitions as the Python SDK and other tools post them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from handsel.engine.customization.add_column import AddColumn
from handsel.errors import HandselError
from handsel.webapi.metadata.custom_columns import column_from, lookup_from

CRM = "Microsoft.Dynamics.CRM"


def label(text: str) -> dict[str, Any]:
    return {"@odata.type": f"{CRM}.Label", "LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]}


def posted(kind: str, **properties: Any) -> dict[str, Any]:
    return {
        "@odata.type": f"{CRM}.{kind}AttributeMetadata",
        "SchemaName": "new_Rating",
        "DisplayName": label("Rating"),
        "RequiredLevel": {"Value": "None"},
        **properties,
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            posted("String", MaxLength=200, FormatName={"Value": "Text"}),
            AddColumn("quote", "new_Rating", "text", label="Rating", max_length=200),
        ),
        (
            posted("Memo", MaxLength=4000, ImeMode="Auto"),
            AddColumn("quote", "new_Rating", "memo", label="Rating", max_length=4000),
        ),
        (
            posted("Integer", MinValue=-5, MaxValue=5, Format="None"),
            AddColumn("quote", "new_Rating", "integer", label="Rating", minimum=Decimal(-5), maximum=Decimal(5)),
        ),
        (
            posted("Decimal", MinValue=-1.5, MaxValue=Decimal(9), Precision=2),
            AddColumn(
                "quote",
                "new_Rating",
                "decimal",
                label="Rating",
                precision=2,
                minimum=Decimal("-1.5"),
                maximum=Decimal(9),
            ),
        ),
        (
            posted("Boolean", OptionSet={"TrueOption": {"Value": 1}}),
            AddColumn("quote", "new_Rating", "boolean", label="Rating"),
        ),
        (posted("DateTime", Format="DateOnly"), AddColumn("quote", "new_Rating", "date", label="Rating")),
        (
            posted("DateTime", Format="DateAndTime", DateTimeBehavior={"Value": "DateOnly"}),
            AddColumn("quote", "new_Rating", "date", label="Rating"),
        ),
        (posted("DateTime", Format="DateAndTime"), AddColumn("quote", "new_Rating", "datetime", label="Rating")),
        (
            posted("DateTime", Format="DateOnly", DateTimeBehavior={"Value": "TimeZoneIndependent"}),
            AddColumn(
                "quote", "new_Rating", "datetime", label="Rating", format="DateOnly", behavior="TimeZoneIndependent"
            ),
        ),
        (
            posted("String", FormatName={"Value": "Email"}, RequiredLevel={"Value": "ApplicationRequired"}),
            AddColumn("quote", "new_Rating", "text", label="Rating", format="Email", required="ApplicationRequired"),
        ),
        (
            posted("Memo", Description=label("Long")),
            AddColumn("quote", "new_Rating", "memo", label="Rating", description="Long"),
        ),
        (
            posted("Picklist", OptionSet={"Options": [{"Value": 7, "Label": label("Hot")}, {"Label": label("Cold")}]}),
            AddColumn("quote", "new_Rating", "choice", label="Rating", options={"7": "Hot", "100000001": "Cold"}),
        ),
        (
            posted("Money", RequiredLevel={"Value": "SystemRequired"}),
            AddColumn("quote", "new_Rating", "money", label="Rating", required=True),
        ),
    ],
    ids=lambda value: value.get("@odata.type") if isinstance(value, dict) else "",
)
def test_columns(body: dict[str, Any], expected: AddColumn) -> None:
    assert column_from("quote", body) == expected


def test_lookups_come_with_their_relationship() -> None:
    body = {
        "@odata.type": f"{CRM}.OneToManyRelationshipMetadata",
        "SchemaName": "new_account_quote",
        "ReferencedEntity": "account",
        "ReferencingEntity": "quote",
        "Lookup": {"SchemaName": "new_PartnerId", "DisplayName": label("Partner")},
    }
    expected = AddColumn("quote", "new_PartnerId", "lookup", label="Partner", target="account")
    assert lookup_from(body) == replace(expected, relationship="new_account_quote")
    stated = {"Assign": "NoCascade", "Delete": "Cascade"}
    assert lookup_from({**body, "CascadeConfiguration": {**stated, "RollupView": "NoCascade"}}).cascades == stated
    with pytest.raises(HandselError) as refused:
        lookup_from({**body, "CascadeConfiguration": {"RollupView": "Cascade"}})
    assert refused.value.status == 501
    assert "RollupView" in refused.value.message


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"@odata.type": f"{CRM}.StringAttributeMetadata"}, 400),
        (posted("File"), 501),
        (posted("Double", Precision=5), 501),
        (posted("Image"), 501),
        (posted("String", RequiredLevel="None"), 400),
        (posted("String", MaxLength="long"), 400),
        (posted("String", MaxLength=1.5), 400),
        (posted("Picklist"), 400),
        (posted("Picklist", OptionSet={"Options": ["Hot"]}), 400),
    ],
)
def test_columns_that_cannot_be(body: dict[str, Any], status: int) -> None:
    with pytest.raises(HandselError) as refused:
        column_from("quote", body)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"@odata.type": f"{CRM}.ManyToManyRelationshipMetadata"}, 501),
        ({"@odata.type": f"{CRM}.OneToManyRelationshipMetadata"}, 400),
        ({"@odata.type": f"{CRM}.OneToManyRelationshipMetadata", "Lookup": {"SchemaName": "new_A"}}, 400),
    ],
)
def test_relationships_that_cannot_be(body: dict[str, Any], status: int) -> None:
    with pytest.raises(HandselError) as refused:
        lookup_from(body)
    assert refused.value.status == status

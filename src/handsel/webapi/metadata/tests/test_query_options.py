from typing import Any

import pytest

from handsel.errors import HandselError
from handsel.webapi.metadata.evaluate import Kind, Navigation, chosen
from handsel.webapi.metadata.query_options import Options, options_of

CHILDREN = [
    {"MetadataId": "c1", "LogicalName": "name", "Kind": "String", "MaxLength": 100},
    {"MetadataId": "c2", "LogicalName": "total", "Kind": "Money", "Label": {"Text": "Total"}},
]
ROWS: list[dict[str, Any]] = [
    {"MetadataId": "a1", "LogicalName": "quote", "IsPrivate": False, "Code": 1084, "Required": {"Value": "None"}},
    {"MetadataId": "a2", "LogicalName": "lead", "IsPrivate": True, "Code": 4, "Required": {"Value": "System"}},
]
INNER = Kind()
KIND = Kind({"Columns": Navigation(lambda _row: CHILDREN, INNER), "Nothing": Navigation(lambda _row: None, INNER)})


def ask(**options: str) -> list[dict[str, Any]]:
    return chosen(ROWS, options_of({f"${name}": text for name, text in options.items()}), KIND)


def names(filter: str) -> list[str]:
    return [row["LogicalName"] for row in ask(filter=filter)]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("LogicalName eq 'quote'", ["quote"]),
        ("LogicalName eq 'QUOTE'", ["quote"]),
        ("LogicalName ne 'quote'", ["lead"]),
        ("IsPrivate eq false", ["quote"]),
        ("Code eq 4", ["lead"]),
        ("Code eq '4'", []),
        ("IsPrivate eq 0", []),
        ("Required/Value eq 'None'", ["quote"]),
        ("Required/Value ne 'None'", ["lead"]),
        ("not (LogicalName eq 'quote')", ["lead"]),
        ("LogicalName eq 'lead' and IsPrivate eq true", ["lead"]),
        ("LogicalName eq 'lead' and (IsPrivate eq false or Code eq 4)", ["lead"]),
        ("LogicalName eq 'x' or LogicalName eq 'quote' or Code eq 4", ["quote", "lead"]),
        ("LogicalName eq Microsoft.Dynamics.CRM.Some'quote'", ["quote"]),
        ("LogicalName eq 'Microsoft.Dynamics.CRM.Some''quote'", []),
        ("Required eq null", []),
    ],
)
def test_filters(filter: str, expected: list[str]) -> None:
    assert names(filter) == expected


def test_the_id_is_always_there() -> None:
    assert ask(select="LogicalName,")[0] == {"MetadataId": "a1", "LogicalName": "quote"}
    assert ask(select="*") == ROWS


def test_expanding_with_options_inside() -> None:
    found = ask(select="Code", expand="Columns($select=LogicalName;$filter=Kind eq 'Money'),Nothing")
    assert found[1] == {
        "MetadataId": "a2",
        "Code": 4,
        "Columns": [{"MetadataId": "c2", "LogicalName": "total"}],
        "Nothing": None,
    }


def test_the_first_rows_and_their_number() -> None:
    assert [row["LogicalName"] for row in ask(top="1")] == ["quote"]
    assert ask(top="0") == []
    assert [row["LogicalName"] for row in ask(top="9", filter="IsPrivate eq true")] == ["lead"]
    found = ask(expand="Columns($top=1;$count=true;$select=LogicalName)")[0]
    assert (found["Columns@odata.count"], found["Columns"]) == (2, [{"MetadataId": "c1", "LogicalName": "name"}])


def test_a_property_that_only_some_rows_have_can_be_selected() -> None:
    found = ask(expand="Columns($select=MaxLength)")[0]["Columns"]
    assert found == [{"MetadataId": "c1", "MaxLength": 100}, {"MetadataId": "c2"}]


def test_the_definitions_themselves_stay_as_they_are() -> None:
    ask(select="Code", expand="Columns")
    assert set(ROWS[0]) == {"MetadataId", "LogicalName", "IsPrivate", "Code", "Required"}


def test_no_rows_know_no_names() -> None:
    assert chosen([], options_of({"$select": "Any", "$filter": "Thing eq 1"}), Kind()) == []


def test_nothing_asked() -> None:
    assert options_of({}) == Options(expand={})


@pytest.mark.parametrize(
    ("option", "text", "status", "named"),
    [
        ("select", "Colour", 400, "Colour"),
        ("select", "Logical Name", 400, "Logical Name"),
        ("filter", "Colour eq 1", 400, "Colour"),
        ("filter", "LogicalName eq", 400, "ends too early"),
        ("filter", "LogicalName gt 'a'", 501, "eq"),
        ("filter", "contains(LogicalName,'a')", 501, "functions"),
        ("filter", "LogicalName in ('a','b')", 501, "eq"),
        ("expand", "Colours", 400, "Colours"),
        ("expand", "Columns($select=LogicalName", 400, "Columns"),
        ("expand", "Columns($select)", 400, "Columns"),
        ("expand", "Columns($orderby=LogicalName)", 501, r"\$orderby"),
        ("top", "-1", 400, r"\$top"),
        ("count", "yes", 400, r"\$count"),
        ("filter", "LogicalName eq @p", 400, "no parameter @p="),
        ("orderby", "LogicalName", 501, r"\$orderby"),
        ("colour", "red", 400, "colour"),
    ],
)
def test_refusals_name_the_offender(option: str, text: str, status: int, named: str) -> None:
    with pytest.raises(HandselError, match=named) as refused:
        ask(**{option: text})
    assert refused.value.status == status


def test_nesting_has_a_limit() -> None:
    text = "Columns(" + "$expand=Columns(" * 40 + ")" * 41
    with pytest.raises(HandselError):
        ask(expand=text)

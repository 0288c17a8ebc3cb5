"""The counters of numbers by the Web API: the organization's columns and the documented actions (Web API 9)."""

from urllib.parse import quote

import pytest

from tests.webapi.client import Api

QUOTES = {"EntityName": "quote", "AttributeName": "quotenumber"}


def number(api: Api) -> str:
    row = api.made("quotes", {"name": "Deal"})
    found: str = api.get(f"quotes({row})?$select=quotenumber").json["quotenumber"]
    return found.split("-")[1]


def shown(api: Api) -> list[int]:
    """The next number, as every question says."""
    column = "currentquotenumber"
    [row] = api.get("organizations").rows
    xml = f'<fetch><entity name="organization"><attribute name="{column}"/></entity></fetch>'
    sql = f"SELECT {column} FROM organization"
    answers = [
        row,
        api.get(f"organizations({row['organizationid']})?$select={column}").json,
        api.get(f"organizations?$select={column}&$filter={column} ge 1&$orderby={column}").rows[0],
        api.get(f"organizations?fetchXml={quote(xml)}").rows[0],
        api.get(f"organizations?sql={quote(sql)}").rows[0],
    ]
    by_action = (
        api.post("GetAutoNumberSeed", QUOTES).json["AutoNumberSeedValue"],
        api.post("GetNextAutoNumberValue", QUOTES).json["NextAutoNumberValue"],
    )
    return [*(answer[column] for answer in answers), *by_action]


def test_column_and_actions_agree(api: Api) -> None:
    [row] = api.get("organizations?$select=organizationid").rows
    address = f"organizations({row['organizationid']})"
    assert shown(api) == [1000] * 7
    assert number(api) == "01000"
    assert shown(api) == [1001] * 7
    assert api.patch(address, {"currentquotenumber": 4000}).status == 204
    assert shown(api) == [4000] * 7
    assert number(api) == "04000"
    assert api.post("SetAutoNumberSeed", {**QUOTES, "Value": 6000}).status == 204
    assert shown(api) == [6000] * 7
    for refused in (
        api.patch(address, {"currentquotenumber": 4000}),
        api.post("SetAutoNumberSeed", {**QUOTES, "Value": 4000}),
    ):
        assert (refused.status, refused.code) == (400, "0x80040203")
        assert "QUO-04000" in refused.message
    assert api.get("organizations?$filter=currentquotenumber lt 6000").rows == []
    assert number(api) == "06000"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({**QUOTES, "Value": "many"}, "Value"),
        ({**QUOTES}, "Value"),
        ({"EntityName": "quote", "AttributeName": "name", "Value": 5}, "quotenumber"),
        ({**QUOTES, "Value": -1}, "currentquotenumber"),
    ],
)
def test_what_sets_no_counter_is_refused(one_api: Api, body: dict[str, object], named: str) -> None:
    reply = one_api.post("SetAutoNumberSeed", body)
    assert reply.status == 400
    assert named in reply.message
    assert number(one_api) == "01000"

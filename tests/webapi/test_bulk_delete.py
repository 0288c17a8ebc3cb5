"""BulkDelete: which rows go, what stays, and the job that clients poll (Web API 9)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handsel.webapi.operations.bulk_delete import CLOCKS
from tests.webapi.client import Api

NAMES = ["A", "B", "C", "D"]


@pytest.fixture
def accounts(api: Api) -> Api:
    for number, name in enumerate(NAMES):
        api.made("accounts", {"name": name, "revenue": number, "donotemail": number == 3})
    return api


def delete(api: Api, *queries: dict[str, Any], **more: Any) -> dict[str, Any]:
    reply = api.post("BulkDelete", {"QuerySet": list(queries), "JobName": "Tidy up", "ToRecipients": [], **more})
    assert reply.status == 200, reply.body
    job = api.get(f"asyncoperations({reply.json['JobId']})?$select=name,statecode,statuscode,friendlymessage").json
    assert (job["name"], job["statecode"], job["statuscode"]) == ("Tidy up", 3, 30)
    return dict(job)


def left(api: Api) -> str:
    return " ".join(row["name"] for row in api.get("accounts?$select=name&$orderby=name").rows)


def where(column: str, operator: str, *values: Any) -> dict[str, Any]:
    return {"AttributeName": column, "Operator": operator, "Values": [{"Value": each} for each in values]}


def query(*conditions: dict[str, Any], operator: str = "And", **more: Any) -> dict[str, Any]:
    return {"EntityName": "account", "Criteria": {"FilterOperator": operator, "Conditions": list(conditions)}, **more}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (where("name", "Equal", "b"), "A C D"),
        (where("name", "NotEqual", "B"), "B"),
        (where("revenue", "GreaterThan", 1), "A B"),
        (where("revenue", "LessEqual", 1.0), "C D"),
        (where("donotemail", "Equal", True), "A B C"),
        (where("name", "In", "A", "C"), "B D"),
        (where("name", "NotIn", "A", "C"), "A C"),
        (where("revenue", "Between", 1, 2), "A D"),
        (where("revenue", "NotBetween", 1, 2), "B C"),
        (where("name", "Like", "%a%"), "B C D"),
        (where("name", "NotLike", "a"), "A"),
        (where("name", "BeginsWith", "c"), "A B D"),
        (where("name", "DoesNotEndWith", "c"), "C"),
        (where("name", "DoesNotContain", "d"), "D"),
        (where("telephone1", "Null"), ""),
        (where("telephone1", "NotNull"), "A B C D"),
        (where("createdon", "OlderThanXDays", 1), "A B C D"),
        (where("createdon", "OnOrAfter", "2000-01-01"), ""),
        (where("createdon", "LastXHours", 2), ""),
        (where("ownerid", "EqualUserId"), ""),
        (where("statecode", "Equal", 1), "A B C D"),
    ],
)
def test_conditions(accounts: Api, condition: dict[str, Any], expected: str) -> None:
    delete(accounts, query(condition))
    assert left(accounts) == expected


def test_nested_filters(accounts: Api) -> None:
    inner = {"FilterOperator": "Or", "Conditions": [where("name", "Equal", "A"), where("name", "Equal", "D")]}
    criteria = {"FilterOperator": "And", "Conditions": [where("revenue", "LessThan", 3)], "Filters": [inner]}
    job = delete(accounts, {"EntityName": "account", "Criteria": criteria})
    assert left(accounts) == "B C D"
    assert job["friendlymessage"] == "1 deleted, 0 refused."


def test_linked_tables(accounts: Api) -> None:
    for row in accounts.get("accounts?$select=name").rows:
        bind = {"parentcustomerid_account@odata.bind": f"/accounts({row['accountid']})"}
        accounts.made("contacts", {"lastname": f"of {row['name']}", **bind})
    accounts.made("contacts", {"lastname": "loose"})
    link = {
        "LinkFromEntityName": "contact",
        "LinkFromAttributeName": "parentcustomerid",
        "LinkToEntityName": "account",
        "LinkToAttributeName": "accountid",
        "EntityAlias": "a",
    }
    of_b = {"LinkCriteria": {"Conditions": [where("name", "Equal", "B")]}}
    delete(accounts, {"EntityName": "contact", "LinkEntities": [{**link, "JoinOperator": "Inner", **of_b}]})
    none = {"Criteria": {"Conditions": [{**where("accountid", "Null"), "EntityName": "a"}]}}
    delete(accounts, {"EntityName": "contact", "LinkEntities": [{**link, "JoinOperator": "LeftOuter"}], **none})
    rows = accounts.get("contacts?$select=lastname&$orderby=lastname").rows
    assert [row["lastname"] for row in rows] == ["of A", "of C", "of D"]


def test_fetchxml_as_a_query(accounts: Api) -> None:
    inside = '<filter><condition attribute="name" operator="eq" value="C"/></filter>'
    delete(accounts, {"Query": f'<fetch><entity name="account">{inside}</entity></fetch>'})
    assert left(accounts) == "A B D"


def test_several_queries_are_one_job(accounts: Api) -> None:
    job = delete(accounts, query(where("name", "Equal", "A")), query(where("name", "Equal", "C")))
    assert left(accounts) == "B D"
    assert job["friendlymessage"] == "2 deleted, 0 refused."


def test_rows_that_may_not_go_stay(accounts: Api) -> None:
    """The root business unit cannot be deleted."""
    job = delete(accounts, {"EntityName": "businessunit", "Criteria": {"Conditions": [where("name", "NotNull")]}})
    assert job["friendlymessage"].startswith("0 deleted, 1 refused. The first refusal: ")
    assert len(accounts.get("businessunits").rows) == 1


def test_more_rows_than_a_page(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handsel.webapi.operations.bulk_delete.PAGE", 2)
    for number in range(5):
        api.made("accounts", {"name": f"A{number}"})
    assert delete(api, query(where("name", "BeginsWith", "A")))["friendlymessage"] == "5 deleted, 0 refused."
    assert left(api) == ""


def test_the_jobs_themselves(accounts: Api) -> None:
    criteria = {"Conditions": [where("operationtype", "Equal", 13)]}
    body = {"QuerySet": [{"EntityName": "asyncoperation", "Criteria": criteria}], "JobName": "x"}
    assert accounts.post("BulkDelete", body).status == 200
    assert accounts.get("asyncoperations").rows == []


ONE = where("name", "Equal", "A")
LINK = {
    "LinkFromAttributeName": "primarycontactid",
    "LinkToEntityName": "contact",
    "LinkToAttributeName": "contactid",
}


def test_a_start_that_has_come(accounts: Api) -> None:
    """Clients send the present moment by their own clock."""
    soon = datetime.now(UTC) + CLOCKS / 2
    for moment in ("2020-01-31T12:00:00.0000000Z", "2020-01-31", soon.isoformat(timespec="seconds")):
        delete(accounts, query(ONE), StartDateTime=moment)
    assert left(accounts) == "B C D"


@pytest.mark.parametrize(
    ("asked", "more", "said"),
    [
        (query(ONE), {"RecurrencePattern": "FREQ=DAILY;"}, "RecurrencePattern"),
        (query(), {}, "at least one condition"),
        ({"EntityName": "account"}, {}, "at least one condition"),
        (query(ONE), {"StartDateTime": "9999-01-31T12:00:00Z"}, "must not lie in the future"),
        (query(ONE), {"StartDateTime": "tomorrow"}, "StartDateTime must be a date or time"),
        (query(ONE), {"StartDateTime": 1}, "StartDateTime must be a date or time"),
        ({"EntityName": "account", "LinkEntities": [{**LINK, "JoinOperator": "LeftOuter"}]}, {}, "at least one"),
        (query(ONE, LinkEntities=[{**LINK, "JoinOperator": ["Inner"]}]), {}, "JoinOperator"),
        ({"EntityName": "nosuch", "Criteria": {"Conditions": [ONE]}}, {}, "nosuch"),
        (query(where("nosuch", "Null")), {}, "nosuch"),
        (query(where("name", "Near", "x")), {}, "Near"),
        (query(where("name", "Equal", "x", "y")), {}, "takes 1 value"),
        (query(where("revenue", "Equal", "x")), {}, "revenue"),
        (query(where("createdon", "LastXDays")), {}, "LastXDays"),
        (query(ONE, operator="Xor"), {}, "FilterOperator"),
        (query(ONE, TopCount=1), {}, "TopCount"),
        ({"EntityName": "account", "Criteria": {"Conditions": [ONE], "Never": [ONE]}}, {}, "Never"),
        (query(ONE, LinkEntities=[{"LinkToEntityName": "contact"}]), {}, "LinkToAttributeName"),
        ({"Query": "<fetch><entity name='account'/></fetch>"}, {}, "at least one condition"),
        ({"Query": "<fetch"}, {}, "not well-formed"),
        ("all", {}, "JSON object"),
    ],
)
def test_what_is_refused_deletes_nothing(one_api: Api, asked: Any, more: dict[str, Any], said: str) -> None:
    one_api.made("accounts", {"name": "A"})
    reply = one_api.post("BulkDelete", {"QuerySet": [asked], "JobName": "x", **more})
    assert reply.status == 400
    assert said in reply.message
    assert left(one_api) == "A"
    assert one_api.get("asyncoperations").rows == []


def test_links_by_the_name_of_their_table(accounts: Api) -> None:
    """The account B has the contact L; a condition names the link by its alias or by its table."""
    [b] = accounts.get("accounts?$select=name&$filter=name eq 'B'").rows
    accounts.made("contacts", {"lastname": "L", "parentcustomerid_account@odata.bind": f"/accounts({b['accountid']})"})
    link = {
        "LinkToEntityName": "contact",
        "LinkToAttributeName": "parentcustomerid",
        "LinkFromAttributeName": "accountid",
        "JoinOperator": "LeftOuter",
    }
    is_l = {"EntityName": "contact", **where("lastname", "Equal", "L")}
    none = {"EntityName": "contact", **where("contactid", "Null")}
    delete(accounts, query(none, where("name", "Equal", "D"), LinkEntities=[link]))
    assert left(accounts) == "A B C"
    asked = query(is_l, where("owneridname", "NotNull"), LinkEntities=[{**link, "EntityAlias": "c"}])
    asked["EntityName"], asked["LinkEntities"][0]["JoinOperator"] = "account", "Inner"
    reply = accounts.post("BulkDelete", {"QuerySet": [asked], "JobName": "x", "ToRecipients": []})
    assert reply.status == 200, reply.body
    twice = query(is_l, LinkEntities=[link, link])
    reply = accounts.post("BulkDelete", {"QuerySet": [twice], "JobName": "x", "ToRecipients": []})
    assert reply.status == 400
    assert "links contact more than once" in reply.message

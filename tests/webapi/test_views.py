"""Stored views: `?savedQuery=` and `?userQuery=` run their FetchXML (Web API 6)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.people import may_do_everything
from tests.webapi.client import Api

NO_NULLS = {"@odata.etag", "accountid", "name", "_ownerid_value", "statecode", "statuscode", "createdon"}
COOKIE = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"


def saved(api: Api, name: str) -> str:
    (row,) = api.get(f"savedqueries?$select=name&$filter=name eq '{name}'").rows
    id: str = row["savedqueryid"]
    return id


def own(api: Api, xml: str, table: str = "account") -> str:
    return api.made("userqueries", {"name": "Mine", "returnedtypecode": table, "querytype": 0, "fetchxml": xml})


def rows(api: Api, path: str) -> list[dict[str, Any]]:
    reply = api.get(path)
    assert reply.status == 200, reply.body
    return reply.rows


def test_active_accounts(api: Api) -> None:
    for name in ("Beta", "Alpha"):
        api.made("accounts", {"name": name})
    gone = api.made("accounts", {"name": "Gone"})
    assert api.patch(f"accounts({gone})", {"statecode": 1}).status == 204
    found = rows(api, f"accounts?savedQuery={saved(api, 'Active Accounts')}")
    assert [row["name"] for row in found] == ["Alpha", "Beta"]
    assert all(set(row) == NO_NULLS for row in found)
    inactive = saved(api, "Inactive Accounts").upper()
    assert [row["name"] for row in rows(api, f"accounts?savedquery={{{inactive}}}")] == ["Gone"]


def test_my_open_opportunities(api: Api) -> None:
    account = api.made("accounts", {"name": "A"})
    other = api.made("systemusers", {"firstname": "O", "lastname": "P", "domainname": "o@sales.example"})
    may_do_everything(api.database_url, other)
    bind = {"customerid_account@odata.bind": f"/accounts({account})"}
    api.made("opportunities", {"name": "Mine", **bind})
    api.made("opportunities", {"name": "Loose"})
    api.made("opportunities", {"name": "Theirs", "ownerid@odata.bind": f"/systemusers({other})", **bind})
    won = api.made("opportunities", {"name": "Won", **bind})
    reply = api.post("WinOpportunity", {"Status": 3, "OpportunityClose": {"opportunityid": won}})
    assert reply.status == 204, reply.body
    view = saved(api, "My Open Opportunities")
    assert [row["name"] for row in rows(api, f"opportunities?savedQuery={view}")] == ["Loose", "Mine"]
    below = rows(api, f"accounts({account})/opportunity_customer_accounts?savedQuery={view}")
    assert [row["name"] for row in below] == ["Mine"]


def test_a_view_of_ones_own_and_its_pages(api: Api) -> None:
    names = ["A", "B", "C", "D", "E"]
    for name in names:
        api.made("accounts", {"name": name})
    columns = '<attribute name="name"/><attribute name="telephone1"/><order attribute="name"/>'
    xml = f'<entity name="account">{columns}</entity>'
    counted = own(api, f'<fetch count="2">{xml}</fetch>')
    for path, prefer in (
        (f"accounts?userQuery={counted}", ""),
        (f"accounts?userQuery={own(api, f'<fetch>{xml}</fetch>')}", "odata.maxpagesize=2"),
    ):
        pages, next_path = [], path
        while next_path:
            body = api.get(next_path, Prefer=prefer).json
            assert all(set(row) == {"@odata.etag", "accountid", "name"} for row in body["value"])
            pages.append([row["name"] for row in body["value"]])
            link = body.get("@odata.nextLink", "")
            assert (COOKIE in body) is bool(link)
            next_path = link.partition("/api/data/v9.2/")[2]
        assert pages == [["A", "B"], ["C", "D"], ["E"]]


@pytest.mark.parametrize("option", ["savedQuery", "userQuery"])
def test_an_unknown_view(api: Api, option: str) -> None:
    missing = str(uuid4())
    reply = api.get(f"accounts?{option}={missing}")
    assert (reply.status, reply.code) == (404, "0x80040217")
    assert missing in reply.message
    reply = api.get(f"accounts?{option}=nonsense")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "nonsense" in reply.message


def test_a_view_that_does_not_fit(api: Api) -> None:
    reply = api.get(f"contacts?savedQuery={saved(api, 'Active Accounts')}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "Active Accounts" in reply.message


def test_a_view_that_asks_nothing_is_not_stored(api: Api) -> None:
    reply = api.post("savedqueries", {"name": "Empty", "returnedtypecode": "account", "querytype": 0})
    assert (reply.status, reply.code, "'Empty' asks nothing" in reply.message) == (400, "0x80040200", True)
    view = saved(api, "Active Accounts")
    assert api.patch(f"savedqueries({view})", {"fetchxml": None}).code == "0x80040200"
    assert api.get(f"accounts?savedQuery={view}").status == 200


SAVED = {"name": "V", "returnedtypecode": "account", "querytype": 0}
NAME = '<attribute name="name"/>'


def accounts(inside: str, of: str = "") -> str:
    return f'<fetch {of}><entity name="account">{inside}</entity></fetch>'


def where(condition: str) -> str:
    return accounts(f"{NAME}<filter><condition {condition}/></filter>")


def linked(attributes: str) -> str:
    return accounts(f"{NAME}<link-entity {attributes}/>")


@pytest.mark.parametrize("views", ["savedqueries", "userqueries"])
@pytest.mark.parametrize(
    ("xml", "code", "named"),
    [
        (accounts('<attribute name="nonsense"/>'), "0x80041103", "nonsense"),
        (accounts('<order attribute="nonsense"/>'), "0x80041103", "nonsense"),
        (where('attribute="nonsense" operator="null"'), "0x80041103", "nonsense"),
        (where('attribute="revenue" operator="eq" value="x"'), "0x80060888", "revenue"),
        (where('attribute="createdon" operator="last-x-days" value="0"'), "0x80060888", "from 1 on"),
        (where('entityname="z" attribute="name" operator="null"'), "0x80060888", "'z'"),
        (linked('name="nonsense" from="a" to="b"'), "0x80041102", "nonsense"),
        (linked('name="contact" from="nonsense" to="accountid"'), "0x80041103", "nonsense"),
        (linked('name="contact" from="lastname" to="accountid"'), "0x80060888", "lastname"),
        (linked('name="contact"'), "0x80060888", "several relationships"),
        (
            accounts('<attribute name="name" aggregate="sum" alias="s"/>', 'aggregate="true"'),
            "0x80060888",
            "sum cannot",
        ),
        (accounts(NAME, 'page="2" paging-cookie="x"'), "0x80060888", "cookie"),
        ("<fetch", "0x80060888", "XML"),
        ('<fetch><entity name="nonsense"/></fetch>', "0x80041102", "nonsense"),
        ('<fetch><entity name="contact"/></fetch>', "0x80048d19", "contact"),
    ],
)
def test_a_view_that_cannot_run_is_not_stored(api: Api, views: str, xml: str, code: str, named: str) -> None:
    reply = api.post(views, {**SAVED, "fetchxml": xml})
    assert (reply.status, reply.code) == (400, code), reply.body
    assert named in reply.message
    good = accounts(NAME)
    view = api.made(views, {**SAVED, "fetchxml": good})
    reply = api.patch(f"{views}({view})", {"fetchxml": xml})
    assert (reply.status, reply.code) == (400, code), reply.body
    assert api.get(f"{views}({view})?$select=fetchxml").json["fetchxml"] == good

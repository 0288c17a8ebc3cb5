"""Collections: their query options and their responses (Web API 5)."""

from typing import Any
from urllib.parse import quote, unquote
from xml.sax.saxutils import quoteattr

import pytest

from tests.webapi.client import ROOT, Api

NAMES = ["Alpha", "Beta", "Gamma", "Delta", "O'Neil & Co"]


@pytest.fixture
def accounts(api: Api) -> Api:
    for number, name in enumerate(NAMES):
        api.made("accounts", {"name": name, "numberofemployees": number, "creditlimit": number * 10.5})
    return api


def names(api: Api, query: str, **headers: str) -> list[str]:
    reply = api.get(f"accounts?{query}", **headers)
    assert reply.status == 200, reply.body
    return [row["name"] for row in reply.rows]


def test_the_three_dialects_of_query_strings(accounts: Api) -> None:
    assert names(accounts, "$select=name,&$filter=name eq 'beta'") == ["Beta"]
    assert names(accounts, "%24select=name&%24filter=name+eq+%27O%27%27Neil+%26+Co%27") == ["O'Neil & Co"]
    assert names(accounts, "$filter=name%20eq%20'Gamma'&$select=name") == ["Gamma"]
    assert names(accounts, "$filter=name eq @p1&@p1='Delta'") == ["Delta"]


def test_order_and_top(accounts: Api) -> None:
    assert names(accounts, "$select=name&$orderby=numberofemployees desc&$top=2") == ["O'Neil & Co", "Delta"]


@pytest.mark.parametrize("order", ["", "&$orderby=name desc", "&$orderby=creditlimit"])
def test_pages_follow_each_other_until_there_is_none(accounts: Api, order: str) -> None:
    path, seen, pages = f"accounts?$select=name&$count=true{order}", [], 0
    while path:
        reply = accounts.get(path, Prefer="odata.maxpagesize=2")
        assert reply.headers["Preference-Applied"] == "odata.maxpagesize=2"
        assert reply.json["@odata.count"] == 5
        seen += [row["name"] for row in reply.rows]
        link = reply.json.get("@odata.nextLink", "")
        assert link.startswith((ROOT, "")[not link])
        assert " " not in link
        path, pages = link.removeprefix(ROOT), pages + 1
    assert pages == 3
    assert sorted(seen) == sorted(NAMES)
    if "desc" in order:
        assert seen == sorted(NAMES, reverse=True)


def test_the_next_link_holds_a_cookie_clients_know(accounts: Api) -> None:
    link = accounts.get("accounts?$select=name", Prefer="odata.maxpagesize=2").json["@odata.nextLink"]
    assert unquote(link.partition("$skiptoken=")[2]).startswith('<cookie pagenumber="2" pagingcookie="%253ccookie')


def test_top_overrides_the_page_size(accounts: Api) -> None:
    reply = accounts.get("accounts?$select=name&$top=3", Prefer="odata.maxpagesize=2")
    assert len(reply.rows) == 3
    assert "@odata.nextLink" not in reply.json


def test_counting(accounts: Api) -> None:
    reply = accounts.get("accounts/$count")
    assert (reply.headers["Content-Type"], reply.body) == ("text/plain; charset=utf-8", b"5")
    assert accounts.get("accounts/$count?$filter=numberofemployees ge 3").body == b"2"


def test_related_rows_are_expanded(api: Api) -> None:
    account = api.made(
        "accounts",
        {"name": "A", "contact_customer_accounts": [{"lastname": "One"}, {"lastname": "Two"}, {"lastname": "Three"}]},
    )
    query = (
        "$select=name&$expand=contact_customer_accounts($select=lastname;$orderby=lastname;$top=2;"
        "$expand=parentcustomerid_account($select=name)),primarycontactid($select=lastname)"
    )
    for row in (api.get(f"accounts?{query}").rows[0], api.get(f"accounts({account})?{query}").json):
        assert [each["lastname"] for each in row["contact_customer_accounts"]] == ["One", "Three"]
        assert all("@odata.etag" in each and "contactid" in each for each in row["contact_customer_accounts"])
        assert row["contact_customer_accounts"][0]["parentcustomerid_account"]["name"] == "A"
        assert row["primarycontactid"] is None
    assert api.get(f"accounts?{query}").json["@odata.context"] == (
        f"{ROOT}$metadata#accounts(name,contact_customer_accounts(lastname,parentcustomerid_account(name)),"
        "primarycontactid(lastname))"
    )


def test_groups(accounts: Api) -> None:
    query = "$apply=groupby((statecode),aggregate(creditlimit with sum as total,$count as n))"
    rows = accounts.get(f"accounts?{query}").rows
    assert rows == [{"statecode": 0, "total": 105.0, "n": 5}]


def test_lambdas(api: Api) -> None:
    api.made("accounts", {"name": "With", "contact_customer_accounts": [{"lastname": "Meier"}]})
    api.made("accounts", {"name": "Without"})
    assert names(api, "$filter=contact_customer_accounts/any(c:c/lastname eq 'meier')") == ["With"]
    assert names(api, "$filter=not contact_customer_accounts/any()") == ["Without"]


def test_annotations_come_when_asked_for(api: Api) -> None:
    api.made("accounts", {"name": "A", "creditlimit": 1234.5, "numberofemployees": 1200, "paymenttermscode": 1})
    query = "accounts?$select=name,creditlimit,numberofemployees,paymenttermscode,_ownerid_value,donotemail"
    plain = api.get(query)
    assert not [name for name in plain.rows[0] if "@" in name and name != "@odata.etag"]
    assert "Preference-Applied" not in plain.headers
    formatted = "OData.Community.Display.V1.FormattedValue"
    for prefer in ('odata.include-annotations="*"', f"odata.maxpagesize=5;odata.include-annotations={formatted}"):
        row = api.get(query, Prefer=prefer).rows[0]
        assert row[f"creditlimit@{formatted}"] == "$1,234.50"
        assert row[f"numberofemployees@{formatted}"] == "1,200"
        assert row[f"paymenttermscode@{formatted}"] == "Net 30"
        assert row[f"_transactioncurrencyid_value@{formatted}"] == "US Dollar"
    body = api.get(query, Prefer='odata.include-annotations="*"').json
    owner = body["value"][0]
    assert owner["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "systemuser"
    assert owner["_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"] == "ownerid"
    assert body["@Microsoft.Dynamics.CRM.totalrecordcount"] == -1
    assert body["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"] is False
    one = api.get(query, Prefer='odata.include-annotations="Microsoft.Dynamics.CRM.lookup*"').rows[0]
    assert [name for name in one if "@" in name and name.startswith("_owner")] == [
        "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
    ]


def test_navigation_properties_read_through(api: Api) -> None:
    account = api.made("accounts", {"name": "A", "contact_customer_accounts": [{"lastname": "B"}, {"lastname": "A"}]})
    path = f"accounts({account})/contact_customer_accounts"
    assert [row["lastname"] for row in api.get(f"{path}?$select=lastname&$orderby=lastname").rows] == ["A", "B"]
    assert api.get(f"{path}/$count?$filter=lastname eq 'A'").body == b"1"
    contact = api.get(path).rows[0]["contactid"]
    assert api.get(f"contacts({contact})/parentcustomerid_account/name").json["value"] == "A"
    assert api.get(f"contacts({contact})/parentcustomerid_contact").status == 204


COOKIE = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"


def fetch(api: Api, xml: str, **headers: str) -> dict[str, Any]:
    reply = api.get(f"accounts?fetchXml={quote(xml)}", **headers)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.json
    return found


def test_fetchxml_pages_end_without_a_cookie(accounts: Api) -> None:
    seen, cookies, cookie = [], set(), ""
    for page in range(1, 4):
        paging = f" paging-cookie={quoteattr(cookie)}" if cookie else ""
        body = fetch(
            accounts,
            f'<fetch count="2" page="{page}"{paging}><entity name="account"><attribute name="name"/>'
            '<attribute name="telephone1"/><order attribute="name"/></entity></fetch>',
        )
        assert all(set(row) == {"@odata.etag", "accountid", "name"} for row in body["value"])
        seen += [row["name"] for row in body["value"]]
        assert (COOKIE in body) is ("@Microsoft.Dynamics.CRM.morerecords" in body) is (page < 3)
        cookie = body.get(COOKIE, "")
        cookies.add(cookie)
        assert page == 3 or f'pagenumber="{page + 1}"' in cookie
    assert seen == sorted(NAMES)
    assert len(cookies) == 3


def test_fetchxml_with_links_and_aggregates(api: Api) -> None:
    api.made("accounts", {"name": "A", "primarycontactid": {"lastname": "Meier"}})
    body = fetch(
        api,
        '<fetch><entity name="account"><attribute name="name"/><attribute name="primarycontactid"/>'
        '<link-entity name="contact" from="contactid" to="primarycontactid" alias="c">'
        '<attribute name="lastname"/></link-entity></entity></fetch>',
        Prefer='odata.include-annotations="*"',
    )
    (row,) = body["value"]
    assert (row["name"], row["c.lastname"]) == ("A", "Meier")
    assert row["_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "contact"
    counted = fetch(
        api,
        '<fetch aggregate="true"><entity name="account"><attribute name="accountid" aggregate="count" alias="n"/>'
        "</entity></fetch>",
    )
    assert counted["value"] == [{"n": 1}]


def test_sql(accounts: Api) -> None:
    sql = "SELECT name, numberofemployees FROM account WHERE numberofemployees > 1 ORDER BY name"
    rows = accounts.get(f"accounts?sql={quote(sql)}").rows
    assert [row["name"] for row in rows] == ["Delta", "Gamma", "O'Neil & Co"]
    assert accounts.get(f"accounts?sql={quote('SELECT * FROM account')}").status == 400
    assert accounts.get(f"accounts?sql={quote('DELETE FROM account')}").status == 400
    assert accounts.get(f"accounts?sql={quote('SELECT lastname FROM contact')}").status == 400


def test_fetchxml_that_cannot_be_meant(one_api: Api) -> None:
    for xml in (
        "<fetch",
        '<fetch><entity name="contact"/></fetch>',
        '<fetch><entity name="account"><attribute name="nonsense"/></entity></fetch>',
        '<!DOCTYPE x [<!ENTITY a "b">]><fetch><entity name="account"/></fetch>',
    ):
        reply = one_api.get(f"accounts?fetchXml={quote(xml)}")
        assert reply.status == 400, xml
        assert reply.code in ("0x80060888", "0x80041103")


def test_groups_without_a_value_come_first(api: Api) -> None:
    for number, fax in enumerate(("2", None, "1")):
        api.made("accounts", {"name": f"A{number}", **({"fax": fax} if fax else {})})
    rows = api.get("accounts?$apply=groupby((fax),aggregate($count as n))").rows
    assert [row["fax"] for row in rows] == [None, "1", "2"]


@pytest.mark.parametrize("query", ["$filter=contact_customer_accounts/$count gt 1", "$orderby=primarycontactid/$count"])
def test_rows_are_not_counted_inside_a_query(one_api: Api, query: str) -> None:
    reply = one_api.get(f"accounts?{query}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "$count is not supported" in reply.message

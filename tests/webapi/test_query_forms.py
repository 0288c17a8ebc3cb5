"""The forms in which clients write queries: aliases, labels, padded ids, days and times, distinct rows (Web API 5)."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.webapi.client import Api

Rows = list[dict[str, Any]]


@pytest.fixture
def deals(api: Api) -> dict[str, str]:
    """Open deals A and B of the account Zeta, with the days 10 and 20 March 2026 to close; B is lost."""
    account = api.made("accounts", {"name": "Zeta"})
    made = {"Zeta": account}
    for name, day in (("A", "2026-03-10"), ("B", "2026-03-20")):
        body = {"name": name, "estimatedclosedate": day, "customerid_account@odata.bind": f"/accounts({account})"}
        made[name] = api.made("opportunities", body)
    lost = api.post("LoseOpportunity", {"Status": -1, "OpportunityClose": {"opportunityid": made["B"]}})
    assert lost.status == 204, lost.body
    return made


def fetched(api: Api, inside: str, of: str = "", table: str = "opportunity", path: str = "opportunities") -> Rows:
    xml = f'<fetch {of}><entity name="{table}">{inside}</entity></fetch>'
    reply = api.get(f"{path}?fetchXml={quote(xml)}")
    assert reply.status == 200, reply.body
    return reply.rows


def named(rows: Rows) -> str:
    return " ".join(row["name"] for row in rows)


NAME = '<attribute name="name"/><order attribute="name"/>'


def asked(api: Api, column: str, operator: str, value: str) -> list[str]:
    """The names that a condition finds by `$filter`, by FetchXML and by SQL."""
    condition = f'<filter><condition attribute="{column}" operator="{operator}" value="{value}"/></filter>'
    sign = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}[operator]
    sql = quote(f"SELECT name FROM opportunity WHERE {column} {sign} '{value}' ORDER BY name")
    replies = [
        api.get(f"opportunities?$filter={column} {operator} '{value}'&$orderby=name&$select=name"),
        api.get(f"opportunities?sql={sql}"),
    ]
    for reply in replies:
        assert reply.status == 200, reply.body
    return [named(replies[0].rows), named(fetched(api, NAME + condition)), named(replies[1].rows)]


@pytest.mark.parametrize(
    ("column", "operator", "value", "found"),
    [
        ("statecode", "eq", "Lost", "B"),
        ("statecode", "eq", "lost", "B"),
        ("statecode", "ne", "Lost", "A"),
        ("statecode", "eq", "2", "B"),
        ("statecode", "ge", "Won", "B"),
        ("statuscode", "eq", "In Progress", "A"),
        ("isrevenuesystemcalculated", "eq", "User Provided", "A B"),
        ("isrevenuesystemcalculated", "eq", "System Calculated", ""),
        ("isrevenuesystemcalculated", "eq", "false", "A B"),
        ("estimatedclosedate", "eq", "2026-03-10", "A"),
        ("estimatedclosedate", "eq", "2026-03-10T00:00:00Z", "A"),
        ("estimatedclosedate", "eq", "2026-03-10T17:45:00Z", "A"),
        ("estimatedclosedate", "gt", "2026-03-10T17:45:00Z", "B"),
        ("estimatedclosedate", "ge", "2026-03-10T17:45:00Z", "A B"),
        ("estimatedclosedate", "lt", "2026-03-20T00:00:01Z", "A"),
    ],
)
def test_labels_and_dates(api: Api, deals: dict[str, str], column: str, operator: str, value: str, found: str) -> None:
    assert asked(api, column, operator, value) == [found] * 3


def test_moments_without_quotes(api: Api, deals: dict[str, str]) -> None:
    found = api.get("opportunities?$filter=estimatedclosedate eq 2026-03-20T09:30:00Z&$select=name").rows
    assert named(found) == "B"
    values = "['2026-03-10T08:00:00Z','2026-03-11']"
    between = f"Microsoft.Dynamics.CRM.Between(PropertyName='estimatedclosedate',PropertyValues={values})"
    assert named(api.get(f"opportunities?$filter={between}&$select=name").rows) == "A"


def test_a_label_that_several_options_have(api: Api) -> None:
    """Draft and active quotes both have a status reason "In Progress", 1 and 2."""
    [organization] = api.get("organizations?$select=name").rows
    assert api.patch(f"organizations({organization['organizationid']})", {"ispricelistmandatory": False}).status == 204
    account = api.made("accounts", {"name": "A"})
    ids = [
        api.made("quotes", {"name": f"Q{n}", "customerid_account@odata.bind": f"/accounts({account})"}) for n in (1, 2)
    ]
    assert api.patch(f"quotes({ids[1]})", {"statecode": 1, "statuscode": 2}).status == 204
    for filter in ("statuscode eq 'In Progress'", "statuscode in ('In Progress','Won')"):
        assert named(api.get(f"quotes?$filter={filter}&$orderby=name&$select=name").rows) == "Q1 Q2"
    assert api.get("quotes?$filter=statuscode ne 'In Progress'").rows == []
    condition = '<condition attribute="statuscode" operator="in"><value>in progress</value></condition>'
    assert len(fetched(api, f"{NAME}<filter>{condition}</filter>", table="quote", path="quotes")) == 2


@pytest.mark.parametrize("padded", [" {} ", "{}\n", " {{{}}}"])
def test_ids_padded_with_spaces(api: Api, deals: dict[str, str], padded: str) -> None:
    id = padded.format(deals["A"])
    for column, value in (("opportunityid", id), ("customerid", padded.format(deals["Zeta"]))):
        condition = f'<filter><condition attribute="{column}" operator="eq" value="{value}"/></filter>'
        listed = f'<filter><condition attribute="{column}" operator="in"><value>{value}</value></condition></filter>'
        expected = "A" if column == "opportunityid" else "A B"
        assert named(fetched(api, NAME + condition)) == named(fetched(api, NAME + listed)) == expected
    sql = quote(f"SELECT name FROM opportunity WHERE opportunityid = '{id}'")
    assert named(api.get(f"opportunities?sql={sql}").rows) == "A"
    function = f"Microsoft.Dynamics.CRM.In(PropertyName='opportunityid',PropertyValues=['{id}'])"
    assert named(api.get(f"opportunities?$filter={quote(function)}&$select=name").rows) == "A"


def test_a_value_that_a_choice_does_not_have(api: Api) -> None:
    reply = api.get("opportunities?$filter=statecode eq 'Winning'")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "an option by its number or label: 0 Open, 1 Won, 2 Lost" in reply.message


def test_distinct_rows_with_all_columns(api: Api, deals: dict[str, str]) -> None:
    every = fetched(api, "<all-attributes/>", 'distinct="true"')
    assert sorted(row["name"] for row in every) == ["A", "B"]
    assert {row["_customerid_value"] for row in every} == {deals["Zeta"]}
    assert fetched(api, "", 'distinct="true"') == every


def test_distinct_rows_by_a_link_that_multiplies(api: Api, deals: dict[str, str]) -> None:
    """Zeta has two deals: it comes once where only its columns are asked for, twice with those of the deals."""
    link = '<link-entity name="opportunity" from="customerid" to="accountid" alias="o">{}</link-entity>'
    for of_account in ("<all-attributes/>", "", '<attribute name="name"/><attribute name="accountid"/>'):
        [row] = fetched(api, of_account + link.format(""), 'distinct="true"', "account", "accounts")
        assert (row["name"], row["accountid"]) == ("Zeta", deals["Zeta"])
    inside = "<all-attributes/>" + link.format('<attribute name="name"/>') + '<order attribute="name"/>'
    rows = fetched(api, inside, 'distinct="true"', "account", "accounts")
    assert [(row["name"], row["o.name"]) for row in rows] == [("Zeta", "A"), ("Zeta", "B")]


def test_distinct_columns_of_links_alone(api: Api, deals: dict[str, str]) -> None:
    link = (
        '<link-entity name="account" from="accountid" to="customerid" alias="a"><attribute name="name"/></link-entity>'
    )
    assert fetched(api, link, 'distinct="true"') == [{"a.name": "Zeta"}]
    every = link.replace('<attribute name="name"/>', "<all-attributes/>")
    [row] = fetched(api, every, 'distinct="true"')
    assert (row["a.name"], row["a.accountid"]) == ("Zeta", deals["Zeta"])


def test_distinct_lookups_have_their_usual_name_and_annotations(api: Api, deals: dict[str, str]) -> None:
    listed = '<attribute name="customerid"/><attribute name="statecode"/><order attribute="statecode"/>'
    xml = f'<fetch distinct="true"><entity name="opportunity">{listed}</entity></fetch>'
    rows = api.get(f"opportunities?fetchXml={quote(xml)}", Prefer='odata.include-annotations="*"').rows
    formatted = "OData.Community.Display.V1.FormattedValue"
    assert [row["_customerid_value"] for row in rows] == [deals["Zeta"]] * 2
    assert {row[f"_customerid_value@{formatted}"] for row in rows} == {"Zeta"}
    assert [row[f"statecode@{formatted}"] for row in rows] == ["Open", "Lost"]
    sql = quote("SELECT DISTINCT customerid FROM opportunity")
    assert api.get(f"opportunities?sql={sql}").rows == [{"_customerid_value": deals["Zeta"]}]


def test_all_of_the_children_and_of_none(api: Api, deals: dict[str, str]) -> None:
    """`all` of OData holds for an account without deals; `link-type="all"` of FetchXML wants rows, as documented."""
    api.made("accounts", {"name": "Alone"})
    path = "accounts?$select=name&$orderby=name&$filter=opportunity_customer_accounts/all(o:o/statecode ne 1)"
    assert named(api.get(path).rows) == "Alone Zeta"
    won = '<filter><condition attribute="statecode" operator="eq" value="1"/></filter>'
    link = f'<link-entity name="opportunity" from="customerid" to="accountid" link-type="all">{won}</link-entity>'
    assert named(fetched(api, f"{NAME}<filter>{link}</filter>", table="account", path="accounts")) == "Zeta"


def test_aliases_as_the_documentation_writes_them(api: Api) -> None:
    for first, title in (("Ann", "Buyer"), ("Bob", "Clerk"), ("Xaver", "Buyer")):
        api.made("contacts", {"firstname": first, "lastname": "X", "jobtitle": title})
    query = (
        "contacts?$select=fullname,jobtitle&$filter=contains(@p1,'x') and @p2 ne @p3&$orderby=@p2 asc,@p4 desc"
        "&@p1=fullname&@p2=jobtitle&@p3='Clerk'&@p4=firstname"
    )
    assert [row["fullname"] for row in api.get(query).rows] == ["Xaver X", "Ann X"]
    assert api.get(query.replace("contacts?$select=fullname,jobtitle&", "contacts/$count?")).body == b"2"
    missing = api.get(query.replace("&@p4=firstname", ""))
    assert (missing.status, missing.code) == (400, "0x80060888")
    assert "gives no parameter @p4=…. Add it to the query." in missing.message


def test_aliases_in_the_links_to_further_pages(api: Api) -> None:
    account = api.made(
        "accounts", {"name": "A", "contact_customer_accounts": [{"lastname": f"L{n}"} for n in range(3)]}
    )
    path = "contacts?$select=lastname&$filter=@p ge @v&$orderby=@p desc&@p=lastname&@v='L0'"
    first = api.get(path, Prefer="odata.maxpagesize=2").json
    link = first["@odata.nextLink"].partition("/v9.2/")[2]
    assert [row["lastname"] for row in first["value"] + api.get(link).rows] == ["L2", "L1", "L0"]
    inner = (
        "contact_customer_accounts($select=lastname;$filter=@p ge @v;$orderby=@p;$expand=owninguser($select=fullname))"
    )
    [row] = api.get(f"accounts?$expand={inner}&@p=lastname&@v='L0'", Prefer="odata.maxpagesize=2").rows
    link = row["contact_customer_accounts@odata.nextLink"].partition("/v9.2/")[2]
    assert [each["lastname"] for each in row["contact_customer_accounts"] + api.get(link).rows] == ["L0", "L1", "L2"]
    below = f"accounts({account})/contact_customer_accounts?$filter=@p eq 'L1'&@p=lastname&$select=lastname"
    assert [row["lastname"] for row in api.get(below).rows] == ["L1"]


def test_aliases_in_a_batch_and_in_keys(api: Api) -> None:
    account = api.made("accounts", {"name": "A", "accountnumber": "7"})
    part = "GET accounts?$select=name&$filter=@p1 eq @p2&@p1=name&@p2='A' HTTP/1.1"
    reply = api.batch(f"--b\nContent-Type: application/http\n\n{part}\n\n--b--")
    assert reply.status == 200
    assert b'"name":"A"' in reply.body
    for key in ("@id", "accountid=@id"):
        assert api.get(f"accounts({key})?$select=name&@id={account}").json["name"] == "A"
    assert api("PATCH", f"accounts(@id)?@id={account}", {"name": "B"}).status == 204
    missing = api.get("accounts(@id)?$select=name")
    assert (missing.status, missing.code) == (400, "0x80060888")
    assert "no parameter @id=" in missing.message


def test_expands_that_lead_back_and_forth_have_an_end(one_api: Api) -> None:
    """One account with 60 contacts: three times there and back would be 60 · 60 · 60 = 216,000 rows of contacts."""
    one_api.made("accounts", {"name": "A", "contact_customer_accounts": [{"lastname": f"L{n}"} for n in range(60)]})
    there, back = (
        "contact_customer_accounts($select=lastname;$expand={})",
        "parentcustomerid_account($select=name;$expand={})",
    )
    twice = there.format(back.format(there.removesuffix(";$expand={})") + ")"))
    [row] = one_api.get(f"accounts?$select=name&$expand={twice}").rows
    assert len(row["contact_customer_accounts"][0]["parentcustomerid_account"]["contact_customer_accounts"]) == 60
    thrice = there.format(back.format(twice))
    reply = one_api.get(f"accounts?$select=name&$expand={thrice}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "more than 200,000 related rows" in reply.message

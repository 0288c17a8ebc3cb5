"""FetchXML and SQL as query options: below a row, and what they refuse (Web API 6, 7, 11)."""

from urllib.parse import quote
from uuid import UUID

import pytest

import handsel
from tests.webapi.client import Api

CONTACTS = '<attribute name="lastname"/><order attribute="lastname"/>'


@pytest.fixture
def parents(api: Api) -> dict[str, str]:
    """Account A has the contacts One and Two, account B has Three."""
    people = {"A": ("One", "Two"), "B": ("Three",)}
    made = {}
    for name, listed in people.items():
        below = [{"lastname": each} for each in listed]
        made[name] = api.made("accounts", {"name": name, "contact_customer_accounts": below})
    return made


def fetched(api: Api, path: str, inside: str, table: str = "contact", of: str = "") -> list[dict[str, object]]:
    xml = f'<fetch {of}><entity name="{table}">{inside}</entity></fetch>'
    reply = api.get(f"{path}?fetchXml={quote(xml)}")
    assert reply.status == 200, reply.body
    return reply.rows


def test_fetchxml_below_a_row_sees_its_rows_alone(api: Api, parents: dict[str, str]) -> None:
    for name, expected in (("A", ["One", "Two"]), ("B", ["Three"])):
        rows = fetched(api, f"accounts({parents[name]})/contact_customer_accounts", CONTACTS)
        assert [row["lastname"] for row in rows] == expected
    assert len(fetched(api, "contacts", CONTACTS)) == 3


def test_counting_by_fetchxml_below_a_row(api: Api, parents: dict[str, str]) -> None:
    count = '<attribute name="contactid" aggregate="count" alias="n"/>'
    rows = fetched(api, f"accounts({parents['A']})/contact_customer_accounts", count, of='aggregate="true"')
    assert rows == [{"n": 2}]


def test_a_filter_with_or_does_not_lead_out_of_the_row(api: Api, parents: dict[str, str]) -> None:
    each = '<condition attribute="lastname" operator="eq" value="{}"/>'
    either = f'<filter type="or">{each.format("One")}{each.format("Three")}</filter>'
    rows = fetched(api, f"accounts({parents['B']})/contact_customer_accounts", CONTACTS + either)
    assert [row["lastname"] for row in rows] == ["Three"]


def test_sql_below_a_row_sees_its_rows_alone(api: Api, parents: dict[str, str]) -> None:
    path = f"accounts({parents['A']})/contact_customer_accounts"
    sql = "SELECT lastname FROM contact WHERE lastname = 'One' OR lastname = 'Three' ORDER BY lastname"
    assert [row["lastname"] for row in api.get(f"{path}?sql={quote(sql)}").rows] == ["One"]
    assert api.get(f"{path}?sql={quote('SELECT COUNT(*) AS n FROM contact')}").rows == [{"n": 2}]


def test_a_view_of_ones_own_below_a_row(api: Api, parents: dict[str, str]) -> None:
    xml = f'<fetch><entity name="contact">{CONTACTS}</entity></fetch>'
    view = api.made("userqueries", {"name": "V", "returnedtypecode": "contact", "querytype": 0, "fetchxml": xml})
    rows = api.get(f"accounts({parents['B']})/contact_customer_accounts?userQuery={view}").rows
    assert [row["lastname"] for row in rows] == ["Three"]


LINK = '<link-entity name="{}" from="{}" to="{}" alias="x">{}</link-entity>'


@pytest.mark.parametrize(
    ("inside", "code", "named"),
    [
        ('<attribute name="nosuch"/>', "0x80041103", "nosuch"),
        ('<order attribute="nosuch"/>', "0x80041103", "nosuch"),
        ('<filter><condition attribute="nosuch" operator="null"/></filter>', "0x80041103", "nosuch"),
        (LINK.format("nosuch", "a", "b", ""), "0x80041102", "nosuch"),
        (LINK.format("account", "nosuch", "parentcustomerid", ""), "0x80041103", "nosuch"),
        (LINK.format("account", "accountid", "nosuch", ""), "0x80041103", "nosuch"),
        (LINK.format("account", "accountid", "parentcustomerid", '<attribute name="nosuch"/>'), "0x80041103", "nosuch"),
        (f"<filter>{LINK.format('nosuch', 'a', 'b', '')}</filter>", "0x80041102", "nosuch"),
        ('<filter><condition attribute="lastname" operator="near" value="x"/></filter>', "0x80060888", "near"),
    ],
)
def test_names_that_fetchxml_gets_wrong(one_api: Api, inside: str, code: str, named: str) -> None:
    xml = f'<fetch><entity name="contact">{inside}</entity></fetch>'
    reply = one_api.get(f"contacts?fetchXml={quote(xml)}")
    assert (reply.status, reply.code) == (400, code)
    assert named in reply.message


def test_a_table_that_fetchxml_gets_wrong(one_api: Api) -> None:
    xml = '<fetch><entity name="{}"/></fetch>'
    reply = one_api.get(f"contacts?fetchXml={quote(xml.format('nosuch'))}")
    assert (reply.status, reply.code) == (400, "0x80041102")
    assert "nosuch" in reply.message
    reply = one_api.get(f"contacts?fetchXml={quote(xml.format('account'))}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "account" in reply.message


def test_groups_are_sorted_by_what_is_computed(api: Api, parents: dict[str, str]) -> None:
    inside = (
        '<attribute name="contactid" aggregate="count" alias="n"/>'
        '<attribute name="parentcustomerid" groupby="true" alias="who"/><order alias="n" descending="true"/>'
    )
    rows = fetched(api, "contacts", inside, of='aggregate="true"')
    assert [(row["n"], row["who"]) for row in rows] == [(2, parents["A"]), (1, parents["B"])]


XML = "<fetch><entity name='account'><attribute name='name'/></entity></fetch>"
QUERIES = {"fetchXml": XML, "sql": "SELECT name FROM account"}


@pytest.mark.parametrize("option", ["fetchXml", "sql", "savedQuery", "userQuery"])
@pytest.mark.parametrize(
    "beside", ["$filter=name eq 'A'", "$top=1", "$select=name", "$orderby=name", "$expand=owninguser", "$count=true"]
)
def test_an_option_beside_a_query_text_is_not_dropped(one_api: Api, option: str, beside: str) -> None:
    text = QUERIES.get(option) or one_api.get("savedqueries?$filter=name eq 'Active Accounts'").rows[0]["savedqueryid"]
    if option == "userQuery":
        view = {"name": "V", "returnedtypecode": "account", "querytype": 0, "fetchxml": XML}
        text = one_api.made("userqueries", view)
    one_api.made("accounts", {"name": "A"})
    assert len(one_api.get(f"accounts?{option}={quote(text)}").rows) == 1
    reply = one_api.get(f"accounts?{option}={quote(text)}&{beside}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert beside.partition("=")[0] in reply.message
    for path in ("accounts/$count", f"accounts({one_api.made('accounts', {'name': 'B'})})"):
        reply = one_api.get(f"{path}?{option}={quote(text)}")
        assert (reply.status, reply.code) == (400, "0x80060888")
        assert option in reply.message


def test_two_query_texts_are_refused(one_api: Api) -> None:
    reply = one_api.get(f"accounts?fetchXml={quote(XML)}&sql={quote(QUERIES['sql'])}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "sql" in reply.message


FORMATTED = "OData.Community.Display.V1.FormattedValue"
TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname"
EVERYTHING = 'odata.include-annotations="*"'


@pytest.fixture
def offers(api: Api) -> dict[str, str]:
    """A has two quotes with freight of 1,200 and 300, owned by a team."""
    unit = api.get("businessunits?$select=name").rows[0]["businessunitid"]
    team = api.made("teams", {"name": "North", "teamtype": 0, "businessunitid@odata.bind": f"/businessunits({unit})"})
    account = api.made("accounts", {"name": "A", "ownerid@odata.bind": f"/teams({team})"})
    for freight in (1200, 300):
        lookups = {"customerid_account@odata.bind": f"/accounts({account})", "ownerid@odata.bind": f"/teams({team})"}
        api.made("quotes", {"name": "Q", "freightamount": freight, **lookups})
    return {"account": account, "team": team}


def annotated(api: Api, table: str, inside: str, of: str = "") -> list[dict[str, object]]:
    xml = f'<fetch {of}><entity name="{table[:-1]}">{inside}</entity></fetch>'
    reply = api.get(f"{table}?fetchXml={quote(xml)}", Prefer=EVERYTHING)
    assert reply.status == 200, reply.body
    return reply.rows


def test_annotations_of_linked_columns_and_aliases(api: Api, offers: dict[str, str]) -> None:
    linked = "".join(f'<attribute name="{name}"/>' for name in ("statecode", "ownerid", "freightamount"))
    link = f'<link-entity name="quote" from="customerid" to="accountid" alias="q">{linked}</link-entity>'
    own = '<attribute name="name"/><attribute name="statecode" alias="state"/><order attribute="name"/>'
    rows = annotated(api, "accounts", own + link)
    assert sorted(str(row[f"q.freightamount@{FORMATTED}"]) for row in rows) == ["$1,200.00", "$300.00"]
    for row in rows:
        assert row[f"q.statecode@{FORMATTED}"] == "Draft"
        assert row[f"state@{FORMATTED}"] == "Active"
        assert (row[f"q.ownerid@{FORMATTED}"], row[f"q.ownerid@{TABLE}"]) == ("North", "team")
        assert "q.transactioncurrencyid" not in row
    every = '<link-entity name="quote" from="customerid" to="accountid" alias="q"><all-attributes/></link-entity>'
    row = annotated(api, "accounts", own + every)[0]
    assert (row[f"q.customerid@{FORMATTED}"], row[f"q.customerid@{TABLE}"]) == ("A", "account")
    assert row[f"q.transactioncurrencyid@{FORMATTED}"] == "US Dollar"


def test_annotations_of_aggregates(api: Api, offers: dict[str, str]) -> None:
    inside = (
        '<attribute name="ownerid" groupby="true" alias="who"/><attribute name="statecode" groupby="true" alias="s"/>'
        '<attribute name="transactioncurrencyid" groupby="true" alias="c"/>'
        '<attribute name="freightamount" aggregate="sum" alias="total"/>'
        '<attribute name="freightamount_base" aggregate="avg" alias="mean"/>'
        '<attribute name="quoteid" aggregate="count" alias="n"/>'
        '<attribute name="createdon" groupby="true" dategrouping="year" alias="y"/>'
    )
    [row] = annotated(api, "quotes", inside, 'aggregate="true"')
    texts = {name: row[f"{name}@{FORMATTED}"] for name in ("who", "s", "c", "total", "mean", "n")}
    assert texts == {
        "who": "North", "s": "Draft", "c": "US Dollar", "total": "$1,500.00", "mean": "$750.00", "n": "2",
    }  # fmt: skip
    assert row[f"who@{TABLE}"] == "team"
    assert row[f"y@{FORMATTED}"] == str(row["y"])


def test_annotations_of_applied_groups(api: Api, offers: dict[str, str]) -> None:
    apply = "groupby((statecode,_ownerid_value),aggregate(freightamount_base with sum as total,$count as n))"
    [row] = api.get(f"quotes?$apply={apply}", Prefer=EVERYTHING).rows
    assert row[f"statecode@{FORMATTED}"] == "Draft"
    assert (row[f"_ownerid_value@{FORMATTED}"], row[f"_ownerid_value@{TABLE}"]) == ("North", "team")
    assert (row[f"total@{FORMATTED}"], row[f"n@{FORMATTED}"]) == ("$1,500.00", "2")
    [plain] = api.get(f"quotes?$apply={apply}").rows
    assert not [name for name in plain if "@" in name]


def test_an_id_that_leads_nowhere_has_no_text(one_api: Api) -> None:
    """There are no campaigns, so an id of one is only an id."""
    id = "6b1c2a9e-7d1f-4b54-9e1d-3f0e5a1c2b3d"
    with handsel.open(one_api.database_url) as session:
        made = session.execute(handsel.Create("quote", {"name": "Q", "campaignid": UUID(id)}))
    row = one_api.get(f"quotes({made.id})?$select=_campaignid_value", Prefer=EVERYTHING).json
    assert row["_campaignid_value"] == id
    [linked] = annotated(one_api, "quotes", '<attribute name="campaignid" alias="c"/>')
    assert linked["c"] == id
    assert not [name for name in (*row, *linked) if name.endswith(FORMATTED)]

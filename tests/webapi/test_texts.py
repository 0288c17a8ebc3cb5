"""FetchXML and SQL as query options: below a row, and what they refuse (Web API 6, 7, 11)."""

from urllib.parse import quote

import pytest

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

"""FetchXML, on both databases: the right rows, the paging contract, and clear refusals."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import quoteattr

import pytest

from handsel.errors import BadRequest, Code, HandselError
from handsel.query.tests.company import Company, Fetch, company

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page


@pytest.fixture
def made(session: "handsel.Session") -> Company:
    return company(session)


def names(page: "Page") -> list[str]:
    return [row["name"] for row in page.rows]


FIRST = '<filter><condition attribute="lastname" operator="eq" value="L0"/></filter>'
NAME = '<attribute name="name"/><order attribute="name"/>'
PEOPLE = '<link-entity name="contact" from="parentcustomerid" to="accountid"'


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('attribute="name" operator="eq" value="a1"', "A1"),
        ('attribute="name" operator="ne" value="a1"', "A0 A2 A3"),
        ('attribute="name" operator="like" value="a%"', "A0 A1 A2 A3"),
        ('attribute="name" operator="like" value="_1"', "A1"),
        ('attribute="name" operator="like" value="%[%]%"', ""),
        ('attribute="name" operator="not-like" value="%1"', "A0 A2 A3"),
        ('attribute="name" operator="begins-with" value="a"', "A0 A1 A2 A3"),
        ('attribute="name" operator="not-end-with" value="3"', "A0 A1 A2"),
        ('attribute="revenue" operator="gt" value="1.5"', "A2 A3"),
        ('attribute="statecode" operator="eq" value="0"', "A0 A1 A2 A3"),
        ('attribute="donotfax" operator="eq" value="1"', ""),
        ('attribute="parentaccountid" operator="null"', "A0 A1 A2"),
        ('attribute="parentaccountid" operator="not-null"', "A3"),
        ('attribute="creditlimit" operator="ne" valueof="revenue"', "A0 A1 A2 A3"),
        ('attribute="revenue" operator="eq" valueof="revenue_base"', "A0 A1 A2 A3"),
        ('attribute="ownerid" operator="eq-userid"', "A0 A1 A2 A3"),
        ('attribute="createdon" operator="today"', "A0 A1 A2 A3"),
        ('attribute="createdon" operator="last-x-days" value="1"', "A0 A1 A2 A3"),
        ('attribute="createdon" operator="on-or-after" value="2000-01-01"', "A0 A1 A2 A3"),
        ('attribute="createdon" operator="olderthan-x-months" value="1"', ""),
        ('attribute="createdon" operator="next-seven-days"', ""),
        ('attribute="createdon" operator="in-fiscal-year" value="2000"', ""),
    ],
)
def test_conditions(fetch: Fetch, made: Company, condition: str, found: str) -> None:
    assert names(fetch(f"{NAME}<filter><condition {condition}/></filter>")) == found.split()


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<condition attribute="name" operator="in"><value>A1</value><value>A2</value></condition>', "A1 A2"),
        ('<condition attribute="name" operator="not-in"><value>A1</value></condition>', "A0 A2 A3"),
        ('<condition attribute="revenue" operator="between"><value>1</value><value>2</value></condition>', "A1 A2"),
        (
            '<filter type="or"><condition attribute="name" operator="eq" value="A1"/>'
            '<filter><condition attribute="name" operator="eq" value="A2"/></filter></filter><filter/>',
            "A1 A2",
        ),
        (f'{PEOPLE} link-type="any">{FIRST}</link-entity>', "A0"),
        (f'{PEOPLE} link-type="not any"/>', "A3"),
        (f'{PEOPLE} link-type="not all">{FIRST}</link-entity>', "A0"),
        (f'{PEOPLE} link-type="all">{FIRST}</link-entity>', "A1 A2"),
        (f'{PEOPLE} link-type="in">{FIRST}</link-entity>', "A0"),
    ],
)  # fmt: skip
def test_filters(fetch: Fetch, made: Company, inside: str, found: str) -> None:
    assert names(fetch(f"{NAME}<filter>{inside}</filter>")) == found.split()


def test_linked_columns_stand_behind_their_alias(fetch: Fetch, made: Company) -> None:
    inside = f'{NAME}{PEOPLE} alias="c" link-type="{{}}"><attribute name="lastname"/><attribute name="annualincome" alias="money"/><order attribute="lastname" descending="true"/><filter><condition attribute="numberofchildren" operator="gt" value="3"/></filter></link-entity>'  # noqa: E501
    found = [(row["name"], row["c.lastname"], row["money"]) for row in fetch(inside.format("inner")).rows]
    assert found == [("A1", "L4", Decimal(2)), ("A2", "L5", Decimal("2.5"))]
    found = [(row["name"], row["c.lastname"], row["money"]) for row in fetch(inside.format("outer")).rows]
    assert found == [("A0", None, None), ("A1", "L4", Decimal(2)), ("A2", "L5", Decimal("2.5")), ("A3", None, None)]
    assert names(fetch(f'{NAME}{PEOPLE} link-type="exists"/>')) == ["A0", "A1", "A2"]


def test_the_first_linked_row_alone(fetch: Fetch, made: Company) -> None:
    """A0 has L0 and L3, A1 has L1 and L4, A2 has L2 and L5; A3 has none and so does not come."""
    kind = f'{NAME}{PEOPLE} alias="c" link-type="matchfirstrowusingcrossapply"><attribute name="lastname"/>'
    rows = fetch(f"{kind}</link-entity>").rows
    assert [(row["name"], row["c.lastname"]) for row in rows] == [("A0", "L0"), ("A1", "L1"), ("A2", "L2")]
    above = '<filter><condition attribute="numberofchildren" operator="gt" value="3"/></filter></link-entity>'
    assert [(row["name"], row["c.lastname"]) for row in fetch(f"{kind}{above}").rows] == [("A1", "L4"), ("A2", "L5")]


def test_rows_without_linked_ones_by_an_outer_link(fetch: Fetch, made: Company) -> None:
    none = '<filter><condition entityname="c" attribute="contactid" operator="null"/></filter>'
    assert names(fetch(f'{NAME}{PEOPLE} alias="c" link-type="outer"/>{none}')) == ["A3"]


def test_nested_links(fetch: Fetch, made: Company) -> None:
    inside = (
        '<attribute name="lastname"/><order attribute="lastname"/>'
        '<link-entity name="account" from="accountid" to="parentcustomerid" alias="a"><attribute name="name"/>'
        '<link-entity name="systemuser" from="systemuserid" to="owninguser" alias="u"><attribute name="domainname"/>'
        "</link-entity></link-entity>"
    )
    rows = fetch(inside, table="contact", of='top="2"').rows
    assert [(row["lastname"], row["a.name"], row["u.domainname"]) for row in rows] == [
        ("L0", "A0", "admin"),
        ("L1", "A1", "admin"),
    ]
    deep = inside.replace('alias="a"', 'alias="a" link-type="exists"').replace('<attribute name="name"/>', "")
    assert len(fetch(deep.replace('<attribute name="domainname"/>', ""), table="contact").rows) == 6


def test_an_entity_without_attributes_gives_all_columns(fetch: Fetch, made: Company) -> None:
    for inside in ("", "<all-attributes/>"):
        [row] = fetch(inside, of='top="1"').rows
        assert row["name"] == "A0"
        assert "address1_city" in row


def test_aggregates(fetch: Fetch, made: Company) -> None:
    inside = (
        '<attribute name="annualincome" aggregate="sum" alias="s"/>'
        '<attribute name="contactid" aggregate="count" alias="n"/>'
        '<attribute name="numberofchildren" aggregate="avg" alias="a"/>'
        '<attribute name="lastname" aggregate="countcolumn" distinct="true" alias="d"/>'
        '<link-entity name="account" from="accountid" to="parentcustomerid" alias="x">'
        '<attribute name="name" groupby="true" alias="who"/></link-entity><order alias="s" descending="true"/>'
    )
    assert fetch(inside, table="contact", of='aggregate="true"').groups == [
        {"s": Decimal("3.5"), "n": 2, "a": Decimal("3.5"), "d": 2, "who": "A2"},
        {"s": Decimal("2.5"), "n": 2, "a": Decimal("2.5"), "d": 2, "who": "A1"},
        {"s": Decimal("1.5"), "n": 2, "a": Decimal("1.5"), "d": 2, "who": "A0"},
    ]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("day", 3),
        ("week", 10),
        ("month", 3),
        ("quarter", 1),
        ("year", 2024),
        ("fiscal-period", 1),
        ("fiscal-year", 2024),
    ],
)
def test_groups_by_parts_of_dates(session: "handsel.Session", fetch: Fetch, part: str, value: int) -> None:
    """March 3, 2024 is a Sunday, the first day of the tenth week: the first has six days, from Monday, January 1."""
    import handsel

    moment = datetime(2024, 3, 3, 12, tzinfo=UTC)
    session.execute_many([handsel.Create("account", {"name": "x", "overriddencreatedon": moment})])
    inside = f'<attribute name="createdon" groupby="true" dategrouping="{part}" alias="p"/><attribute name="name" aggregate="count" alias="n"/>'  # noqa: E501
    assert fetch(inside, of='aggregate="true"').groups == [{"p": value, "n": 1}]


def test_distinct(fetch: Fetch, made: Company) -> None:
    page = fetch('<attribute name="statecode"/>', of='distinct="true" returntotalrecordcount="true"', table="contact")
    assert page.groups == [{"statecode": 0}]
    assert page.count == 1


@pytest.mark.parametrize("order", ["", '<order attribute="name" descending="true"/>', '<order attribute="revenue"/>'])
@pytest.mark.parametrize("with_cookie", [True, False])
def test_pages(fetch: Fetch, made: Company, order: str, with_cookie: bool) -> None:
    inside = f'<attribute name="name"/>{order}'
    expected, found, of = names(fetch(inside)), [], 'count="3"'
    page = fetch(inside, of=of)
    found += names(page)
    assert page.more
    assert page.token is not None
    cookie = fromstring(page.token)
    assert cookie.get("pagenumber") == "2"
    given = f"paging-cookie={quoteattr(page.token)}" if with_cookie else ""
    page = fetch(inside, of=f'{of} page="{cookie.get("pagenumber")}" {given}')
    assert found + names(page) == expected
    assert not page.more
    assert page.token is None  # the last page must not have one: a client would ask for ever


def test_pages_of_links_that_multiply(fetch: Fetch, made: Company) -> None:
    inside = f'{NAME}{PEOPLE} alias="c"><attribute name="lastname"/></link-entity>'
    found = []
    for number in range(1, 4):
        page = fetch(inside, of=f'count="2" page="{number}"')
        found += [row["c.lastname"] for row in page.rows]
    assert sorted(found) == ["L0", "L1", "L2", "L3", "L4", "L5"]
    assert page.token is None


def where(condition: str) -> str:
    return f'<fetch><entity name="account"><filter><condition {condition}/></filter></entity></fetch>'


def link(attributes: str) -> str:
    return f'<fetch><entity name="account"><link-entity name="contact" {attributes}/></entity></fetch>'


def aggregate(attributes: str) -> str:
    return f'<fetch aggregate="true"><entity name="account"><attribute {attributes}/></entity></fetch>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not well-formed"),
        ("<fetch", "not well-formed"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><fetch/>', "declares a document type or entities"),
        ("<other/>", "starts with <other>"),
        ("<fetch/>", "holds one <entity>"),
        ('<fetch><entity/></fetch>', "lacks its attribute 'name'"),
        ('<fetch pge="1"><entity name="account"/></fetch>', "has no attribute 'pge'"),
        ('<fetch count="x"><entity name="account"/></fetch>', "count is a whole number, not 'x'"),
        ('<fetch top="1" page="2"><entity name="account"/></fetch>', "top goes with neither page"),
        ('<fetch distinct="x"><entity name="account"/></fetch>', "distinct is true or false"),
        ('<fetch><entity name="account"><column/></entity></fetch>', "<column> cannot stand in <entity>"),
        ('<fetch><entity name="nothing"/></fetch>', "nothing"),
        ('<fetch><entity name="account"><attribute name="nme"/></entity></fetch>', "has no column 'nme'"),
        (aggregate('name="name"'), "lacks its alias"),
        (aggregate('name="name" alias="x" aggregate="mean"'), "aggregate with one of"),
        ('<fetch><entity name="account"><filter type="xor"/></entity></fetch>', "and or or, not 'xor'"),
        (where('attribute="name" operator="is" value="1"'), "no operator 'is'"),
        (where('attribute="name" operator="eq"'), "eq takes one value"),
        (where('attribute="name" operator="like" value="[a-z]"'), "a set of letters"),
        (where('attribute="revenue" operator="eq" value="x"'), "revenue cannot be compared"),
        (where('attribute="createdon" operator="last-x-days"'), "takes one value"),
        (where('entityname="z" attribute="name" operator="null"'), "Nothing in the query is called 'z'"),
        (link('from="x" to="accountid"'), "has no column 'x'"),
        (link('from="lastname" to="accountid"'), "do not compare"),
        (link('from="contactid" to="accountid" link-type="full"'), "link-type is one of"),
        ('<fetch count="1" page="2" paging-cookie="x"><entity name="account"/></fetch>', "cookie cannot be read"),
    ],
)  # fmt: skip
def test_bad_fetchxml_is_refused(fetch: Fetch, text: str, said: str) -> None:
    from handsel.query.fetchxml.parser import parse_fetch
    from handsel.query.run.pages import run

    with pytest.raises(HandselError) as refused:
        run(parse_fetch(text))
    assert said in refused.value.message


@pytest.mark.parametrize(
    "text",
    [
        "<filter>" * 5_000 + "</filter>" * 5_000,
        "<filter><filter>" + '<condition attribute="name" operator="null"/>' * 6_000 + "</filter></filter>",
        f"{PEOPLE}>" * 200 + "</link-entity>" * 200,
        f'{PEOPLE} link-type="exists">' * 200 + "</link-entity>" * 200,
        f"{PEOPLE}/>" * 30,
    ],
)
def test_limits(fetch: Fetch, text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        fetch(text)
    assert refused.value.code is Code.QUERY_SYNTAX

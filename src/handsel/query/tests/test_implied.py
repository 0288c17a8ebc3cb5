"""Columns that lookups and choices imply (`…name`, `…yominame`, `…type`) in FetchXML and SQL, on both databases."""

from functools import partial
from typing import TYPE_CHECKING

import pytest

from handsel.errors import BadRequest
from handsel.query.tests.company import Fetch, create

if TYPE_CHECKING:
    import handsel


@pytest.fixture
def fetch(fetch: Fetch) -> Fetch:
    """The same for quotes."""
    return partial(fetch, table="quote")


@pytest.fixture
def quotes(session: "handsel.Session") -> None:
    """Q1 of the account Zeta, Q2 of the contact Ann Alder, owned by a team, Q3 of nobody; Zeta sounds like Zee."""
    [account] = create(session, "account", {"name": "Zeta", "yominame": "Zee"})
    [contact] = create(session, "contact", {"firstname": "Ann", "lastname": "Alder"})
    [unit] = session.rows("businessunit")
    [team] = create(session, "team", {"name": "North", "teamtype": 0, "businessunitid": unit.id})
    create(
        session,
        "quote",
        {"name": "Q1", "customerid_account@odata.bind": f"/accounts({account})", "freighttermscode": 1},
        {
            "name": "Q2",
            "customerid_contact@odata.bind": f"/contacts({contact})",
            "ownerid": {"table": "team", "id": team},
        },
        {"name": "Q3"},
    )


NAME = '<attribute name="name"/><order attribute="name"/>'


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('attribute="customeridname" operator="eq" value="zeta"', "Q1"),
        ('attribute="customeridname" operator="like" value="%Alder"', "Q2"),
        ('attribute="customeridname" operator="begins-with" value="Z"', "Q1"),
        ('attribute="customeridname" operator="null"', "Q3"),
        ('attribute="customeridname" operator="in"><value>Zeta</value><value>Ann Alder</value></condition', "Q1 Q2"),
        ('attribute="customeridyominame" operator="eq" value="Zee"', "Q1"),
        ('attribute="customeridtype" operator="eq" value="account"', "Q1"),
        ('attribute="customeridtype" operator="eq" value="2"', "Q2"),
        ('attribute="customeridtype" operator="null"', "Q3"),
        ('attribute="owneridtype" operator="eq" value="team"', "Q2"),
        ('attribute="owneridtype" operator="in"><value>8</value></condition', "Q1 Q3"),
        ('attribute="owneridname" operator="eq" value="north"', "Q2"),
        ('attribute="createdbyname" operator="not-null"', "Q1 Q2 Q3"),
        ('attribute="transactioncurrencyidname" operator="eq" value="US Dollar"', "Q1 Q2 Q3"),
        ('attribute="statecodename" operator="eq" value="draft"', "Q1 Q2 Q3"),
        ('attribute="statuscodename" operator="ne" value="In Progress"', ""),
        ('attribute="willcallname" operator="eq" value="Address"', "Q1 Q2 Q3"),
        ('attribute="freighttermscodename" operator="null"', "Q2 Q3"),
        ('attribute="campaignidname" operator="null"', "Q1 Q2 Q3"),
    ],
)
def test_conditions(fetch: Fetch, quotes: None, condition: str, found: str) -> None:
    closed = condition if condition.endswith("</condition") else f"{condition}/"
    assert [row["name"] for row in fetch(f"{NAME}<filter><condition {closed}></filter>").rows] == found.split()


def test_attributes_and_order(fetch: Fetch, quotes: None) -> None:
    names = ("customeridname", "customeridtype", "owneridname", "statecodename", "freighttermscodename")
    listed = "".join(f'<attribute name="{name}"/>' for name in names)
    rows = fetch(f'{listed}<order attribute="customeridname" descending="true"/>').rows
    assert [tuple(row[name] for name in names[:2]) for row in rows] == [
        ("Zeta", "account"), ("Ann Alder", "contact"), (None, None),
    ]  # fmt: skip
    assert rows[1]["owneridname"] == "North"
    assert {row["statecodename"] for row in rows} == {"Draft"}
    assert rows[0]["freighttermscodename"] == "FOB"
    assert rows[1]["freighttermscodename"] is None


def test_pages_ordered_by_a_name(fetch: Fetch, quotes: None) -> None:
    from xml.sax.saxutils import quoteattr

    inside = '<attribute name="name"/><order attribute="customeridname"/>'
    first = fetch(inside, 'count="2"')
    assert [row["name"] for row in first.rows] == ["Q3", "Q2"]
    assert first.token is not None
    second = fetch(inside, f'count="2" page="2" paging-cookie={quoteattr(first.token)}')
    assert [row["name"] for row in second.rows] == ["Q1"]


def test_groups(fetch: Fetch, quotes: None) -> None:
    inside = (
        '<attribute name="owneridname" groupby="true" alias="who"/><attribute name="statecodename" groupby="true" '
        'alias="state"/><attribute name="quoteid" aggregate="count" alias="n"/><order alias="n"/>'
    )
    [north, other] = fetch(inside, 'aggregate="true"').groups
    assert (north["who"], north["state"], north["n"]) == ("North", "Draft", 1)
    assert (other["state"], other["n"]) == ("Draft", 2)
    assert fetch('<attribute name="customeridtype"/>', 'distinct="true"').groups == [
        {"customeridtype": None}, {"customeridtype": "account"}, {"customeridtype": "contact"},
    ]  # fmt: skip


def test_of_linked_tables_and_inside_them(fetch: Fetch, quotes: None) -> None:
    link = (
        '<link-entity name="quote" from="customerid" to="accountid" alias="q" link-type="{}">'
        '<attribute name="customeridname"/>'
        '<filter><condition attribute="customeridname" operator="eq" value="Zeta"/></filter></link-entity>'
    )
    for kind in ("inner", "outer"):
        [row] = fetch(NAME + link.format(kind), table="account").rows
        assert (row["name"], row["q.customeridname"]) == ("Zeta", "Zeta")
    asked = link.format("any").replace('<attribute name="customeridname"/>', "")
    assert len(fetch(f"{NAME}<filter>{asked}</filter>", table="account").rows) == 1
    outside = '<filter><condition entityname="q" attribute="statecodename" operator="eq" value="Draft"/></filter>'
    assert len(fetch(NAME + link.format("inner") + outside, table="account").rows) == 1


def test_of_parent_columns_and_open_lookups(fetch: Fetch, session: "handsel.Session", quotes: None) -> None:
    [quote] = session.rows("quote", filter="name eq 'Q2'")
    create(
        session,
        "quotedetail",
        {
            "quoteid": quote.id,
            "productdescription": "Help",
            "quantity": 1,
            "priceperunit": 1,
            "isproductoverridden": True,
        },
    )
    create(session, "annotation", {"subject": "Note", "objectid": {"table": "quote", "id": quote.id}})
    line = '<attribute name="quoteidname"/><attribute name="owneridname"/><attribute name="owneridtype"/>'
    [row] = fetch(f'{line}<attribute name="quotestatecodename"/>', table="quotedetail").rows
    found = (row["quoteidname"], row["owneridname"], row["owneridtype"], row["quotestatecodename"])
    assert found == ("Q2", "North", "team", "Draft")
    note = '<attribute name="objectidname"/><attribute name="objectidtype"/>'
    wanted = '<filter><condition attribute="objecttypecode" operator="eq" value="1084"/></filter>'
    [row] = fetch(note + wanted, table="annotation").rows
    assert (row["objectidname"], row["objectidtype"]) == ("Q2", "quote")


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT name, customeridname FROM quote WHERE customeridname LIKE 'Z%'", [("Q1", "Zeta")]),
        (
            "SELECT name, customeridname FROM quote WHERE customeridname IS NOT NULL ORDER BY customeridname",
            [("Q2", "Ann Alder"), ("Q1", "Zeta")],
        ),
        ("SELECT q.name, q.owneridtype FROM quote q WHERE q.owneridtype = 'team'", [("Q2", "team")]),
        (
            "SELECT a.name, q.statecodename FROM account a JOIN quote q ON a.accountid = q.customerid",
            [("Zeta", "Draft")],
        ),
    ],
)  # fmt: skip
def test_sql(session: "handsel.Session", quotes: None, sql: str, found: list[tuple[str, ...]]) -> None:
    from handsel.query.run.pages import run
    from handsel.query.sql.parser import parse_sql

    with session.entered():
        request = parse_sql(sql)
        names = [output.name for output in request.outputs or ()]
        assert [tuple(row[name] for name in names) for row in run(request).rows] == found
        grouped = run(parse_sql("SELECT customeridtype, COUNT(*) AS n FROM quote GROUP BY customeridtype")).groups
        assert {row["customeridtype"]: row["n"] for row in grouped} == {None: 1, "account": 1, "contact": 1}


def test_of_custom_columns(session: "handsel.Session", fetch: Fetch, quotes: None) -> None:
    import handsel

    session.execute(handsel.AddColumn("account", "new_rank", "choice", options={"1": "High", "2": "Low"}))
    create(session, "account", {"name": "Ranked", "new_rank": 2})
    wanted = '<filter><condition attribute="new_rankname" operator="eq" value="low"/></filter>'
    [row] = fetch(f'{NAME}<attribute name="new_rankname"/>{wanted}', table="account").rows
    assert (row["name"], row["new_rankname"]) == ("Ranked", "Low")


@pytest.mark.parametrize("name", ["accountidtype", "createdbytype", "statecodetype", "statecodeyominame", "namename"])
def test_what_no_column_implies(fetch: Fetch, name: str) -> None:
    with pytest.raises(BadRequest, match=f"has no column '{name}'"):
        fetch(f'<attribute name="{name}"/>')


def test_odata_does_not_know_them(session: "handsel.Session") -> None:
    """They are no properties: `IsValidODataAttribute` is false."""
    from handsel.query.odata.options import parse_options
    from handsel.query.run.pages import run

    with session.entered(), pytest.raises(BadRequest, match="has no column 'customeridname'"):
        run(parse_options("quote", {"$filter": "customeridname eq 'Zeta'"}))

"""`entityname` and `valueof` in FetchXML: a link's alias or the name of its table; links without from and to."""

from typing import TYPE_CHECKING

import pytest

from handsel.errors import BadRequest
from handsel.query.tests.company import Company, Fetch, company

if TYPE_CHECKING:
    import handsel


@pytest.fixture
def made(session: "handsel.Session") -> Company:
    return company(session)


NAME = '<attribute name="name"/><order attribute="name"/>'
PEOPLE = '<link-entity name="contact" from="parentcustomerid" to="accountid"'
PARENT = '<link-entity name="account" from="accountid" to="parentaccountid"'


def condition(entity: str, attribute: str, operator: str, value: str = "") -> str:
    given = f'value="{value}"' if value else ""
    return f'<filter><condition entityname="{entity}" attribute="{attribute}" operator="{operator}" {given}/></filter>'


@pytest.mark.parametrize("alias", ["", 'alias="c"'])
@pytest.mark.parametrize("filter_first", [True, False])
@pytest.mark.parametrize(
    ("kind", "wanted", "found"),
    [
        ("inner", condition("contact", "lastname", "eq", "L4"), "A1"),
        ("outer", condition("contact", "lastname", "eq", "L4"), "A1"),
        ("outer", condition("contact", "contactid", "null"), "A3"),
        ("inner", condition("account", "name", "eq", "A2") + condition("contact", "lastname", "eq", "L5"), "A2"),
    ],
)
def test_a_table_by_its_name(
    fetch: Fetch, made: Company, alias: str, filter_first: bool, kind: str, wanted: str, found: str
) -> None:
    link = f'{PEOPLE} {alias} link-type="{kind}"/>'
    inside = f"{NAME}{wanted}{link}" if filter_first else f"{NAME}{link}{wanted}"
    assert [row["name"] for row in fetch(inside).rows] == found.split()


def test_order_by_a_linked_table(fetch: Fetch, made: Company) -> None:
    order = '<attribute name="name"/><order entityname="contact" attribute="lastname" descending="true"/>'
    found = [row["name"] for row in fetch(f"{order}{PEOPLE}/>").rows]
    assert found == ["A2", "A1", "A0", "A2", "A1", "A0"]


def test_valueof_of_a_linked_table(fetch: Fetch, made: Company) -> None:
    """A1 has L1 and L4 with 1 and 4 children and a revenue of 1; A0 has L0 with none and no revenue of note."""
    wanted = '<filter><condition attribute="revenue" operator="eq" valueof="contact.numberofchildren"/></filter>'
    assert [row["name"] for row in fetch(f"{NAME}{PEOPLE}/>{wanted}").rows] == ["A0", "A1", "A2"]


def test_a_nested_link_by_its_name(fetch: Fetch, made: Company) -> None:
    inside = (
        '<attribute name="lastname"/><order attribute="lastname"/><link-entity name="account" from="accountid" '
        'to="parentcustomerid"><link-entity name="systemuser" from="systemuserid" to="owninguser"/></link-entity>'
    )
    wanted = condition("systemuser", "domainname", "eq", "admin") + condition("account", "name", "eq", "A2")
    assert [row["lastname"] for row in fetch(inside + wanted, table="contact").rows] == ["L2", "L5"]


def test_the_name_of_the_table_itself_and_a_link_to_it(fetch: Fetch, made: Company) -> None:
    """Without an alias the name means the link, as documented; with one, it means the table asked."""
    wanted = condition("account", "name", "eq", "A0")
    assert [row["name"] for row in fetch(f"{NAME}{PARENT}/>{wanted}").rows] == ["A3"]
    assert fetch(f'{NAME}{PARENT} alias="p"/>{wanted}').rows == []
    inside = f'{PARENT} alias="p">{wanted}</link-entity>'
    assert [row["name"] for row in fetch(f"{NAME}{inside}").rows] == ["A3"]


def test_names_inside_a_link_that_only_asks(fetch: Fetch, made: Company) -> None:
    wanted = condition("contact", "lastname", "eq", "L4")
    inside = f'<filter>{PEOPLE} link-type="any">{wanted}</link-entity></filter>'
    assert [row["name"] for row in fetch(NAME + inside).rows] == ["A1"]
    with pytest.raises(BadRequest, match="Nothing in the query is called 'contact'"):
        fetch(f'{NAME}{PEOPLE} link-type="exists"/>{wanted}')


def test_a_name_that_two_links_have(fetch: Fetch, made: Company) -> None:
    with pytest.raises(BadRequest, match="links contact more than once, so 'contact' could be contact1 or contact2"):
        fetch(f"{NAME}{PEOPLE}/>{PEOPLE}/>{condition('contact', 'lastname', 'eq', 'L4')}")
    found = fetch(f'{NAME}{PEOPLE}/>{PEOPLE} alias="d"/>{condition("contact", "lastname", "eq", "L4")}')
    assert [row["name"] for row in found.rows] == ["A1", "A1"]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link-entity name="account" to="parentcustomerid" alias="a">', "L0 L1 L2 L3 L4 L5"),
        ('<link-entity name="account" from="accountid" to="parentcustomerid" alias="a">', "L0 L1 L2 L3 L4 L5"),
        ('<link-entity name="systemuser" to="owninguser" alias="a">', "L0 L1 L2 L3 L4 L5"),
        ('<link-entity name="systemuser" to="ownerid" alias="a">', "L0 L1 L2 L3 L4 L5"),
        ('<link-entity name="team" to="ownerid" alias="a">', ""),
        ('<link-entity name="contact" to="parentcustomerid" alias="a">', ""),
        ('<link-entity name="account" from="primarycontactid" alias="a">', ""),
    ],
)
def test_links_without_from_or_to(fetch: Fetch, made: Company, link: str, found: str) -> None:
    inside = f'<attribute name="lastname"/><order attribute="lastname"/>{link}</link-entity>'
    assert [row["lastname"] for row in fetch(inside, table="contact").rows] == found.split()


def test_links_to_several_rows_without_from(fetch: Fetch, made: Company) -> None:
    link = '<link-entity name="contact" to="accountid" alias="c"><attribute name="lastname"/></link-entity>'
    assert [row["c.lastname"] for row in fetch(f"{NAME}{link}").rows] == ["L0", "L3", "L1", "L4", "L2", "L5"]
    any_of = '<filter><link-entity name="contact" to="accountid" link-type="not any"/></filter>'
    assert [row["name"] for row in fetch(f"{NAME}{any_of}").rows] == ["A3"]
    first = '<link-entity name="contact" to="accountid" link-type="matchfirstrowusingcrossapply"/>'
    assert [row["name"] for row in fetch(f"{NAME}{first}").rows] == ["A0", "A1", "A2"]


def test_links_by_an_intersect_table(fetch: Fetch, session: "handsel.Session") -> None:
    inside = (
        '<attribute name="domainname"/><link-entity name="systemuserroles" to="systemuserid" intersect="true">'
        '<link-entity name="role" to="roleid" alias="r"><attribute name="name"/></link-entity></link-entity>'
    )
    for text in (inside, inside.replace(' to="systemuserid"', "").replace(' to="roleid"', "")):
        [row] = fetch(text, table="systemuser").rows
        assert (row["domainname"], row["r.name"]) == ("admin", "System Administrator")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ('<link-entity name="opportunity" to="accountid"/>', 'fit: from="customerid" to="accountid"'),
        ('<link-entity name="contact"/>', "gives neither of from and to, and several relationships fit"),
        ('<link-entity name="contact" to="name"/>', 'gives to="name" of from and to, and no relationship'),
        ('<link-entity name="uom"/>', "no relationship between the two tables fits"),
    ],
)  # fmt: skip
def test_links_that_do_not_say_enough(fetch: Fetch, made: Company, link: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        fetch(link)
    assert said in refused.value.message


def unrelated(count: int, of: str = "") -> str:
    return "".join(
        f'<link-entity name="contact" from="statecode" to="statecode" alias="c{number}" {of}/>'
        for number in range(count)
    )


def test_links_that_follow_no_relationship_are_few(fetch: Fetch, made: Company) -> None:
    """All 4 accounts and 6 contacts are active: two links make 4 · 6 · 6 rows, five would make 31,104."""
    assert len(fetch(unrelated(2)).rows) == 144
    asking = unrelated(5, 'link-type="not any"')
    for text in (unrelated(3), unrelated(5), f"<filter>{asking}</filter>"):
        with pytest.raises(BadRequest, match="more than 2 of its links follow no relationship"):
            fetch(text)
    nested = '<link-entity name="contact" from="statecode" to="statecode" link-type="any">'
    with pytest.raises(BadRequest, match="more than 2 of its links follow no relationship"):
        fetch(f"<filter>{nested * 5}{'</link-entity>' * 5}</filter>")


def test_many_links_by_ids_are_taken(fetch: Fetch, made: Company) -> None:
    links = "".join(
        f'<link-entity name="systemuser" from="systemuserid" to="{name}" alias="{name}"/>'
        for name in ("owninguser", "createdby", "modifiedby")
    )
    assert [row["name"] for row in fetch(f"{NAME}{links}").rows] == ["A0", "A1", "A2", "A3"]


def test_unrelated_joins_of_sql_are_few(session: "handsel.Session", made: Company) -> None:
    from handsel.query.run.pages import run
    from handsel.query.sql.parser import parse_sql

    def joined(count: int) -> str:
        joins = (f"JOIN contact c{number} ON c{number}.statecode = a.statecode" for number in range(count))
        return f"SELECT a.name FROM account a {' '.join(joins)}"

    with session.entered():
        assert len(run(parse_sql(joined(2))).rows) == 144
        with pytest.raises(BadRequest, match="more than 2 of its links follow no relationship"):
            run(parse_sql(joined(5)))

"""Requests by query options, on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from handsel.errors import BadRequest, Code
from handsel.query.tests.company import Company, company, create

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page

Ask = Callable[..., "Page"]


@pytest.fixture
def ask(session: "handsel.Session") -> Iterator[Ask]:
    """Query options without their dollar signs to a page."""
    from handsel.query.odata.options import parse_options
    from handsel.query.run.pages import run

    def asked(table: str, size: int | None = None, now: datetime | None = None, **options: str) -> "Page":
        given = {name if name.startswith("@") else f"${name}": text for name, text in options.items()}
        return run(parse_options(table, given, page_size=size), now)

    with session.entered():
        yield asked


@pytest.fixture
def made(session: "handsel.Session") -> Company:
    return company(session)


PEOPLE = "contact_customer_accounts"


def names(page: "Page") -> list[str]:
    return [row["name"] for row in page.rows]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("contact_customer_accounts/any()", "A0 A1 A2"),
        ("not contact_customer_accounts/any()", "A3"),
        ("contact_customer_accounts/any(c:c/lastname eq 'l4')", "A1"),
        ("contact_customer_accounts/any(c:c/numberofchildren gt revenue)", "A0 A1 A2"),
        ("contact_customer_accounts/all(c:c/numberofchildren gt 1)", "A2 A3"),
        ("contact_customer_accounts/any(c:c/parentcustomerid_account/name eq name and c/lastname eq 'L0')", "A0"),
        (f"{PEOPLE}/any(c:c/parentcustomerid_account/{PEOPLE}/any(d:d/lastname gt c/lastname))", "A0 A1 A2"),
        (f"{PEOPLE}/any(c:c/Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=['L1','L2']))", "A1 A2"),
        ("parentaccountid/contact_customer_accounts/any(c:c/lastname eq 'L0')", "A3"),
        ("parentaccountid/owninguser/domainname eq 'ADMIN'", "A3"),
        ("Microsoft.Dynamics.CRM.In(PropertyName='revenue',PropertyValues=[\"1\",\"2.0\"])", "A1 A2"),
        ("Microsoft.Dynamics.CRM.NotBetween(PropertyName='revenue',PropertyValue1=1,PropertyValue2='2')", "A0 A3"),
        ("Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')", "A0 A1 A2 A3"),
        ("Microsoft.Dynamics.CRM.NotEqualUserId(PropertyName='ownerid')", ""),
        ("Microsoft.Dynamics.CRM.EqualBusinessId(PropertyName='owningbusinessunit')", "A0 A1 A2 A3"),
        ("Microsoft.Dynamics.CRM.EqualUserTeams(PropertyName='ownerid')", ""),
        ("Microsoft.Dynamics.CRM.EqualUserOrUserTeams(PropertyName='ownerid')", "A0 A1 A2 A3"),
        ("Microsoft.Dynamics.CRM.EqualUserOrUserHierarchy(PropertyName='ownerid')", "A0 A1 A2 A3"),
        ("Microsoft.Dynamics.CRM.Today(PropertyName='createdon')", "A0 A1 A2 A3"),
        ("Microsoft.Dynamics.CRM.OlderThanXMinutes(PropertyName='createdon',PropertyValue=60)", ""),
        ("createdon le modifiedon and revenue eq revenue_base and not (revenue lt exchangerate)", "A1 A2 A3"),
        ("creditlimit eq revenue or creditlimit ne revenue", "A0 A1 A2 A3"),
        ("contains(name,'3') eq true", "A3"),
        ("contains(name,'3') eq false", "A0 A1 A2"),
    ],
)  # fmt: skip
def test_filters(ask: Ask, made: Company, filter: str, found: str) -> None:
    assert names(ask("account", filter=filter, orderby="name")) == found.split()


def test_hierarchies(ask: Ask, made: Company) -> None:
    def said(function: str, of: int) -> list[str]:
        values = f"PropertyName='accountid',PropertyValue={made.accounts[of]}"
        return names(ask("account", filter=f"Microsoft.Dynamics.CRM.{function}({values})"))

    assert said("Under", 0) == ["A3"]
    assert said("UnderOrEqual", 0) == ["A0", "A3"]
    assert said("Above", 3) == ["A0"]
    assert said("AboveOrEqual", 3) == ["A0", "A3"]
    assert said("NotUnder", 0) == ["A0", "A1", "A2"]
    below = f"Microsoft.Dynamics.CRM.UnderOrEqual(PropertyName='parentcustomerid',PropertyValue='{made.accounts[0]}')"
    assert ask("contact", filter=below, count="true").count == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"select": "nme"}, "has no column 'nme'. Did you mean name?"),
        ({"select": "password"}, "has no column 'password'"),
        ({"select": "owning/user"}, "$select takes the names of columns"),
        ({"filter": "contacts/any()"}, "has no collection 'contacts'"),
        ({"filter": "x/any(c:c/a eq 1)"}, "has no collection 'x'"),
        ({"filter": "contact_customer_accounts/any(c:d/lastname eq 'a')"}, "has no navigation property 'd'"),
        ({"filter": "name eq revenue"}, "name and revenue are of kinds that do not compare"),
        ({"filter": "Microsoft.Dynamics.CRM.Today(PropertyName='name')"}, "name holds no date, so Today"),
        ({"filter": "Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=['x'])"}, "statecode cannot be"),
        ({"filter": "Microsoft.Dynamics.CRM.Under(PropertyName='ownerid',PropertyValue='x')"}, "ownerid cannot be"),
        ({"filter": "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue='0')"}, "from 1 on"),
        ({"filter": "Microsoft.Dynamics.CRM.LastXYears(PropertyName='createdon',PropertyValue=9999)"}, "cannot be com"),
        ({"expand": "nowhere"}, "has no navigation property 'nowhere'"),
        ({"expand": "owninguser($select=password)"}, "has no column 'password'"),
        ({"expand": "owninguser($levels=2)"}, "$levels is not supported inside $expand"),
        ({"expand": "owninguser("}, "quotes and brackets come in pairs"),
        ({"expand": "owninguser,owninguser"}, "each navigation property comes once"),
        ({"orderby": "nme"}, "has no column 'nme'"),
        ({"top": "-1"}, "$top takes a whole number"),
        ({"count": "yes"}, "$count is true or false"),
        ({"search": "x"}, "There is no query option $search"),
        ({"skiptoken": "x"}, "The paging cookie cannot be read"),
        ({"apply": "aggregate(name with sum as s)"}, "sum cannot be computed of name; it holds String."),
        ({"apply": "aggregate(revenue with median as s)"}, "'median' at position 24"),
        ({"apply": "groupby((name))", "select": "name"}, "$apply goes with neither"),
        ({"apply": "groupby((name))", "orderby": "revenue"}, "Groups can be sorted by name, not by 'revenue'"),
        ({"apply": "groupby((name,name))"}, "Two columns of the answer are called 'name'"),
    ],
)
def test_bad_requests_are_refused(ask: Ask, options: dict[str, str], said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        ask("account", **options)
    assert said in refused.value.message
    assert refused.value.code is Code.QUERY_SYNTAX


def test_selected_columns_and_what_they_bring_along(ask: Ask, made: Company) -> None:
    [row] = ask("contact", select="lastname,_parentcustomerid_value,", top="1").rows
    assert row == {
        "lastname": "L0",
        "parentcustomerid": made.accounts[0],
        "contactid": made.contacts[0],
        "versionnumber": row["versionnumber"],
        "accountid": made.accounts[0],
        "parentcontactid": None,
    }
    [row] = ask("account", select="revenue", top="1").rows
    assert row["transactioncurrencyid"] is not None


def test_parent_columns_are_filled(session: "handsel.Session", ask: Ask) -> None:
    [kind] = create(session, "discounttype", {"name": "by amount", "isamounttype": True})
    create(session, "discount", {"discounttypeid": kind, "lowquantity": 1, "highquantity": 2, "amount": 1})
    assert [row["isamounttype"] for row in ask("discount", select="isamounttype").rows] == [True]
    assert [row["isamounttype"] for row in ask("discount").rows] == [True]


def test_expanded_rows(ask: Ask, made: Company) -> None:
    page = ask(
        "account",
        select="name",
        orderby="name",
        expand="contact_customer_accounts($select=lastname;$orderby=lastname desc;$top=1;"
        "$expand=owninguser($select=domainname),parentcustomerid_account($select=name)),primarycontactid,parentaccountid",
    )
    people = [row.expanded["contact_customer_accounts"] for row in page.rows]
    assert [[person["lastname"] for person in each] for each in people] == [["L3"], ["L4"], ["L5"], []]
    assert people[0][0].expanded["owninguser"]["domainname"] == "admin"
    assert people[1][0].expanded["parentcustomerid_account"]["name"] == "A1"
    assert [row.expanded["primarycontactid"] for row in page.rows] == [None] * 4
    assert page.rows[3].expanded["parentaccountid"]["name"] == "A0"
    few = ask("account", expand=f"{PEOPLE}($filter=numberofchildren lt 2;$select=lastname)", orderby="name")
    found = [[person["lastname"] for person in row.expanded["contact_customer_accounts"]] for row in few.rows]
    assert found == [["L0"], ["L1"], [], []]


def test_an_expand_takes_one_statement_a_level(session: "handsel.Session", ask: Ask, made: Company) -> None:
    from handsel.database.statements import counted_statements

    expand = "contact_customer_accounts($top=2;$expand=owninguser,parentcustomerid_account),owninguser"
    counts = []
    for more in (0, 30):
        parents = (f"/accounts({made.accounts[n % 4]})" for n in range(more))
        create(
            session, "contact", *({"lastname": "x", "parentcustomerid_account@odata.bind": path} for path in parents)
        )
        with counted_statements() as count:
            ask("account", expand=expand, filter="name ne 'x'")
        counts.append(len(count))
    # The current user and the organization, the page, contacts, their user, their account, the user.
    assert counts == [6, 6]


ORDERS = ["", "name desc", "revenue", "parentaccountid/name desc", "owninguser/fullname,revenue desc", "createdon"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_give_every_row_once(ask: Ask, made: Company, order: str, size: int) -> None:
    options = {"select": "name", "orderby": order, "count": "true"}
    expected, found, token = names(ask("account", **options)), [], ""
    pages = []
    while True:
        page = ask("account", size, **options, skiptoken=token)
        found += names(page)
        assert page.count == 4
        assert page.more is (page.token is not None)
        if page.token is None:
            break
        token = page.token
        pages.append(token)
    assert found == expected
    assert len(set(pages)) == len(pages)


def test_a_page_starts_behind_the_last_row_whatever_others_write(
    session: "handsel.Session", ask: Ask, made: Company
) -> None:
    first = ask("account", 2, select="name", orderby="name")
    create(session, "account", {"name": "A"}, {"name": "A1b"})
    assert first.token is not None
    assert names(ask("account", 2, select="name", orderby="name", skiptoken=first.token)) == ["A1b", "A2"]


@pytest.mark.parametrize("values", ["<name last='x'/>", "<a last='0.00001'/><b/>", "<a/><b last='1'/>"])
def test_cookies_of_another_query_are_refused(ask: Ask, made: Company, values: str) -> None:
    token = f'<cookie page="1">{values}</cookie>'
    with pytest.raises(BadRequest, match=r"cookie|cannot be compared"):
        ask("account", 2, orderby="revenue", skiptoken=token)


def test_top_goes_before_pages(ask: Ask, made: Company) -> None:
    page = ask("account", 1, top="3", orderby="name")
    assert (names(page), page.more, page.token) == (["A0", "A1", "A2"], False, None)
    assert ask("account", top="0").rows == []


def test_aggregates(ask: Ask, made: Company) -> None:
    [found] = ask(
        "contact",
        apply="aggregate(annualincome with sum as s,annualincome with average as a,numberofchildren with max as m,"
        "lastname with min as first,_parentcustomerid_value with countdistinct as d,$count as n,"
        "createdon with max as late,exchangerate with sum as rates)",
    ).groups
    assert found.pop("late").tzinfo is not None
    assert found == {"s": Decimal("7.5"), "a": Decimal("1.25"), "m": 5, "first": "L0", "d": 3, "n": 6, "rates": 6}


def test_groups(ask: Ask, made: Company) -> None:
    computed = "aggregate($count as n,annualincome with sum as s)"
    text = f"filter(numberofchildren gt 0)/groupby((parentcustomerid_account/name),{computed})"
    assert ask("contact", apply=text, orderby="s desc").groups == [
        {"parentcustomerid_account/name": "A2", "n": 2, "s": Decimal("3.5")},
        {"parentcustomerid_account/name": "A1", "n": 2, "s": Decimal("2.5")},
        {"parentcustomerid_account/name": "A0", "n": 1, "s": Decimal("1.5")},
    ]
    assert ask("contact", apply="groupby((statecode,_parentcustomerid_value))", count="true").count == 3


def test_groups_ignore_case_and_sums_have_no_limit(session: "handsel.Session", ask: Ask) -> None:
    create(session, "account", {"name": "Ä", "creditlimit": 100_000_000_000}, {"name": "ä"}, {"name": "b"})
    create(session, "opportunity", *({"name": "o", "estimatedvalue": 900_000_000_000} for _ in range(3)))
    found = ask("account", apply="groupby((name),aggregate($count as n))", orderby="name").groups
    assert found == [{"name": "b", "n": 1}, {"name": "Ä", "n": 2}]
    [total] = ask("opportunity", apply="aggregate(estimatedvalue with sum as s)").groups
    assert total["s"] == 2_700_000_000_000


def test_pages_of_groups(ask: Ask, made: Company) -> None:
    found, token = [], ""
    while True:
        page = ask("contact", 2, apply="groupby((_parentcustomerid_value),aggregate($count as n))", skiptoken=token)
        found += page.groups
        if page.token is None:
            break
        token = page.token
    assert len(found) == 3
    assert [each["n"] for each in found] == [2, 2, 2]


@pytest.mark.parametrize("levels", [1, 2, 6])
def test_collections_inside_collections(ask: Ask, made: Company, levels: int) -> None:
    condition = "contact_customer_accounts/any(v1:{})"
    for level in range(2, levels + 1):
        condition = condition.format(
            f"v{level - 1}/parentcustomerid_account/contact_customer_accounts/any(v{level}:{{}})"
        )
    deepest = f"v{levels}/lastname eq 'L0'"
    for bracket in range(80 - 10 * levels):
        other = f"v{levels}/lastname eq 'x' or" if bracket % 2 else f"v{levels}/lastname ne 'x' and"
        deepest = f"{other} ({deepest})"
    assert names(ask("account", filter=condition.format(deepest), orderby="name")) == ["A0"]


def test_what_a_database_cannot_hold_is_refused(ask: Ask, made: Company) -> None:
    deepest = "f/lastname eq 'L0'"
    for bracket in range(90):
        deepest = f"f/lastname {'eq' if bracket % 2 else 'ne'} 'x' {'or' if bracket % 2 else 'and'} ({deepest})"
    for outer, inner in ("ef", "de", "cd", "bc", "ab"):
        deepest = f"{outer}/parentcustomerid_account/contact_customer_accounts/any({inner}:{deepest})"
    try:
        found = names(ask("account", filter=f"contact_customer_accounts/any(a:{deepest})"))
    except BadRequest as refused:
        found = ["A0"] if "too deep or too large" in refused.message else []
    assert found == ["A0"]


def test_too_many_collections_inside_one_another(ask: Ask) -> None:
    filter = "contact_customer_accounts/any(a:"
    for level in range(7):
        filter += f"{'abcdefgh'[level]}/parentcustomerid_account/contact_customer_accounts/any({'abcdefgh'[level + 1]}:"
    with pytest.raises(BadRequest, match="more than 6 collections"):
        ask("account", filter=filter + "h/lastname eq 'x'" + ")" * 8)


def test_a_long_chain_inside_a_collection(ask: Ask, made: Company) -> None:
    chain = " or ".join(f"c/lastname eq '{number}'" for number in range(1_000))
    assert names(ask("account", filter=f"contact_customer_accounts/any(c:{chain} or c/lastname eq 'L1')")) == ["A1"]


def test_hundreds_of_paths_through_one_lookup_join_it_once(ask: Ask, made: Company) -> None:
    chain = " or ".join(["parentaccountid/name eq 'A0'"] * 500)
    assert names(ask("account", filter=chain)) == ["A3"]
    paths = [
        f"{'parentaccountid/' * (number % 9)}{name}" for number in range(9) for name in ("createdby", "modifiedby")
    ]
    assert names(ask("account", filter=" and ".join(f"{path}/fullname eq 'x'" for path in paths))) == []


def test_too_many_joins_are_refused(ask: Ask) -> None:
    lookups = ("createdby", "modifiedby", "owninguser", "owningteam", "transactioncurrencyid")
    paths = [f"{'parentaccountid/' * depth}{name}" for depth in range(9) for name in lookups]
    with pytest.raises(BadRequest, match="more than 40 tables"):
        ask("account", filter=" or ".join(f"{path}/createdon eq null" for path in paths))


def test_dates_from_now(ask: Ask, made: Company) -> None:
    now = datetime(2031, 5, 6, tzinfo=UTC)
    assert names(ask("account", now=now, filter="Microsoft.Dynamics.CRM.Today(PropertyName='createdon')")) == []
    older = "Microsoft.Dynamics.CRM.OlderThanXYears(PropertyName='createdon',PropertyValue=1)"
    assert len(ask("account", now=now, filter=older).rows) == 4


def test_parameter_aliases(ask: Ask, made: Company) -> None:
    assert names(ask("account", filter="name eq @p1", **{"@p1": "'a1'"})) == ["A1"]


def test_custom_columns_are_selected_and_sorted_by(session: "handsel.Session", ask: Ask, made: Company) -> None:
    from handsel.engine.customization.add_column import AddColumn

    session.execute_many([AddColumn("account", "new_rate", "decimal", precision=4)])
    create(session, "account", {"name": "custom", "new_rate": Decimal("2.5")})
    rows: Any = ask("account", 3, select="new_rate", orderby="new_rate desc").rows
    assert [row["new_rate"] for row in rows] == [Decimal("2.5"), None, None]
    token = ask("account", 1, select="new_rate", orderby="new_rate desc").token
    assert token is not None
    assert [row["new_rate"] for row in ask("account", 1, orderby="new_rate desc", skiptoken=token).rows] == [None]
    [total] = ask("account", apply="aggregate(new_rate with sum as s,new_rate with max as m)").groups
    assert total == {"s": Decimal("2.5"), "m": Decimal("2.5")}

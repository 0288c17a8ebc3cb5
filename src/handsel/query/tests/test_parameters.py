"""Parameter aliases (`@p1`) wherever a value, a column or a condition may stand, on both databases."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from handsel.errors import BadRequest, Code
from handsel.query.tests.company import Company, company

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page

CRM = "Microsoft.Dynamics.CRM"
Ask = Callable[..., "Page"]


@pytest.fixture
def ask(session: "handsel.Session") -> Iterator[Ask]:
    from handsel.query.odata.options import parse_options
    from handsel.query.run.pages import run

    def asked(table: str, options: str) -> "Page":
        return run(parse_options(table, dict(part.split("=", 1) for part in options.split("&"))))

    with session.entered():
        yield asked


@pytest.fixture
def made(session: "handsel.Session") -> Company:
    return company(session)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("$filter=name eq @p1&@p1='A1'", "A1"),
        ("$filter=@p1 eq 'A1'&@p1=name", "A1"),
        ("$filter='A1' eq @p1&@p1=name", "A1"),
        ("$filter=@p1 eq @p2&@p1='A1'&@p2=name", "A1"),
        ("$filter=contains(@p1,'1') and @p2 ne @p3&@p1=name&@p2=revenue&@p3=2", "A1"),
        ("$filter=contains(@p1,@p2)&@p1=name&@p2='1'", "A1"),
        ("$filter=startswith(name,@p) and endswith(@n,'2')&@p='A'&@n=name", "A2"),
        ("$filter=@p1 ge @p2&@p1=revenue&@p2=revenue_base", "A0 A1 A2 A3"),
        ("$filter=@p1 eq null&@p1=parentaccountid", "A0 A1 A2"),
        ("$filter=@p1 eq @p2&@p1=parentaccountid&@p2=null", "A0 A1 A2"),
        ("$filter=@p1 eq 'A0'&@p1=parentaccountid/name", "A3"),
        ("$filter=@p1&@p1=revenue gt 1", "A2 A3"),
        ("$filter=@p1&@p1=contains(name,'1')", "A1"),
        ("$filter=not @p1&@p1=revenue gt 1 or name eq 'A0'", "A1"),
        ("$filter=@p1 and name ne 'A3'&@p1=revenue gt 1 or name eq 'A0'", "A0 A2"),
        ("$filter=(@p1 or @p2)&@p1=name eq 'A0'&@p2=(name eq 'A1')", "A0 A1"),
        ("$filter=@p1 eq false&@p1=contains(name,'1')", "A0 A2 A3"),
        ("$filter=@p1 in (@p2,'A2')&@p1=name&@p2='A1'", "A1 A2"),
        ("$filter=name in @p1&@p1=('A1','A2')", "A1 A2"),
        ('$filter=name in @p1&@p1=["A1","A2"]', "A1 A2"),
        ("$filter=contact_customer_accounts/any(c:c/lastname eq @p1)&@p1='L4'", "A1"),
        ("$filter=@p1&@p1=contact_customer_accounts/any(c:c/lastname eq 'L4')", "A1"),
        ("$filter=contact_customer_accounts/any(c:c/numberofchildren gt @p1)&@p1=revenue", "A0 A1 A2"),
        (f"$filter={CRM}.In(PropertyName=@p1,PropertyValues=@p2)&@p1='name'&@p2=[\"A1\",'A2']", "A1 A2"),
        (f"$filter={CRM}.In(PropertyName='name',PropertyValues=[@p1])&@p1='A1'", "A1"),
        (f"$filter=@p&@p={CRM}.Between(PropertyName='revenue',PropertyValue1=1,PropertyValue2=2)", "A1 A2"),
    ],
)  # fmt: skip
def test_filters(ask: Ask, made: Company, options: str, found: str) -> None:
    assert [row["name"] for row in ask("account", f"{options}&$orderby=name").rows] == found.split()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("$orderby=@p1&@p1=name", "A0 A1 A2 A3"),
        ("$orderby=@p1 desc&@p1=name", "A3 A2 A1 A0"),
        ("$orderby=@p1 asc,@p2 desc&@p1=statecode&@p2=revenue", "A3 A2 A1 A0"),
        ("$orderby=@p1 desc,name&@p1=parentaccountid/name", "A3 A0 A1 A2"),
    ],
)
def test_order(ask: Ask, made: Company, options: str, found: str) -> None:
    assert [row["name"] for row in ask("account", options).rows] == found.split()


def test_inside_expand(ask: Ask, made: Company) -> None:
    inner = "$select=lastname;$filter=@p1 gt @p2;$orderby=@p1 desc"
    options = f"$orderby=@n&$expand=contact_customer_accounts({inner})&@p1=numberofchildren&@p2=0&@n=name"
    rows = ask("account", options).rows
    people = [row.expanded["contact_customer_accounts"] for row in rows]
    found = [[each["lastname"] for each in expanded] for expanded in people if isinstance(expanded, list)]
    assert found == [["L3"], ["L4", "L1"], ["L5", "L2"], []]


def test_in_apply(ask: Ask, made: Company) -> None:
    apply = "filter(@c ge @v)/groupby((@g),aggregate(@c with sum as total,$count as n))"
    options = f"$apply={apply}&@c=numberofchildren&@v=3&@g=statecode&$orderby=total"
    assert ask("contact", options).groups == [{"statecode": 0, "total": 12, "n": 3}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("$filter=name eq @p1", "uses '@p1' at position 9, but the request gives no parameter @p1="),
        ("$filter=@p1 eq 'x'", "no parameter @p1="),
        ("$filter=@p1", "no parameter @p1="),
        ("$filter=contains(name,@p1)&@p1= ", "no parameter @p1="),
        ("$orderby=@p1 desc", "no parameter @p1="),
        ("$apply=groupby((@p1))", "no parameter @p1="),
        ("$expand=contact_customer_accounts($filter=lastname eq @p1)", "no parameter @p1="),
        ("$filter=name in @p1", "no parameter @p1="),
        ("$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=@p1)", "no parameter @p1="),
        ("$filter=@p1&@p1=@p1", "@p1' at position 1, but it stands inside @p1"),
        ("$filter=@p1&@p1=@p2&@p2=@p1", "stands inside @p1, and a parameter holds no other"),
        ("$filter=@p1 eq 'x'&@p1=name desc", "In the parameter @p1"),
        ("$orderby=@p1&@p1=name desc", "In the parameter @p1"),
        ("$orderby=@p1&@p1='name'", "In the parameter @p1"),
        ("$filter=name eq @p1&@p1=revenue gt 1", "a value or a column"),
        ("$filter=@p1 eq 1&@p1=c/lastname", "has no navigation property 'c'"),
        ("$filter=contact_customer_accounts/any(c:@p1 eq 'L1')&@p1=c/lastname", "has no navigation property 'c'"),
        ("$filter=@p1 eq 'x'&@p1=nme", "has no column 'nme'"),
    ],
)
def test_refused(ask: Ask, options: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        ask("account", options)
    assert said in refused.value.message
    assert refused.value.code is Code.QUERY_SYNTAX


def test_a_large_parameter_is_read_once() -> None:
    """4,000 uses of a parameter of 1 MB: 4 GB of text, if it were read for each."""
    from time import perf_counter

    from handsel.query.odata.filter import parse_filter

    start = perf_counter()
    with pytest.raises(BadRequest, match="5,000 terms"):
        parse_filter(" or ".join(["name eq @p1"] * 5_001), {"@p1": f"'{'x' * 1_000_000}'"})
    assert perf_counter() - start < 5

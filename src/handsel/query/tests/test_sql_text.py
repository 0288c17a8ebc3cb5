"""`?sql=` text, on both databases: the subset that is promised, and a clear refusal of all else."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handsel.errors import BadRequest, Code
from handsel.query.tests.company import Company, company

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page

Ask = Callable[[str], "Page"]


@pytest.fixture
def ask(session: "handsel.Session") -> Iterator[Ask]:
    from handsel.query.run.pages import run
    from handsel.query.sql.parser import parse_sql

    with session.entered():
        yield lambda text: run(parse_sql(text))


@pytest.fixture
def made(session: "handsel.Session") -> Company:
    return company(session)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("name = 'a1'", "A1"),
        ("name <> 'a1' and name != N'A2'", "A0 A3"),
        ("revenue >= 1 AND revenue < '2.5'", "A1 A2"),
        ("name LIKE 'A%' AND name NOT LIKE '%1'", "A0 A2 A3"),
        ("name in ('a1', 'a3') or name = 'A0'", "A0 A1 A3"),
        ("(name = 'a1' or name = 'a2') and revenue > 1", "A2"),
        ("name not in ('A1')", "A0 A2 A3"),
        ("revenue between 1 and 2", "A1 A2"),
        ("revenue not between 1 and 2", "A0 A3"),
        ("parentaccountid is null", "A0 A1 A2"),
        ("[parentaccountid] is not null", "A3"),
        ("telephone1 <> 'x'", ""),
        ("telephone1 not in ('x') or telephone1 not like 'x%' or telephone1 not between 'a' and 'b'", ""),
        ("a.revenue = a.revenue_base", "A0 A1 A2 A3"),
        ("statecode = '0' and statuscode <> 7", "A0 A1 A2 A3"),
    ],
)
def test_conditions(ask: Ask, made: Company, where: str, found: str) -> None:
    rows = ask(f"SELECT name FROM account a WHERE {where} ORDER BY name;").rows
    assert [row["name"] for row in rows] == found.split()


def test_joins(ask: Ask, made: Company) -> None:
    text = (
        "select top 3 a.name, c.lastname as who from account as a "
        "inner join contact c on c.parentcustomerid = a.accountid where c.numberofchildren > 0 order by c.lastname desc"
    )
    assert [(row["name"], row["who"]) for row in ask(text).rows] == [("A2", "L5"), ("A1", "L4"), ("A0", "L3")]
    text = "select account.name, c.lastname from account left outer join contact c on account.accountid = c.parentcustomerid where c.contactid is null"  # noqa: E501
    assert [(row["name"], row["lastname"]) for row in ask(text).rows] == [("A3", None)]


def test_groups(ask: Ask, made: Company) -> None:
    text = (
        "select a.name, count(*) as n, count(c.contactid) people, sum(c.annualincome) as s, "
        "avg(c.numberofchildren) as v, min(c.lastname) as first, count(distinct c.statecode) as d from account a "
        "left join contact c on c.parentcustomerid = a.accountid group by a.name order by people, s desc, a.name"
    )
    rows = ask(text).groups
    assert [(row["name"], row["n"], row["people"], row["s"]) for row in rows] == [
        ("A3", 1, 0, None),
        ("A2", 2, 2, Decimal("3.5")),
        ("A1", 2, 2, Decimal("2.5")),
        ("A0", 2, 2, Decimal("1.5")),
    ]
    assert rows[1]["v"] == Decimal("3.5")
    assert rows[1]["first"] == "L2"
    assert ask("select count(*) from contact").groups == [{"count": 6}]
    assert ask("select distinct statecode from contact").groups == [{"statecode": 0}]


def test_offset(ask: Ask, made: Company) -> None:
    rows = ask("select name from account order by name desc offset 1 rows fetch next 2 rows only").rows
    assert [row["name"] for row in rows] == ["A2", "A1"]
    assert len(ask("select name from account order by name offset 3 rows").rows) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "at the end: expected SELECT"),
        ("delete from account", "at 'delete', position 1: expected SELECT"),
        ("select * from account", "SELECT * is not supported"),
        ("select name", "expected FROM"),
        ("select name from account where", "expected a column"),
        ("select name from account; drop table account", "at 'drop'"),
        ("select name from account union select name from contact", "at 'union', position 26: UNION is not supported"),
        ("select name from account having name = 'x'", "at 'having', position 26: HAVING is not supported"),
        ("select name from account group by name having name = 'x'", "HAVING is not supported"),
        ("select name from (select name from account) a", "expected a table"),
        ("select name from account where name = (select 1)", "expected a text"),
        ("select name from account where name = null", "write IS NULL"),
        ("select name from account where upper(name) = 'x'", "at '('"),
        ("select name from account right join contact on 1 = 1", "RIGHT is not supported"),
        ("select a.name from account a join contact c on a.accountid = a.accountid", "ON ties c to a table before it"),
        ("select name, name from account", "the same name"),
        ("select name, count(*) as n from account", "name stands neither in GROUP BY"),
        ("select sum(distinct revenue) as s from account", "DISTINCT stands only in COUNT"),
        ("select top x name from account", "expected a whole number"),
        ("select nme from account", "has no column 'nme'"),
        ("select password from systemuser", "has no column 'password'"),
        ("select z.name from account a", "Nothing in the query is called 'z'"),
        ("select name from account where name = 'x", "cannot be read from"),
        ("select name from account where not (name = 'x')", "NOT stands only before LIKE"),
        ("select name from account where name = 'x' and not name = 'y'", "NOT stands only before LIKE"),
        ("select name from account -- comment", "cannot be read from '-- comment'"),
        ("select top 1 name from account order by name offset 1 rows fetch next 1 rows only", "do not go together"),
    ],
)
def test_everything_else_is_refused(ask: Ask, text: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        ask(text)
    assert said in refused.value.message
    assert refused.value.code is Code.QUERY_SYNTAX


def test_limits(ask: Ask, made: Company) -> None:
    chain = " or ".join(["name = 'A1'"] * 1_000)
    assert len(ask(f"select name from account where {chain}").rows) == 1
    assert len(ask(f"select name from account where {'(' * 100}name = 'A1'{')' * 100}").rows) == 1
    for where in ("(" * 101 + "name = 'x'" + ")" * 101, " or ".join(["name = 'x'"] * 5_001), "(" * 100_000):
        with pytest.raises(BadRequest):
            ask(f"select name from account where {where}")

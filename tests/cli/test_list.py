"""`handsel list`: what a seller asks for by the names that people use."""

import json
import re

import handsel
from tests.cli.conftest import Command


def test_without_a_name_the_views_by_table(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("list", url=sample_url)
    assert outcome.status == 0
    views = re.sub(r"\s+", " ", outcome.out)
    for view in ("My Open Opportunities", "Overdue Invoices", "Expired Quotes", "Active Accounts"):
        assert view in views


def test_the_tables_of_sellers_come_first(handsel_command: Command, sample_url: str) -> None:
    listed = handsel_command("list", url=sample_url).lines[2:]
    tables = [line.split()[0] for line in listed if not line.startswith(" ")]
    assert tables[:4] == ["opportunities", "quotes", "salesorders", "invoices"]
    assert tables[4:9] == ["accounts", "contacts", "leads", "products", "pricelevels"]
    rows = [json.loads(line) for line in handsel_command("list", "--json", url=sample_url).lines]
    assert list(dict.fromkeys(row["entityset"] for row in rows)) == tables
    assert {"table": "invoice", "entityset": "invoices", "view": "Overdue Invoices"} in rows
    assert handsel_command("list", "--top", "3", url=sample_url).status == 1


def test_revisions_and_expired_quotes_are_told_apart(handsel_command: Command, sample_url: str) -> None:
    """Of the sample's quotes one has two revisions; the one that is active gets a last day that has passed."""
    with handsel.open(sample_url) as session:
        quote = next(session.rows("quote", "statecode eq 1"))
        for values in ({"statecode": 0}, {"effectiveto": "2020-01-31"}, {"statecode": 1}):
            session.execute(handsel.Update("quote", quote.id, values))
    out = handsel_command("list", "quotes", url=sample_url).out
    assert re.search(rf"^{quote['quotenumber']}/0 .* Active, expired$", out, re.MULTILINE)
    assert out.count("expired") == 1
    revisions = re.findall(r"^(QUO-01000-\w+/\d)", out, re.MULTILINE)
    assert [revision[-1] for revision in revisions] == ["0", "1"]
    for revision in revisions:
        assert handsel_command("show", revision, url=sample_url).status == 0
    rows = [json.loads(line) for line in handsel_command("list", "quotes", "--json", url=sample_url).lines]
    assert sorted(row["revisionnumber"] for row in rows) == [0, 0, 0, 0, 1]
    assert [row["quotenumber"] for row in rows if row["effectiveto"]] == [quote["quotenumber"]]


def test_a_view_by_its_name_whatever_its_case(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("list", "my open", "opportunities", "--as", "Sample Seller Two", url=sample_url)
    assert outcome.status == 0
    assert "Furniture" in outcome.out
    assert "Sample Seller One" not in re.sub(r"\s+", " ", outcome.out)
    with handsel.open(sample_url) as session:
        mine = session.count("opportunity", "statecode eq 0 and owninguser/domainname eq 'sample.seller.two'")
    rows = handsel_command("list", "open deals", "--json", url=sample_url).lines
    assert len(rows) == len({json.loads(row)["opportunityid"] for row in rows}) > mine > 0
    assert all(json.loads(row)["statecode"] == 0 for row in rows)


def test_every_view_that_is_listed_is_found_by_its_name(handsel_command: Command, sample_url: str) -> None:
    for name in ("All Users", "All User Roles", "all users"):
        assert handsel_command("list", name, url=sample_url).status == 0


def test_a_table_by_each_of_its_names(handsel_command: Command, sample_url: str) -> None:
    outcomes = {handsel_command("list", name, url=sample_url).out for name in ("salesorder", "salesorders", "orders")}
    assert len(outcomes) == 1
    assert "Opening order" in re.sub(r"\s+", " ", outcomes.pop())


def test_amounts_carry_their_own_currency(handsel_command: Command, sample_url: str) -> None:
    out = handsel_command("list", "quotes", "--columns", "quotenumber,totalamount", url=sample_url).out
    assert "€1,956.00" in out
    assert "$2,330.00" in out


def test_filter_columns_order_and_top(handsel_command: Command, sample_url: str) -> None:
    command = ("list", "products", "--columns", "Product ID,price", "--order-by", "price desc", "--top", "2")
    outcome = handsel_command(*command, "--filter", "price lt 500", url=sample_url)
    assert outcome.lines[0].split() == ["Product", "ID", "List", "Price"]
    assert [line.split() for line in outcome.lines[2:3]] == [["DSK-160", "$420.00"]]
    assert outcome.lines[-1].startswith("The first 2 of ")


def test_json_has_every_row_with_exact_values(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("list", "quote", "--columns", "totalamount", "--json", url=sample_url)
    totals = sorted(json.loads(line)["totalamount"] for line in outcome.lines)
    assert totals == [484.12, 1956, 1956, 2330, 8265]


def test_overdue_invoices(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        account = next(session.rows("account")).reference
        for name, due in (("Late", "2020-01-31"), ("In time", "2999-01-31"), ("Some day", None)):
            session.execute(handsel.Create("invoice", {"name": name, "customerid": account, "duedate": due}))
    out = handsel_command("list", "overdue invoices", "--columns", "name", url=sample_url).lines[2:]
    assert [line.strip() for line in out] == ["Late"]


def test_what_is_not_there_is_said(handsel_command: Command, sample_url: str) -> None:
    unknown = handsel_command("list", "lost property", url=sample_url)
    assert (unknown.status, "no table and no view 'lost property'" in unknown.err) == (1, True)
    column = handsel_command("list", "quotes", "--columns", "totalamout", url=sample_url)
    assert (column.status, "Did you mean totalamount" in column.err) == (1, True)
    several = handsel_command("list", "opportunities won", url=sample_url)
    assert several.status == 1
    assert handsel_command("list", "invoices", "--filter", "name eq 'x'", url=sample_url).out == (
        "There is nothing to list.\n"
    )
    assert handsel_command("list", "quotes", "--top", "0", url=sample_url).status == 1

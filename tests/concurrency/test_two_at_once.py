"""Two processes on the same rows at the same time: nothing lost, nothing twice, no visible lock conflict."""

import json
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import handsel
from handsel import Session
from tests.scenarios.company import Company

ROOT = Path(__file__).resolve().parents[2]


def at_once(url: str, task: str, arguments: Sequence[dict[str, Any]]) -> list[Any]:
    """Run a task in one process per set of arguments, all started together; returns the output of each."""
    command = [sys.executable, "-m", "tests.concurrency.worker", url, task]
    processes = [
        subprocess.Popen(
            [*command, json.dumps(given)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for given in arguments
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        results = []
        for process in processes:
            output, _ = process.communicate(timeout=60)
            assert process.returncode == 0
            results.append(json.loads(output))
        return results
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.fixture
def company(session: Session) -> Company:
    """The sample catalog in a fresh database that other processes can open too."""
    return Company(session)


def opportunity(company: Company, lines: int = 3) -> Any:
    """An opportunity with catalog lines: `lines` times one lamp at 19.99."""
    made = company.session.execute(
        handsel.Create(
            "opportunity",
            {
                "name": "Deal",
                "customerid": handsel.Reference("account", company.acme),
                "pricelevelid": company.price_list,
                "product_opportunities": [{"productid": company.lamp, "quantity": 1} for _ in range(lines)],
            },
        )
    )
    return made.id


def active_quote(session: Session, opportunity_id: Any) -> Any:
    quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity_id))
    session.execute(handsel.Update("quote", quote.id, {"statecode": 1}))
    return quote.id


def test_two_processes_taking_numbers_get_no_number_twice(company: Company, database_url: str) -> None:
    deal = opportunity(company)
    results = at_once(database_url, "numbers", [{"opportunity": str(deal), "times": 15}] * 2)
    taken = results[0] + results[1]
    assert len(set(taken)) == 30
    assert company.session.count("quote") == 30
    assert company.session.count("quotedetail") == 90


def test_two_processes_converting_the_same_quote_win_it_once(company: Company, database_url: str) -> None:
    session = company.session
    quotes = [str(active_quote(session, opportunity(company))) for _ in range(5)]
    results = at_once(database_url, "convert", [{"quotes": quotes}] * 2)
    orders = results[0] + results[1]
    assert all(number.startswith("ORD-") for number in orders)
    assert len(set(orders)) == 10
    assert session.count("quoteclose") == 5
    assert {row["totalamount"] for row in session.rows("salesorder")} == {Decimal("59.97")}


def test_two_processes_revising_the_same_quote_make_one_revision(company: Company, database_url: str) -> None:
    session = company.session
    quotes = [str(active_quote(session, opportunity(company))) for _ in range(5)]
    first, second = at_once(database_url, "revise", [{"quotes": quotes}] * 2)
    for one, other in zip(first, second, strict=True):
        assert sorted((str(one), str(other))) == ["0x80040233", "1"]
    assert session.count("quote", "statecode eq 0") == 5


def test_two_orders_from_sibling_quotes_win_the_opportunity_once(company: Company, database_url: str) -> None:
    session = company.session
    pairs = []
    for _ in range(4):
        deal = opportunity(company)
        pairs.append((str(active_quote(session, deal)), str(active_quote(session, deal))))
    first, second = at_once(
        database_url,
        "create_order",
        [{"quotes": [one for one, _ in pairs]}, {"quotes": [other for _, other in pairs]}],
    )
    for one, other in zip(first, second, strict=True):
        assert sum(result.startswith("ORD-") for result in (one, other)) == 1
    assert session.count("opportunityclose") == 4
    assert session.count("salesorder") == 4


def test_two_processes_editing_the_same_line_lose_no_update(company: Company, database_url: str) -> None:
    session = company.session
    quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity(company, lines=1)))
    line = next(session.rows("quotedetail", f"quoteid eq {quote.id}"))
    at_once(database_url, "add", [{"table": "quotedetail", "line": str(line.id), "times": 10}] * 2)
    after = session.retrieve("quotedetail", line.id, ["quantity", "extendedamount"])
    assert after["quantity"] == 21
    assert after["extendedamount"] == Decimal("419.79")
    assert session.retrieve("quote", quote.id, ["totalamount"])["totalamount"] == Decimal("419.79")


def test_two_processes_editing_different_lines_leave_the_right_total(company: Company, database_url: str) -> None:
    session = company.session
    quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity(company, lines=10)))
    lines = [str(row.id) for row in session.rows("quotedetail", f"quoteid eq {quote.id}")]
    at_once(
        database_url,
        "touch",
        [
            {"table": "quotedetail", "lines": lines[:5], "quantity": "2"},
            {"table": "quotedetail", "lines": lines[5:], "quantity": "3"},
        ],
    )
    assert session.retrieve("quote", quote.id, ["totalamount"])["totalamount"] == Decimal("499.75")


def test_many_processes_converting_one_quote_make_one_order_where_a_second_is_refused(
    company: Company, database_url: str
) -> None:
    session = company.session
    company.settings(hs_secondconversion=2)
    quotes = [str(active_quote(session, opportunity(company)))] * 10
    results = [each for part in at_once(database_url, "convert", [{"quotes": quotes}] * 4) for each in part]
    assert len([each for each in results if each.startswith("ORD-")]) == 1
    assert {each for each in results if not each.startswith("ORD-")} == {"0x80040265"}
    assert session.count("salesorder") == 1

"""How lists of narrowed users are read: for a page of 50 no database looks at every row, whatever the depth.

There are as many rows that a plan for few rows would show: the statistics are those of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.database.statements import run
from handsel.engine.access import Depth
from handsel.engine.rights import reaching
from handsel.query.compile import query_context
from handsel.query.odata.options import parse_options
from handsel.query.run.pages import run as ask
from tests.door.office import ALL_RIGHTS, Office, shared

QUOTES, CUSTOMERS, UNITS, OWNERS = 12_000, 4_000, 32, 120
START = datetime(2026, 1, 1, tzinfo=UTC)
ORDERS = ("", "name", "createdon desc")
FILTERS = ("", "statecode eq 0")


class ManyQuotes(Office):
    """Quotes of many owners in many units, shares of them, and accounts of everybody."""

    def __init__(self, session: handsel.Session) -> None:
        super().__init__(session)
        units = [self.north, self.harbour, *(self.unit(f"Unit {number}") for number in range(UNITS))]
        owners = [(self.seller, self.north), (self.users["docker"], self.harbour)]
        owners += [
            (self.user(f"user{number}", units[number % UNITS]), units[number % UNITS]) for number in range(OWNERS)
        ]
        newcomer = self.user("newcomer", self.north)
        self.give(newcomer, self.role)
        self.write("account", [self._row("account", index, owners) for index in range(CUSTOMERS)])
        self.write("quote", [self._row("quote", index, owners) for index in range(QUOTES)])
        own = {"ownerid": newcomer, "owninguser": newcomer, "owningbusinessunit": self.north}
        self.write("quote", [{**self._row("quote", QUOTES + index, owners), **own} for index in (0, 1)])
        shares = (
            shared("quote", _id("quote", index), owners[index * 7 % len(owners)][0], ALL_RIGHTS)
            for index in range(0, QUOTES, 2)
        )
        self.write("principalobjectaccess", shares)
        if session.context.dialect.name == "postgresql":
            with session.entered():  # as it does by itself; SQLite has no statistics
                run("ANALYZE")

    def _row(self, table: str, index: int, owners: list[tuple[UUID, UUID]]) -> dict[str, Any]:
        owner, unit = owners[index * 31 % len(owners)]
        row = {
            f"{table}id": _id(table, index),
            "name": f"Deal {index * 7919 % QUOTES:08}",
            "ownerid": owner,
            "owninguser": owner,
            "owningbusinessunit": unit,
            "statecode": 0 if index % 3 == 0 else 2,
            "createdon": START + timedelta(minutes=index),
        }
        if table == "quote":
            customer = _id("account", index % CUSTOMERS)
            row |= {"customerid": customer, "accountid": customer, "quotenumber": f"Q{index}", "revisionnumber": 0}
        return row


def _id(table: str, index: int) -> UUID:
    return UUID(f"{1 if table == 'account' else 2:08d}-0000-7000-8000-{index:012x}")


@pytest.fixture
def company(session: handsel.Session) -> ManyQuotes:
    return ManyQuotes(session)


def plans(company: ManyQuotes, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], user: str = "seller") -> str:
    """What the database does for a page of 50, on PostgreSQL with the numbers of rows that it really met."""
    found: list[str] = []
    postgresql = company.session.context.dialect.name == "postgresql"

    def explained(sql: str, params: Any = ()) -> Any:
        how = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) " if postgresql else "EXPLAIN QUERY PLAN "
        found.append("\n".join(str(row[-1]) for row in run(how + sql, params)))
        return run(sql, params)

    with monkeypatch.context() as patch, company.session.as_user(user).entered():
        patch.setattr(query_context, "run", explained)
        ask(parse_options("quote", options, page_size=50))
    return "\n".join(found)


def questions() -> Iterator[dict[str, str]]:
    for order in ORDERS:
        for condition in FILTERS:
            yield {name: text for name, text in (("$orderby", order), ("$filter", condition)) if text}


REMOVED = re.compile(r"Rows Removed by Filter: (\d+)")


@pytest.mark.parametrize("depth", [*Depth])
def test_no_list_looks_at_every_row(company: ManyQuotes, monkeypatch: pytest.MonkeyPatch, depth: Depth) -> None:
    company.grant({"prvReadQuote": depth, "prvReadAccount": depth})
    for options in questions():
        found = plans(company, monkeypatch, {"$select": "name", **options})
        if company.session.context.dialect.name == "postgresql":
            assert "Seq Scan on quote" not in found, found
            assert sum(map(int, REMOVED.findall(found))) < QUOTES, found
        elif depth is not Depth.GLOBAL:
            # Each way to the rows by its index, and no index on what many rows have.
            assert "quote_by_ownerid_name" in found, found
            assert "quote_by_statecode" not in found, found
            assert "SCAN t0" not in found, found
        else:
            # All rows: in the order of the list, until the page is full.
            assert "TEMP B-TREE FOR ORDER BY" not in found, found


def test_the_unit_s_rows_are_read_in_the_order_of_the_list(
    company: ManyQuotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.grant({"prvReadQuote": Depth.LOCAL, "prvReadAccount": Depth.LOCAL})
    for order, index in {"name": "name", "createdon desc": "createdon", "": "quoteid"}.items():
        found = plans(company, monkeypatch, {"$select": "name", **({"$orderby": order} if order else {})})
        wanted = "quote_by_owningbusinessunit" + (f"_{index}" if order else "")
        assert re.search(rf"{wanted}\b", found), found


@pytest.mark.parametrize("depth", [Depth.LOCAL, Depth.DEEP])
def test_who_reaches_many_units_reads_in_the_order_of_the_list(
    company: ManyQuotes, monkeypatch: pytest.MonkeyPatch, depth: Depth
) -> None:
    """More units than are looked through one by one."""
    monkeypatch.setattr(reaching, "_MOST_WAYS", 1)
    company.grant({"prvReadQuote": depth, "prvReadAccount": depth})
    for options in questions():
        found = plans(company, monkeypatch, {"$select": "name", **options})
        if company.session.context.dialect.name == "postgresql":
            assert "Seq Scan on quote" not in found, found
            assert sum(map(int, REMOVED.findall(found))) < QUOTES, found
        elif depth is Depth.LOCAL:
            assert "MULTI-INDEX OR" in found, found
            assert "SCAN t0" not in found, found
        else:
            assert "MULTI-INDEX OR" not in found, found
            assert "TEMP B-TREE FOR ORDER BY" not in found, found


def test_who_reaches_few_rows_is_led_to_them(company: ManyQuotes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer with two quotes: nobody looks through those of others to find them in the order of their names.

    Where the order is that of the rows on the disk, PostgreSQL rightly reads so small a table as it comes.
    """
    company.grant({"prvReadQuote": Depth.BASIC, "prvReadAccount": Depth.BASIC})
    found = plans(company, monkeypatch, {"$select": "name", "$orderby": "name"}, "newcomer")
    if company.session.context.dialect.name == "postgresql":
        assert "BitmapOr" in found, found
        assert sum(map(int, REMOVED.findall(found))) < 10, found
    else:
        assert "MULTI-INDEX OR" in found, found


def test_the_rows_above_are_found_by_their_indexes(company: ManyQuotes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who owns few rows is led to the rows of others below them, and back."""
    company.grant({"prvReadQuote": Depth.BASIC, "prvReadAccount": Depth.BASIC})
    found = plans(company, monkeypatch, {"$select": "name"})
    for index in ("account_by_ownerid", "principalobjectaccess_of"):
        assert index in found, found
    if company.session.context.dialect.name == "sqlite":
        assert "SEARCH t0 USING INDEX quote_by_accountid" in found, found
        assert "SEARCH c USING INDEX account_by_parentaccountid" in found, found


def test_a_long_list_of_states_is_asked_once(company: ManyQuotes, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be written once for each way, and a database takes only so many values in a statement."""
    company.grant({"prvReadQuote": Depth.LOCAL, "prvReadAccount": Depth.LOCAL})
    states = ",".join(["0"] * 101)
    found = plans(company, monkeypatch, {"$select": "name", "$orderby": "name", "$filter": f"statecode in ({states})"})
    assert "SCAN way" not in found
    assert "Subquery Scan on way" not in found

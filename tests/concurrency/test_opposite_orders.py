"""Callers who work on the same rows in opposite order all succeed, soon: rows are locked in one order."""

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import handsel
from handsel.site.wsgi import make_application
from tests.scenarios.company import Company
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

CALLERS = 6
TIMES = 10
Requests = Sequence[tuple[str, str, dict[str, Any]]]


def change_set(requests: Requests) -> str:
    parts = "".join(
        f"--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: {number}\n\n"
        f"{method} {target} HTTP/1.1\nContent-Type: application/json\n\n{json.dumps(body)}\n"
        for number, (method, target, body) in enumerate(requests, 1)
    )
    return f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{parts}--c--\n--b--\n"


@pytest.fixture
def deadlocks(postgresql_url: str) -> Callable[[], int]:
    """How many deadlocks PostgreSQL has resolved in the database."""

    def count() -> int:
        import psycopg

        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("SELECT pg_stat_force_next_flush()")
            row = connection.execute(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            ).fetchone()
            assert row is not None
            return int(row[0])

    return count


def sent_at_once(url: str, requests: Callable[[int], Requests]) -> list[Any]:
    """Callers send a change set again and again, every other one in the opposite order; the status of each response."""
    api = Api(make_application(url), make_token(url), url)
    start = threading.Barrier(CALLERS, timeout=30)

    def call(caller: int) -> list[Any]:
        from django.db import connections

        start.wait()
        replies = []
        for number in range(TIMES):
            listed = list(requests(number))
            replies.append(api.batch(change_set(listed if caller % 2 else listed[::-1])))
        connections.close_all()
        return replies

    with ThreadPoolExecutor(CALLERS) as threads:
        return [reply for replies in threads.map(call, range(CALLERS)) for reply in replies]


def test_rows_of_one_table(postgresql_url: str, deadlocks: Callable[[], int]) -> None:
    with handsel.open(postgresql_url) as session:
        ids = [session.execute(handsel.Create("account", {"name": name})).id for name in "ABC"]
    replies = sent_at_once(
        postgresql_url, lambda number: [("PATCH", f"accounts({id})", {"description": str(number)}) for id in ids]
    )
    assert [reply.status for reply in replies] == [200] * (CALLERS * TIMES)
    assert deadlocks() == 0


def test_lines_whose_documents_are_locked(postgresql_url: str, deadlocks: Callable[[], int]) -> None:
    with handsel.open(postgresql_url) as session:
        company = Company(session)
        quotes = [company.quote() for _ in range(2)]
        lines = [
            session.execute(
                handsel.Create(
                    "quotedetail",
                    {"quoteid": quote, "productdescription": "Work", "quantity": 1, "priceperunit": 2},
                )
            ).id
            for quote in quotes
        ]

    def requests(number: int) -> Requests:
        return [
            *(("PATCH", f"quotedetails({line})", {"quantity": number + 1}) for line in lines),
            ("PATCH", f"quotes({quotes[0]})", {"description": "x"}),
            (
                "POST",
                "quotedetails",
                {
                    "quoteid@odata.bind": f"/quotes({quotes[1]})",
                    "productdescription": "More",
                    "quantity": 1,
                    "priceperunit": 3,
                },
            ),
        ]

    replies = sent_at_once(postgresql_url, requests)
    assert [reply.status for reply in replies] == [200] * (CALLERS * TIMES)
    assert deadlocks() == 0
    with handsel.open(postgresql_url) as session:
        # The last change set wrote quantity 10 everywhere: 20 on either; and 3 for each of 60 new lines on the second.
        totals = [session.retrieve("quote", quote, ["totalamount"])["totalamount"] for quote in quotes]
    assert sum(totals) == 20 + 20 + 3 * CALLERS * TIMES


def test_messages_that_lock_several_rows_each(postgresql_url: str, deadlocks: Callable[[], int]) -> None:
    """Lists in which a row is first locked in a later round: the lines of two opportunities go into two quotes."""
    with handsel.open(postgresql_url) as session:
        company = Company(session)
        opportunities = [company.opportunity({"productid": company.lamp, "quantity": 1}) for _ in range(2)]
        quotes = [company.quote() for _ in range(2)]
    start = threading.Barrier(4, timeout=30)

    def copy(caller: int) -> None:
        order = random.Random(caller)
        with handsel.open(postgresql_url) as session:
            start.wait()
            for _ in range(5):
                pairs = [(quote, opportunity) for quote in quotes for opportunity in opportunities]
                order.shuffle(pairs)
                session.execute_many(
                    [
                        handsel.GetQuoteProductsFromOpportunity(quote_id=quote, opportunity_id=opportunity)
                        for quote, opportunity in pairs
                    ]
                )

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(copy, range(4)))
    assert deadlocks() == 0
    with handsel.open(postgresql_url) as session:
        assert [session.count("quotedetail", f"quoteid eq {quote}") for quote in quotes] == [40, 40]


def test_a_row_that_is_held_by_a_stranger(database_url: str) -> None:
    """Another program holds the row, or the file, and does not let go: told so after five seconds."""
    with handsel.open(database_url) as session:
        ids = [session.execute(handsel.Create("account", {"name": name})).id for name in "AB"]
        with held(database_url, ids[0]):
            began = time.monotonic()
            with pytest.raises(handsel.Busy) as refused:
                session.execute_many([handsel.Update("account", id, {"name": "C"}) for id in reversed(ids)])
            assert 4.5 < time.monotonic() - began < 8
        assert refused.value.code.text == "0x80044150"
        assert sorted(row["name"] for row in session.rows("account")) == ["A", "B"]
        session.execute_many([handsel.Update("account", id, {"name": "C"}) for id in ids])
        assert {row["name"] for row in session.rows("account")} == {"C"}


def test_a_batch_waits_once(database_url: str) -> None:
    api = Api(make_application(database_url), make_token(database_url), database_url)
    account = api.made("accounts", {"name": "A"})
    parts = "".join(
        f"--b\nContent-Type: application/http\n\nPATCH accounts({account}) HTTP/1.1\n"
        f'Content-Type: application/json\n\n{{"name": "{number}"}}\n'
        for number in range(10)
    )
    with held(database_url, account):
        began = time.monotonic()
        reply = api.batch(f"{parts}--b--\n", prefer="odata.continue-on-error")
        assert time.monotonic() - began < 8
    assert reply.body.count(b"HTTP/1.1 503 Service Unavailable") == 10
    assert reply.body.count(b"Retry-After: 1") == 10
    stopped = api("PATCH", f"accounts({account})", {"name": "B"})
    assert stopped.status == 204


def held(url: str, account: object) -> Any:
    """A transaction of another program that holds an account; on SQLite it holds the whole file."""
    import sqlite3
    from contextlib import closing, contextmanager

    import psycopg

    @contextmanager
    def holding() -> Any:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield
                connection.execute("ROLLBACK")
        else:
            with psycopg.connect(url) as connection:
                connection.execute("SELECT 1 FROM account WHERE accountid = %s FOR UPDATE", (account,))
                yield
                connection.rollback()

    return holding()

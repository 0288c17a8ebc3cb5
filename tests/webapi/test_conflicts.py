"""Two conflicting writers: requests of several messages are repeated as a whole (architecture 4, Web API 1.10)."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.webapi.client import Api
from tests.webapi.conftest import make_token

SECONDS = 30
CONFLICTS = {
    "postgresql": psycopg.errors.DeadlockDetected("deadlock detected"),
    "sqlite": sqlite3.OperationalError("database is locked"),
}


def change_set(*requests: tuple[str, str]) -> str:
    parts = "".join(
        f"--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: {number}\n\n"
        f"PATCH {target} HTTP/1.1\nContent-Type: application/json\nIf-Match: *\n\n{body}\n"
        for number, (target, body) in enumerate(requests, 1)
    )
    return f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{parts}--c--\n--b--\n"


def test_a_change_set_that_needs_a_row_out_of_its_turn_begins_again(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds the account that the other wants next; one of them gives its own back, and nobody waits for long."""
    import handsel.webapi.batch as batches
    from handsel.site.wsgi import make_application

    api = Api(make_application(postgresql_url), make_token(postgresql_url), postgresql_url)
    one, other = (f"accounts({api.made('accounts', {'name': name})})" for name in ("One", "Other"))
    both_hold_theirs = threading.Barrier(2, timeout=SECONDS)
    seen = threading.local()
    done: list[str] = []

    def meeting(call: Any, key: Any) -> Any:
        response = answer_once(call, key)
        done.append(call.path)
        if not getattr(seen, "held", False):
            seen.held = True
            both_hold_theirs.wait()
        return response

    answer_once = batches.answer_once
    monkeypatch.setattr(batches, "answer_once", meeting)
    monkeypatch.setattr(batches, "rows_named_in", lambda _changes: ())  # as if no part named its row

    def write(first: str, second: str, name: str) -> Any:
        body = f'{{"description": "{name}"}}'
        reply = api.batch(change_set((first, body), (second, body)))
        close_connections()
        return reply

    began = time.monotonic()
    with ThreadPoolExecutor(2) as threads:
        replies = [
            future.result(SECONDS)
            for future in (threads.submit(write, one, other, "a"), threads.submit(write, other, one, "b"))
        ]
    assert [(reply.status, reply.body.count(b"HTTP/1.1 204")) for reply in replies] == [(200, 2), (200, 2)]
    assert len(done) > 4  # one of the change sets was repeated
    assert time.monotonic() - began < 1  # PostgreSQL would look for a deadlock after one second
    left = {api.get(f"{path}?$select=description").json["description"] for path in (one, other)}
    assert left in ({"a"}, {"b"})  # the last one wrote both, nothing is mixed


def close_connections() -> None:
    from django.db import connections

    connections.close_all()


@pytest.fixture
def conflicts(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`conflicts(2)`: the next two accounts that are written meet another writer."""
    from handsel.database.context import current
    from handsel.engine import persist

    def next_ones(count: int) -> None:
        left = iter(range(count))

        def meet(work: Any) -> None:
            if any(change.row.table == "account" for change in work.changes) and next(left, None) is not None:
                raise CONFLICTS[current().dialect.name]
            write(work)

        monkeypatch.setattr(persist, "write", meet)

    write = persist.write
    return next_ones


NESTED = {"name": "A", "primarycontactid": {"lastname": "L"}}


@pytest.mark.parametrize("times", [1, 3])
def test_nested_rows_are_written_once(api: Api, conflicts: Callable[[int], None], times: int) -> None:
    conflicts(times)
    assert api.post("accounts", NESTED).status == 204
    assert api.get("contacts/$count").body == b"1"
    assert api.get("accounts/$count").body == b"1"


def test_create_multiple_is_done_again(api: Api, conflicts: Callable[[int], None]) -> None:
    conflicts(2)
    targets = [{"@odata.type": "Microsoft.Dynamics.CRM.account", **NESTED, "name": name} for name in ("A", "B")]
    reply = api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", {"Targets": targets})
    assert (reply.status, len(reply.json["Ids"])) == (200, 2)
    assert api.get("contacts/$count").body == b"2"


@pytest.mark.parametrize("path", ["accounts", "accounts/Microsoft.Dynamics.CRM.CreateMultiple"])
def test_a_database_that_stays_locked(api: Api, conflicts: Callable[[int], None], path: str) -> None:
    conflicts(4)
    target = {"@odata.type": "Microsoft.Dynamics.CRM.account", **NESTED}
    reply = api.post(path, NESTED if path == "accounts" else {"Targets": [target]})
    assert reply.status == 503
    asked = "The creation in accounts" if path == "accounts" else "CreateMultiple"
    assert reply.message.startswith(f"{asked} was tried 4 times, while others held what it needs in the database;")
    assert api.get("contacts/$count").body == b"0"


@pytest.mark.parametrize(
    ("method", "path", "body", "asked"),
    [
        ("PATCH", "accounts({0})", {"name": "B"}, "The update of accounts({0})"),
        ("PUT", "accounts({0})/name", {"value": "B"}, "The update of accounts({0})/name"),
        ("DELETE", "accounts({0})/name", None, "The deletion of accounts({0})/name"),
        ("DELETE", "accounts({0})", None, "The deletion of accounts({0})"),
        ("POST", "accounts", {"name": "B"}, "The creation in accounts"),
        (
            "PUT",
            "accounts({0})/parentaccountid/$ref",
            {"@odata.id": "accounts({1})"},
            "The change of accounts({0})/parentaccountid/$ref",
        ),
    ],
)
def test_a_refusal_names_what_was_asked_for(
    api: Api, conflicts: Callable[[int], None], method: str, path: str, body: object, asked: str
) -> None:
    account, other = (api.made("accounts", {"name": name}) for name in "AB")
    conflicts(4)
    reply = api(method, path.format(account), json.loads(json.dumps(body).replace("{1}", other)))
    assert reply.status == 503
    assert reply.message.startswith(f"{asked.format(account)} was tried 4 times, ")
    assert api.get(f"accounts({account})").json["name"] == "A"


def test_a_change_set_that_stays_locked_is_one_refusal(api: Api, conflicts: Callable[[int], None]) -> None:
    account = api.made("accounts", {"name": "A"})
    conflicts(4)
    reply = api.batch(change_set((f"accounts({account})", '{"name": "B"}'), (f"accounts({account})", '{"name": "C"}')))
    assert reply.status == 503
    assert reply.body.count(b"HTTP/1.1 ") == 1
    assert b"HTTP/1.1 503" in reply.body
    assert api.get(f"accounts({account})").json["name"] == "A"

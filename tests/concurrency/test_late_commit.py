"""A transaction that took its row version early and commits late is in the next delta (architecture 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import psycopg

import handsel
from handsel import Create
from handsel.database.versions import latest_version, settled_version
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token

PATIENCE = 30
"""Seconds until a test that hangs gives up."""


@contextmanager
def uncommitted(url: str, lastname: str) -> Iterator[list[Any]]:
    """A contact that another thread has written and commits at the end of the block; the list has it from the start."""
    written, commit = Event(), Event()
    made: list[Any] = []

    def wait(results: list[Any]) -> None:
        made.extend(results)
        written.set()
        assert commit.wait(PATIENCE)

    def write() -> None:
        with handsel.open(url) as session:
            session.execute_many([Create("contact", {"lastname": lastname})], before_commit=wait)

    thread = Thread(target=write)
    thread.start()
    try:
        assert written.wait(PATIENCE)
        yield made
    finally:
        commit.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def api_of(url: str) -> Api:
    from handsel.site.wsgi import make_application

    return Api(make_application(url), make_token(url), url)


def names(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(row["lastname"] for row in rows)


def follow(api: Api, link: str) -> tuple[list[str], str]:
    reply = api.get(link.removeprefix(ROOT))
    return names(reply.rows), reply.json["@odata.deltaLink"]


def test_a_token_given_out_meanwhile_does_not_pass_it(postgresql_url: str) -> None:
    api = api_of(postgresql_url)
    start = api.get("contacts?$select=lastname", prefer="odata.track-changes").json["@odata.deltaLink"]
    with uncommitted(postgresql_url, "Late") as late:
        early = api.made("contacts", {"lastname": "Early"})
        assert late[0]["versionnumber"] < api.get(f"contacts({early})").json["versionnumber"]
        whole = api.get("contacts?$select=lastname", prefer="odata.track-changes").json
        sent, after = follow(api, start)
        assert (names(whole["value"]), sent) == (["Early"], ["Early"])
    for link in (whole["@odata.deltaLink"], after):
        sent, onward = follow(api, link)
        assert "Late" in sent
        assert follow(api, onward)[0] == []


def test_neither_does_it_between_two_pages(postgresql_url: str) -> None:
    api = api_of(postgresql_url)
    for number in (1, 2):
        api.made("contacts", {"lastname": f"Page {number}"})
    prefer = "odata.track-changes, odata.maxpagesize=1"
    with uncommitted(postgresql_url, "Late"):
        page = api.get("contacts?$select=lastname", prefer=prefer).json
    # Committed before the second page, so it may come with it; the delta has it all the same.
    rest = api.get(page["@odata.nextLink"].removeprefix(ROOT)).json
    assert "Late" in follow(api, rest["@odata.deltaLink"])[0]


def test_on_sqlite_a_reader_meets_a_writer_that_has_not_committed(sqlite_url: str) -> None:
    api = api_of(sqlite_url)
    with uncommitted(sqlite_url, "Late"):
        whole = api.get("contacts?$select=lastname", prefer="odata.track-changes").json
        assert whole["value"] == []
    assert follow(api, whole["@odata.deltaLink"])[0] == ["Late"]


# What writers announce (database.versions)


def test_settled_stays_below_every_running_transaction(postgresql_url: str) -> None:
    with handsel.open(postgresql_url) as session, session.entered():
        session.execute(Create("contact", {"lastname": "Before"}))
        before = latest_version()
        assert settled_version() == before
        with uncommitted(postgresql_url, "First"), uncommitted(postgresql_url, "Second"):
            assert (settled_version(), latest_version()) == (before, before + 2)
        assert settled_version() == before + 2


def test_an_announcement_without_a_number_yet(postgresql_url: str) -> None:
    """A writer is paused between announcing and taking its number while others pass it, or before it is visible."""
    lock = "SELECT pg_advisory_xact_lock_shared('hs_versionnumber'::regclass::int, %s)"
    with handsel.open(postgresql_url) as session, session.entered(), psycopg.connect(postgresql_url) as other:
        session.execute(Create("contact", {"lastname": "Any"}))
        seen = latest_version()
        other.execute(lock, (seen,))
        session.execute(Create("contact", {"lastname": "Any"}))
        assert (settled_version(), latest_version()) == (seen, seen + 1)
        other.rollback()
        other.execute(lock, (seen + 5,))
        assert settled_version() == seen + 1


def test_numbers_beyond_31_bits(postgresql_url: str) -> None:
    edge = 2**31 - 2
    with handsel.open(postgresql_url) as session, session.entered(), psycopg.connect(postgresql_url) as other:
        other.execute("SELECT setval('hs_versionnumber', %s)", (edge,))
        with uncommitted(postgresql_url, "Below"):
            for _ in range(3):
                session.execute(Create("contact", {"lastname": "Above"}))
            assert (settled_version(), latest_version()) == (edge, edge + 4)
        assert settled_version() == edge + 4


def test_before_the_first_number(postgresql_url: str) -> None:
    with handsel.open(postgresql_url) as session, session.entered(), psycopg.connect(postgresql_url) as other:
        other.execute("SELECT setval('hs_versionnumber', 1, false)")
        other.commit()
        with uncommitted(postgresql_url, "First") as made:
            assert made[0]["versionnumber"] == 1
            assert (settled_version(), latest_version()) == (0, 1)

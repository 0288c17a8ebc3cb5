import json
import os
import subprocess
import sys
import time
from typing import TypeVar

import psycopg
import pytest

import handsel
from handsel.engine import outbox
from tests.cli.conftest import Command
from tests.eventually import eventually

T = TypeVar("T")


def _accounts(url: str, *names: str) -> None:
    with handsel.open(url) as session:
        for name in names:
            session.execute(handsel.Create("account", {"name": name}))


def test_events_come_once_and_in_order(handsel_command: Command, database_url: str) -> None:
    _accounts(database_url, "A", "B", "C")
    lines = eventually(lambda: handsel_command("events", url=database_url).lines, 3)
    events = [json.loads(line) for line in lines]
    assert [event["values"]["name"] for event in events] == ["A", "B", "C"]
    assert {event["message"] for event in events} == {"Create"}
    later = handsel_command("events", "--after", events[0]["id"], url=database_url)
    assert [json.loads(line)["values"]["name"] for line in later.lines] == ["B", "C"]
    assert len(handsel_command("events", "--limit", "2", url=database_url).lines) == 2


@pytest.mark.parametrize("after", ["x", "01961234-0000-7000-8000-000000000000"])
def test_an_unknown_position_is_refused(handsel_command: Command, sqlite_url: str, after: str) -> None:
    assert handsel_command("events", "--after", after, url=sqlite_url).status == 1


def test_a_transaction_that_commits_late_is_not_passed_over(postgresql_url: str) -> None:
    """The earlier transaction writes first and commits last; a reader in between sees neither, then both in order."""
    columns = "hs_outboxid, transactionid, createdon, message, action, objecttypecode, objectid, versionnumber, payload"
    insert = (
        f"INSERT INTO hs_outbox ({columns}) VALUES (gen_random_uuid(), pg_current_xact_id()::text::bigint, now(), "
        "%s, 'create', 'account', gen_random_uuid(), 1, '{}')"
    )
    with handsel.open(postgresql_url) as session, psycopg.connect(postgresql_url) as early:
        early.execute(insert, ("early",))
        with psycopg.connect(postgresql_url) as late:
            late.execute(insert, ("late",))
        with session.entered():
            assert outbox.read() == []
            early.commit()
            seen = eventually(outbox.read, 2)
            assert [event.message for event in seen] == ["early", "late"]
            assert outbox.read(seen[0].position)[0].message == "late"
            assert outbox.read(seen[1].position) == []


def test_follow_tells_what_happens_later_and_ends_quietly(sqlite_url: str) -> None:
    command = [sys.executable, "-c", "import sys; from handsel.site.cli import main; sys.exit(main())"]
    environment = {**os.environ, "HANDSEL_DATABASE_URL": sqlite_url}
    following = subprocess.Popen(
        [*command, "events", "--follow"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert following.stdout is not None
    try:
        _accounts(sqlite_url, "First")
        assert json.loads(following.stdout.readline())["values"]["name"] == "First"
        _accounts(sqlite_url, "Second")
        started = time.monotonic()
        assert json.loads(following.stdout.readline())["values"]["name"] == "Second"
        assert time.monotonic() - started < 30
        following.send_signal(2)
        assert following.wait(30) == 130
        assert following.communicate()[1] == "handsel: interrupted.\n"
    finally:
        following.kill()
        following.communicate()


def test_a_reader_that_leaves_is_no_error(sample_url: str) -> None:
    code = "import sys; from handsel.site.cli import main; sys.exit(main())"
    script = f"\"$PYTHON\" -c '{code}' events | head -1; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "HANDSEL_DATABASE_URL": sample_url, "PYTHON": sys.executable}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.splitlines()[-1] in ("0", "141")
    assert done.stderr == ""

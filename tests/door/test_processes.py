"""Two real processes: what one of them commits about rights is in force in the other at its next request."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

import handsel
from handsel.database.statements import mark, run
from handsel.engine.access import Depth
from tests.door.office import Office
from tests.webapi.conftest import make_token

ROOT = Path(__file__).resolve().parents[2]
READ = "prvReadAccount"


@contextmanager
def other_process(url: str) -> Iterator[Callable[[], str]]:
    """Another process with the seller's session and server. Calling it asks both of them."""
    command = [sys.executable, "-m", "tests.door.worker", url, make_token(url, "seller")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None

    def ask() -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        assert process.stdout.readline() == "ready\n"
        yield ask
        process.communicate(timeout=60)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def office(session: handsel.Session) -> Office:
    made = Office(session)
    for name, unit in (("seller", made.north), ("colleague", made.north), ("southerner", made.south)):
        owner = made.users[name]
        row = {"name": "A", "ownerid": owner, "owninguser": owner, "owningbusinessunit": unit}
        made.write("account", [{"accountid": uuid4(), **row}])
    return made


def test_a_change_of_rights_is_in_force_at_the_next_request(office: Office) -> None:
    office.grant({READ: Depth.BASIC})
    with other_process(office.session.url) as ask:
        assert ask() == "1 1"
        for depth, found in ((Depth.LOCAL, "2 2"), (Depth.GLOBAL, "3 3"), (Depth.DEEP, "2 2"), (Depth.BASIC, "1 1")):
            office.grant({READ: depth})
            assert ask() == found
        for _ in range(15):
            office.grant({})
            assert ask() == "0x80040220 0x80040220"
            office.grant({READ: Depth.GLOBAL})
            assert ask() == "3 3"


def test_a_disabled_user_loses_everything_at_the_next_request(office: Office) -> None:
    office.grant({READ: Depth.GLOBAL})
    key = office.session.context.dialect.key(office.seller)
    with other_process(office.session.url) as ask:
        assert ask() == "3 3"
        for disabled, found in (("true", ""), ("false", "3 3"), ("true", "")):
            with office.session.entered():
                run(f"UPDATE systemuser SET isdisabled = {disabled} WHERE systemuserid = {mark()}", (key,))
            answers = ask()
            assert answers == found or (not found and "3" not in answers.split()), answers


def test_a_unit_that_moves_takes_its_rows_out_of_reach(office: Office) -> None:
    dialect = office.session.context.dialect
    office.grant({READ: Depth.DEEP})
    with other_process(office.session.url) as ask:
        assert ask() == "2 2"
        with office.session.entered():
            moved = "UPDATE businessunit SET parentbusinessunitid = {0} WHERE businessunitid = {0}".format(mark())
            run(moved, (dialect.key(office.north), dialect.key(office.south)))
        office.renew()
        assert ask() == "3 3"

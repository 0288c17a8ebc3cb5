"""Hidden rows at the command line and in events: found by no word, told by no event."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest

import handsel
from handsel.engine import outbox
from handsel.engine.access import Depth
from handsel.site.cli import main
from tests.door.test_leaks import SECRET, Company, company
from tests.door.test_tracking import made, roles_for_all
from tests.eventually import eventually

__all__ = ["company"]

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def command(company: Company, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `handsel` as the seller; the status, and all that is printed."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main([*arguments, "--database", company.session.url, "--as", "seller"])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


def test_hidden_rows_are_neither_listed_nor_shown(company: Company, command: Command) -> None:
    for table in ("accounts", "quotes", "opportunities", "salesorders", "invoices", "contacts"):
        status, printed = command("list", table)
        assert status == 0, printed
        assert "Lion" in printed
        assert SECRET not in printed
    for table in ("quote", "salesorder", "invoice", "opportunity"):
        id = company.hidden[table]
        unknown = command("show", str(UUID(int=id.int ^ 1)))
        status, printed = command("show", str(id))
        assert (status, printed.replace(str(id), "")) == (unknown[0], unknown[1].replace(str(UUID(int=id.int ^ 1)), ""))
        assert status != 0
    for number in (f"QUO-{SECRET}", f"ORD-{SECRET}", f"INV-{SECRET}"):
        status, printed = command("show", number)
        assert status != 0
        assert "deal" not in printed
    for arguments in (("convert", str(company.hidden["quote"]), "order"), ("convert", "--all", "quote", "order")):
        _status, printed = command(*arguments)
        assert SECRET not in printed.replace(f"QUO-{SECRET}", "")


def wait_for_events(session: handsel.Session, row: UUID, count: int) -> None:
    """Until the administrator is told of so many events of a row."""
    with session.entered():
        found = eventually(lambda: [event for event in outbox.read() if event.row_id == row], count)
    assert len(found) >= count


def test_events_are_told_to_those_who_may_read_the_row(company: Company, command: Command) -> None:
    roles_for_all(company)
    session = company.session
    near, far, gone = (made(company, owner, "A") for owner in ("colleague", "southerner", "colleague"))
    session.execute(handsel.Update("account", far, {"name": f"{SECRET} again"}))
    session.execute(handsel.Delete("account", gone))
    wait_for_events(session, gone, 2)
    status, printed = command("events")
    rows = [json.loads(line)["row"] for line in printed.splitlines()]
    assert status == 0
    assert str(near) in rows
    assert str(far) not in rows
    assert str(gone) not in rows  # who did not read the whole table cannot be told apart any more
    assert SECRET not in printed
    with session.entered():
        assert {near, far, gone} <= {event.row_id for event in outbox.read()}
    company.grant({**company.everything, "prvReadAccount": Depth.GLOBAL})
    assert str(gone) in command("events")[1]


def test_events_go_on_behind_hidden_ones(company: Company) -> None:
    """A page of events none of which may be seen is no end."""
    roles_for_all(company)
    for _ in range(5):
        made(company, "southerner", "A")
    near = made(company, "colleague", "A")
    wait_for_events(company.session, near, 1)
    with company.session.as_user("seller").entered():
        assert [event.row_id for event in outbox.read(limit=2) if event.table == "account"][:1] == [near]

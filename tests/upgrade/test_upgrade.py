"""`handsel upgrade`: an old database with data is brought forward, all of it or nothing, and goes on selling."""

import errno
import os
import re
import stat
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

import handsel
from handsel.database.indexes import declared_indexes
from handsel.database.postgresql import upgrading
from handsel.database.sqlite import upgrading as sqlite_upgrading
from handsel.site.database import masked, register
from tests.cli.conftest import Command
from tests.upgrade.conftest import CURRENT, Use, ask, content, schema, started

NEWEST = "0904_tightened"


def upgraded(handsel_command: Command, url: str, *options: str) -> None:
    outcome = handsel_command("upgrade", *options, url=url)
    assert outcome.status == 0, outcome.err


def copies(url: str) -> list[str]:
    file = Path(url.removeprefix("sqlite:///"))
    return sorted(copy.name for copy in file.parent.iterdir() if ".before-" in copy.name)


# Forward


def test_it_says_from_where_to_where_and_each_step(handsel_command: Command, stored_url: str, ahead: None) -> None:
    outcome = handsel_command("upgrade", url=stored_url)
    assert outcome.status == 0
    output = outcome.err.splitlines()
    assert output[0].endswith(f"schema {CURRENT} → {NEWEST}, 3 migrations")
    assert output[-4:-1] == ["1 of 3: 0902_loyalty", "2 of 3: 0903_members", "3 of 3: 0904_tightened"]
    assert outcome.lines[0] == f"Upgraded the database {masked(stored_url)} to schema {NEWEST}."
    again = handsel_command("upgrade", url=stored_url)
    assert (again.status, again.out) == (0, f"The database {masked(stored_url)} is up to date: schema {NEWEST}.\n")


def test_check_changes_nothing_and_has_a_status_for_scripts(
    handsel_command: Command, stored_url: str, use_migrations: Use
) -> None:
    before = content(stored_url)
    assert handsel_command("upgrade", "--check", url=stored_url).status == 0
    use_migrations("ahead")
    outcome = handsel_command("upgrade", "--check", url=stored_url)
    assert outcome.status == 3
    assert outcome.lines[1:] == ["  0902_loyalty", "  0903_members", "  0904_tightened"]
    assert content(stored_url) == before


def test_data_steps_have_seen_every_row(upgraded_url: str) -> None:
    assert ask(upgraded_url, "SELECT name, hs_test_level FROM account ORDER BY name") == [
        ("Acme", 0),
        ("Émile & Sœurs", 3),
    ]
    assert ask(upgraded_url, "SELECT name FROM hs_test_loyalty") == [("Émile & Sœurs",)]


def test_the_stored_documents_are_read_and_converted(upgraded_url: str) -> None:
    """Two lamps at 19.99 and a desk at 250.00: 289.98. The stored quote is QUO-01000."""
    with handsel.open(upgraded_url) as session:
        (deal,) = session.rows("opportunity", "name eq 'desks for émile'")
        assert (deal["totalamount"], deal["new_project"]) == (Decimal("289.98"), "Apollo")
        (old,) = session.rows("quote")
        assert old["quotenumber"].startswith("QUO-01000")
        assert (old["totalamount"], session.count("quotedetail")) == (Decimal("289.98"), 2)
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(deal.id))
        assert quote["quotenumber"].startswith("QUO-01001")
        assert (quote["totalamount"], quote["new_project"]) == (Decimal("289.98"), "Apollo")
        session.execute(handsel.Update("quote", quote.id, {"statecode": 1}))
        session.execute(handsel.WinQuote({"quoteid": quote.id}))
        order = session.execute(handsel.ConvertQuoteToSalesOrder(quote.id))
        invoice = session.execute(handsel.ConvertSalesOrderToInvoice(order.id))
        assert invoice["totalamount"] == Decimal("289.98")


def test_what_an_organization_made_itself_is_kept(upgraded_url: str) -> None:
    """A custom column, a mapping and a key; the key's index survives that SQLite rebuilds the table."""
    with handsel.open(upgraded_url) as session:
        account, was_created = session.execute(handsel.Upsert("account", {"new_code": "E-1"}, {"fax": "1"}))
        assert not was_created
        assert session.retrieve("account", account.id)["name"] == "Émile & Sœurs"
        with pytest.raises(handsel.Conflict):
            session.execute(handsel.Create("account", {"name": "Another", "new_code": "E-1"}))
        own = [row for row in session.rows("attributemap") if not row["issystem"]]
        assert [row["sourceattributename"] for row in own] == ["new_project"]


def test_texts_are_found_whatever_their_case(upgraded_url: str) -> None:
    with handsel.open(upgraded_url) as session:
        assert session.count("account", "name eq 'ÉMILE & SŒURS'") == 1
        assert session.count("account", "accountnumber eq 'ém-1'") == 1
        session.execute(handsel.Create("account", {"name": "Zoë"}))
        assert [row["name"] for row in session.rows("account", order_by="name")] == ["Acme", "Zoë", "Émile & Sœurs"]
    if upgraded_url.startswith("sqlite"):
        case_folded = ask(upgraded_url, "SELECT hs_fold_emailaddress1 FROM account WHERE accountnumber IS NOT NULL")
        assert case_folded == [("émile@example.com",)]


def test_the_indexes_of_lists_are_those_that_the_migrations_state(upgraded_url: str) -> None:
    """Also on the table that SQLite rebuilds."""
    expected = {*declared_indexes(), "account_by_emailaddress1"} - {"account_by_createdon"}
    output = " ".join(map(str, schema(upgraded_url)["indexes"]))
    assert set(re.findall(r"\b[a-z]+_by_[a-z0-9_]+", output)) == expected


def test_rows_that_every_database_has_are_added(upgraded_url: str, new_url: str) -> None:
    """The stored database has none of them, but an added mapping."""
    for statement in (
        "SELECT savedqueryid, name, fetchxml FROM savedquery ORDER BY 1",
        "SELECT sdkmessagefilterid, name FROM sdkmessagefilter ORDER BY 1",
        "SELECT sourceentityname, targetentityname, sourceattributename, targetattributename FROM attributemap AS a "
        "JOIN entitymap AS e ON e.entitymapid = a.entitymapid WHERE issystem ORDER BY 1, 2, 3, 4",
    ):
        assert ask(upgraded_url, statement) == ask(new_url, statement) != []


def test_an_upgrade_secures_no_column(stored_url: str, new_url: str) -> None:
    """Whoever saw costs before still sees them; a new database hides them from salespeople."""
    found = {}
    for url in (stored_url, new_url):
        with handsel.open(url) as session:
            found[url] = (
                {row["attributelogicalname"] for row in session.rows("hs_securedcolumn")},
                {row["name"] for row in session.rows("fieldsecurityprofile")},
            )
    assert found[stored_url] == (set(), {"System Administrator"})
    assert found[new_url] == (
        {"currentcost", "standardcost", "percentage"},
        {"System Administrator", "Costs and margins"},
    )


def test_clients_that_keep_definitions_ask_for_them_again(oldest_url: str, upgraded_url: str) -> None:
    version = "SELECT hs_metadataversion FROM organization"
    assert ask(oldest_url, version) < ask(upgraded_url, version)


def test_an_upgraded_database_is_in_order(handsel_command: Command, upgraded_url: str) -> None:
    outcome = handsel_command("doctor", url=upgraded_url)
    assert outcome.status == 0, outcome.out


# All or nothing


@pytest.mark.parametrize(("migrations", "reason"), [("broken", "account_test_level_positive"), ("dangling", "account")])
def test_what_fails_half_way_leaves_all_as_it_was(
    handsel_command: Command, stored_url: str, use_migrations: Use, migrations: str, reason: str
) -> None:
    """A constraint says no, or a row refers to one that is gone, after three migrations and a half were done."""
    before = content(stored_url)
    use_migrations(migrations)
    outcome = handsel_command("upgrade", url=stored_url)
    assert outcome.status == 1
    assert "4 of 4: 0905_" in outcome.err
    failure = outcome.err.splitlines()[-1]
    assert "0905_" in failure
    assert reason in failure
    assert f"Nothing was changed: it has schema {CURRENT} as before" in failure
    assert content(stored_url) == before
    use_migrations("ahead")
    upgraded(handsel_command, stored_url)


def test_a_commit_that_fails_leaves_all_as_it_was(
    handsel_command: Command, stored_url: str, use_migrations: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk."""
    before = content(stored_url)
    use_migrations("ahead")

    def full(_connection: BaseDatabaseWrapper) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", full)
    outcome = handsel_command("upgrade", url=stored_url)
    assert outcome.status == 1
    assert "disk is full" in outcome.err
    assert f"Nothing was changed: it has schema {CURRENT} as before" in outcome.err
    monkeypatch.undo()
    assert content(stored_url) == before


def test_a_process_that_is_killed_leaves_all_as_it_was(
    handsel_command: Command, stored_url: str, use_migrations: Use
) -> None:
    before = content(stored_url)
    process = started("killed", "upgrade", "--database", stored_url)
    _, output = process.communicate(timeout=60)
    assert "4 of 4: 0905_ends" in output
    assert process.returncode == -9
    assert content(stored_url) == before
    use_migrations("ahead")
    upgraded(handsel_command, stored_url)


def test_two_at_once_upgrade_once(handsel_command: Command, stored_url: str, ahead: None) -> None:
    processes = [started("ahead", "upgrade", "--database", stored_url) for _ in range(2)]
    results = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [status for *_, status in results] == [0, 0], results
    assert sorted("1 of 3" in output for _, output, _ in results) == [False, True], results
    assert sorted("up to date" in said for said, *_ in results) == [False, True], results
    assert handsel_command("doctor", url=stored_url).status == 0
    if stored_url.startswith("sqlite"):
        assert copies(stored_url) == [f"shop.before-{NEWEST}.sqlite3"]


def test_two_that_make_one_database_make_it_once(empty_database_url: str, handsel_command: Command) -> None:
    processes = [started("ahead", "init", "--database", empty_database_url) for _ in range(2)]
    results = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [status for *_, status in results] == [0, 0], results
    assert sorted("Password" in said for said, *_ in results) == [False, True], results


def test_a_database_in_use_is_left_alone(
    handsel_command: Command, stored_url: str, ahead: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another transaction writes, for longer than an upgrade waits."""
    alias = register(stored_url)
    monkeypatch.setattr(upgrading, "PATIENCE", "50ms")
    monkeypatch.setattr(sqlite_upgrading, "PATIENCE", 1)
    writes, ends = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("UPDATE account SET fax = '2'")
            writes.set()
            ends.wait(30)
        connections[alias].close()

    writer = threading.Thread(target=write)
    writer.start()
    writes.wait(30)
    before = ask(stored_url, "SELECT count(*) FROM django_migrations")
    outcome = handsel_command("upgrade", url=stored_url)
    ends.set()
    writer.join()
    assert outcome.status == 1
    assert "The database is in use" in outcome.err
    assert ask(stored_url, "SELECT count(*) FROM django_migrations") == before


# The copy


def test_the_copy_is_the_database_as_it_was(
    handsel_command: Command, stored_sqlite_url: str, ahead: None, tmp_path: Path
) -> None:
    before = content(stored_sqlite_url)
    outcome = handsel_command("upgrade", url=stored_sqlite_url)
    copy = tmp_path / f"shop.before-{NEWEST}.sqlite3"
    assert outcome.lines[1] == f"As it was before, it is in {copy}"
    assert content(f"sqlite:///{copy}") == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(file.name for file in tmp_path.glob("*.part")) == []


def test_the_copy_has_what_was_written_a_moment_ago(stored_sqlite_url: str, tmp_path: Path) -> None:
    """SQLite keeps it in a log beside the file as long as a session is open."""
    with handsel.open(stored_sqlite_url) as session:
        session.execute(handsel.Create("account", {"name": "Just now"}))
        process = started("ahead", "upgrade", "--database", stored_sqlite_url)
        process.communicate(timeout=60)
    copy = f"sqlite:///{tmp_path}/shop.before-{NEWEST}.sqlite3"
    assert ask(copy, "SELECT count(*) FROM account WHERE name = 'Just now'") == [(1,)]


def test_no_copy_is_written_over(handsel_command: Command, stored_sqlite_url: str, ahead: None, tmp_path: Path) -> None:
    first = tmp_path / f"shop.before-{NEWEST}.sqlite3"
    first.write_text("precious")
    (tmp_path / f"shop.before-{NEWEST}-2.sqlite3.part").write_text("of an upgrade that was killed")
    upgraded(handsel_command, stored_sqlite_url)
    assert first.read_text() == "precious"
    assert copies(stored_sqlite_url) == [f"shop.before-{NEWEST}-2.sqlite3", first.name]


def test_without_a_copy(handsel_command: Command, stored_sqlite_url: str, ahead: None) -> None:
    upgraded(handsel_command, stored_sqlite_url, "--no-copy")
    assert copies(stored_sqlite_url) == []


def test_without_room_for_the_copy_nothing_is_changed(
    handsel_command: Command, stored_sqlite_url: str, ahead: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = content(stored_sqlite_url)
    monkeypatch.setattr(os, "open", full)
    outcome = handsel_command("upgrade", url=stored_sqlite_url)
    monkeypatch.undo()
    assert outcome.status == 1
    assert "No space left on device. Nothing was changed" in outcome.err
    assert content(stored_sqlite_url) == before

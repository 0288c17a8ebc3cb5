import sqlite3
from contextlib import closing

import psycopg
import pytest

import handsel
from tests.cli.conftest import Command
from tests.people import make_administrator


def _execute(url: str, *statements: str) -> None:
    """Damage a database in a way that is only possible without Handsel."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
    else:
        with psycopg.connect(url) as connection:
            for statement in statements:
                connection.execute(statement)


def test_a_sound_database_is_in_order(handsel_command: Command, database_url: str) -> None:
    outcome = handsel_command("doctor", url=database_url)
    assert (outcome.status, outcome.lines[-1]) == (0, "Everything is in order.")
    assert all(line.startswith("✓") for line in outcome.lines[:-1])


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE organization SET pricingdecimalprecision = 9", "settings"),
        ("UPDATE organization SET basecurrencyid = NULL", "settings"),
        ("UPDATE organization SET oobpricecalculationenabled = false", "settings"),
        ("UPDATE systemuser SET isdisabled = true", "users"),
        ("DELETE FROM systemuserroles", "users"),
        ("UPDATE attributemap SET targetattributename = 'nope' WHERE targetattributename = 'freightamount'", "maps"),
        ("DELETE FROM django_migrations", "tables"),
        ("DROP TABLE hs_idempotencykey", "tables"),
    ],
)
def test_what_is_wrong_is_named_with_advice(
    handsel_command: Command, database_url: str, statement: str, check: str
) -> None:
    _execute(database_url, statement)
    outcome = handsel_command("doctor", url=database_url)
    assert outcome.status == 1
    wrong = next(index for index, line in enumerate(outcome.lines) if line.startswith("✗"))
    assert outcome.lines[wrong].startswith(f"✗ {check}: ")
    assert outcome.lines[wrong + 1].startswith("  → ")


def test_it_says_how_many_may_do_everything(handsel_command: Command, database_url: str) -> None:
    with handsel.open(database_url) as session:
        make_administrator(session, "anna")
        session.execute(handsel.Create("systemuser", {"domainname": "bob", "firstname": "Bob", "lastname": "Bell"}))
    outcome = handsel_command("doctor", url=database_url)
    assert outcome.status == 0
    found = outcome.lines.index("✓ users: 3 enabled, 2 of them System Administrator")
    assert outcome.lines[found + 1].startswith("  → Take that role from those who do not need it")


def test_own_columns_that_do_not_travel_are_named(handsel_command: Command, database_url: str) -> None:
    for table, type in (("quote", "integer"), ("salesorder", "text"), ("invoice", "text")):
        handsel_command("column", "add", table, "new_size", "--type", type, url=database_url)
    outcome = handsel_command("doctor", url=database_url)
    assert outcome.status == 0
    found = next(index for index, line in enumerate(outcome.lines) if line.startswith("✓ maps: "))
    assert outcome.lines[found].endswith(
        "own columns that do not travel: quote.salesorder new_size (Integer does not become String)"
    )
    assert "--switch-off" in outcome.lines[found + 1]
    handsel_command("maps", "--switch-off", "quote.salesorder", "new_size", url=database_url)
    assert "do not travel" not in handsel_command("doctor", url=database_url).out


def test_a_row_that_refers_to_nothing_is_found(handsel_command: Command, sample_url: str) -> None:
    _execute(sample_url, "PRAGMA foreign_keys = OFF", "DELETE FROM opportunity")
    outcome = handsel_command("doctor", url=sample_url)
    assert outcome.status == 1
    assert "✗ integrity: " in outcome.out
    assert "refers to a missing opportunity" in outcome.out


def test_a_missing_counter_is_found(handsel_command: Command, sqlite_url: str) -> None:
    _execute(sqlite_url, "DELETE FROM hs_counter WHERE name = 'quotenumber'")
    assert "✗ counters: missing: quotenumber" in handsel_command("doctor", url=sqlite_url).out


def test_a_missing_file_is_found(handsel_command: Command) -> None:
    outcome = handsel_command("doctor", url="sqlite:///nowhere/none.sqlite3")
    assert outcome.status == 1
    assert outcome.lines[0].startswith("✗ database: there is no file")


def test_a_damaged_part_is_found_and_the_other_checks_still_run(handsel_command: Command, sqlite_url: str) -> None:
    file = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'organization'"
        ).fetchone()
    with open(file, "r+b") as damaged:
        damaged.seek((root - 1) * size)
        damaged.write(b"\xff" * size)
    outcome = handsel_command("doctor", url=sqlite_url)
    assert outcome.status == 1
    assert not outcome.err
    assert "✗ settings: database disk image is malformed" in outcome.lines
    assert any(line.startswith("✓ users: ") for line in outcome.lines)
    assert any(line.startswith("✗ integrity: ") for line in outcome.lines)

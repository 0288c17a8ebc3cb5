"""Two administrators who change definitions at once: the second one sees what the first one did (Web API 10)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

import handsel
from handsel import AddColumn, AddKey, Refused, RemoveColumn

PATIENCE = 30
"""Seconds until a test that hangs gives up."""


def waits_for_a_lock(url: str) -> bool:
    """Whether a connection to the database waits for another one."""
    with psycopg.connect(url) as other:
        found = other.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return found.fetchone() is not None


def execute(url: str, message: Any) -> None:
    from django.db import connections

    try:
        with handsel.open(url) as session:
            session.execute(message)
    finally:
        connections.close_all()


def test_a_column_is_not_removed_while_a_key_is_added_on_it(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handsel.engine.customization import key_messages

    execute(postgresql_url, AddColumn("account", "new_code", "text", max_length=20))
    checked, go_on = threading.Event(), threading.Event()

    def duplicate(*arguments: Any) -> Any:
        checked.set()
        assert go_on.wait(PATIENCE)
        return found(*arguments)

    found = key_messages.duplicate
    monkeypatch.setattr(key_messages, "duplicate", duplicate)
    with ThreadPoolExecutor(2) as threads:
        adding = threads.submit(execute, postgresql_url, AddKey("account", "new_CodeKey", ["new_code"]))
        assert checked.wait(PATIENCE)
        removing = threads.submit(execute, postgresql_url, RemoveColumn("account", "new_code"))
        deadline = time.monotonic() + PATIENCE
        while not waits_for_a_lock(postgresql_url) and not removing.done() and time.monotonic() < deadline:
            time.sleep(0.01)
        go_on.set()
        adding.result(PATIENCE)
        with pytest.raises(Refused, match="used by the key new_CodeKey"):
            removing.result(PATIENCE)
    with handsel.open(postgresql_url) as session:
        session.execute(handsel.Create("account", {"name": "A", "new_code": "1"}))


def test_a_definition_that_was_taken_back_is_forgotten(database_url: str) -> None:
    """Definitions read inside the failed transaction are not cached under a later version."""
    with handsel.open(database_url) as session:

        def fail(_results: list[Any]) -> None:
            session.rows("account")
            raise RuntimeError

        with pytest.raises(RuntimeError):
            session.execute_many([AddColumn("account", "new_gone", "text")], before_commit=fail)
        session.execute(AddColumn("account", "new_kept", "text"))
        with pytest.raises(handsel.UnknownColumn):
            session.execute(handsel.Create("account", {"name": "A", "new_gone": "x"}))


def test_a_value_that_a_late_writer_left_is_not_found_again(database_url: str) -> None:
    """A writer that read the definitions before a column was removed may write a row with its value afterwards."""
    with handsel.open(database_url) as session:
        account = session.execute(handsel.Create("account", {"name": "A"}))
        with session.entered():
            from handsel.database.statements import run

            run("""UPDATE account SET hs_custom = '{"new_code": "left"}'""")
        session.execute(AddColumn("account", "new_code", "decimal"))
        (row,) = session.rows("account")
        assert (row.id, row["new_code"]) == (account.id, None)

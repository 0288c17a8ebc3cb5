"""Upgrades on PostgreSQL: a transaction that waits for other upgrades and locks every table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

UPGRADE = 0x68616E6473656C
"""The advisory lock of upgrades: "handsel" in ASCII."""

PATIENCE = "30s"
"""How long other transactions may still run."""


@contextmanager
def alone(connection: BaseDatabaseWrapper, report: Callable[[str], None]) -> Iterator[None]:
    """A transaction with every table locked: a data step must see every row, a reader no half-done step."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL lock_timeout = 0")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (UPGRADE,))
        if cursor.fetchone() == (False,):
            report("Another program is making or upgrading this database; waiting for it")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (UPGRADE,))
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        if tables := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        yield

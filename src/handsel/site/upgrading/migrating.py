"""Applying migrations: with exclusive access to the database, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from handsel.database.dialect import dialect_of
from handsel.database.views import create_views, drop_views
from handsel.errors import SetupError
from handsel.site.upgrading.added_together import together

Report = Callable[[str], None]
"""Reports progress, one sentence per call."""


def silent(_sentence: str) -> None:
    """Report nothing."""


@contextmanager
def alone(alias: str, report: Report = silent) -> Iterator[None]:
    """A transaction with exclusive write access, in which tables can be changed.

    It waits for another upgrade (on PostgreSQL without a limit) and 30 seconds for all other transactions. Raises
    SetupError if they do not end. Afterwards this thread has a new connection.
    """
    connection = connections[alias]
    with ExitStack() as stack:
        stack.callback(_forget, alias)
        try:
            stack.enter_context(dialect_of(connection.vendor).alone(connection, report))
        except OperationalError as error:
            reason = " ".join(str(error).split())
            raise SetupError(
                f"The database is in use ({reason}). Stop the servers and programs that work with it, and try again."
            ) from error
        yield


def _forget(alias: str) -> None:
    """Close the connection: its settings were changed, and Django thinks a failed schema editor is still at work."""
    connections[alias].close()
    del connections[alias]


def migrate(alias: str, report: Report = silent) -> None:
    """Apply the missing migrations. Only inside `alone`. Raises SetupError if one fails."""
    connection = connections[alias]
    begun: list[str] = []

    def follow(action: str, migration: Migration | None = None, _is_fake: bool | None = None, /) -> None:
        if action == "apply_start" and migration is not None:
            begun.append(migration.name)
            report(f"{len(begun)} of {len(plan)}: {migration.name}")
        elif action == "apply_success":
            dialect_of(connection.vendor).check_foreign_keys(connection)

    executor = MigrationExecutor(connection, follow)
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    for migration, _ in plan:
        vars(migration)["operations"] = together(migration.operations)  # the stubs know it as the class's alone
    try:
        drop_views(connection)
        executor.migrate(targets, plan)
        create_views(connection)
    except Exception as error:  # a migration may run any code; the transaction is rolled back
        which = begun[-1] if begun else "the beginning"
        raise SetupError(f"{which} failed with {type(error).__name__}: {error}") from error

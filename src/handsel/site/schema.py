"""The version of a database's schema, which is the name of its last migration, and the one this Handsel needs.

A database of another version is refused where it is opened, before anything is read or written in it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module

from django.db import DatabaseError, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from handsel.database.dialect import Fault, dialect_of
from handsel.database.failures import cause_of
from handsel.errors import SchemaTooNew, SchemaTooOld, SetupError
from handsel.site.database import masked, sqlite_file, without_password


@dataclass(frozen=True, slots=True)
class Schema:
    """The migrations of a database (`applied`, none when it is empty) and those of this Handsel (`known`), by name."""

    applied: frozenset[str]
    known: frozenset[str]
    foreign: tuple[str, ...] = ()
    """The tables of a database that has none of the migrations: those of another program."""

    @property
    def version(self) -> str:
        """The database's version: the last migration that this Handsel does not know, or else the last of all."""
        return max(self.applied - self.known or self.applied)

    @property
    def needed(self) -> str:
        """The version that this Handsel needs: the last migration that the database lacks, or else the last of all."""
        return max(self.known - self.applied or self.known)

    @property
    def waiting(self) -> list[str]:
        """The migrations that the database lacks, in the order of their numbers."""
        return sorted(self.known - self.applied)

    @property
    def is_current(self) -> bool:
        """Whether this Handsel can work with the database."""
        return self.applied == self.known

    @property
    def is_too_new(self) -> bool:
        """Whether the database has migrations that this Handsel does not know."""
        return not self.applied <= self.known


def read_schema(alias: str) -> Schema:
    """The schema of a registered database; one statement for a database of Handsel. Raises Django's DatabaseError."""
    applied = _applied(alias)
    foreign = () if applied else tuple(sorted(connections[alias].introspection.table_names()))
    return Schema(applied, _known(), foreign)


def require_current(alias: str, url: str) -> None:
    """Raises SetupError for a database that is not Handsel's, or is of another version."""
    try:
        schema = read_schema(alias)
    except DatabaseError as error:
        raise unopened(url, error) from error
    if not schema.is_current:
        raise refusal(schema, url)


def unopened(url: str, error: Exception) -> SetupError:
    """The error for a database that cannot be opened, with what its driver says."""
    reason = without_password(error, url)
    advice = " Restore it from a backup, or name another one." if sqlite_file(url) else ""
    end = "" if reason.endswith("?") else "."
    return SetupError(f"The database {masked(url)} cannot be opened: {reason}{end}{advice}")


def read_only(url: str, reason: str) -> SetupError:
    """The error for a change of a database that can only be read."""
    return SetupError(f"The database {masked(url)} can only be read: {reason}. Nothing was changed.")


def listed(names: Sequence[str]) -> str:
    """Some names for a sentence."""
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


MOST_LISTED = 5


def refusal(schema: Schema, url: str) -> SetupError:
    """The error for a database that is not current: why it is refused, and what to do."""
    if schema.foreign:
        return SetupError(
            f"The database {masked(url)} is another program's: it holds {listed(schema.foreign)}, and nothing of "
            "Handsel's. Name another database. To let both share it: `handsel init --force`."
        )
    if not schema.applied:
        return SetupError(f"The database {masked(url)} is empty. Run `handsel init --database …` on it.")
    if schema.is_too_new:
        return SchemaTooNew(
            f"The database {masked(url)} has schema {schema.version}, and this Handsel knows none newer than "
            f"{schema.needed}. Install the Handsel that made it, or a newer one."
        )
    before = "it copies the file first" if sqlite_file(url) else "back it up first"
    return SchemaTooOld(
        f"The database {masked(url)} has schema {schema.version}, and this Handsel needs {schema.needed}. "
        f"Run `handsel upgrade --database {masked(url)}` ({before})."
    )


def _applied(alias: str) -> frozenset[str]:
    connection = connections[alias]
    whole = transaction.atomic(using=alias) if connection.in_atomic_block else nullcontext()
    try:
        with whole, connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'handsel'")
            return frozenset(name for (name,) in cursor.fetchall())
    except DatabaseError as error:
        is_missing = dialect_of(connection.vendor).fault(cause_of(error)) is Fault.DAMAGED
        if not is_missing or MigrationRecorder(connection).has_table():
            raise
        return frozenset()


def _known() -> frozenset[str]:
    """Read from the file names: Django's loader would import all migrations, which slows every command."""
    package = import_module(MigrationLoader.migrations_module("handsel")[0] or "")
    return frozenset(module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg)

"""`upgrade`: bring a database to the schema that this Handsel needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, OperationalError, connections

from handsel.database.context import Actor, Context, entered
from handsel.database.dialect import Fault, dialect_of
from handsel.engine.customization.definitions import count_metadata_change
from handsel.engine.rights.grants import raise_version
from handsel.errors import HandselError, SetupError
from handsel.site.database import masked, register_existing
from handsel.site.schema import Schema, read_only, read_schema, refusal, unopened
from handsel.site.standard_rows import add_standard_rows
from handsel.site.upgrading.migrating import Report, alone, migrate, silent


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The result of `upgrade`: the versions before and now, and the copy of a SQLite file from before."""

    before: str
    now: str
    copy: Path | None = None


def schema_of(url: str) -> Schema:
    """The schema of a database that is current or can be upgraded. Raises SetupError for any other.

    While another upgrade holds the tables it waits, as the upgrade itself does.
    """
    alias = register_existing(url)
    try:
        schema = _read_once_free(alias)
    except DatabaseError as error:
        raise unopened(url, error) from error
    finally:
        connections[alias].close()
    if not schema.applied or schema.is_too_new:
        raise refusal(schema, url)
    return schema


def _read_once_free(alias: str) -> Schema:
    while True:
        try:
            return read_schema(alias)
        except OperationalError as error:
            dialect = dialect_of(connections[alias].vendor)
            # An SQLite file that is locked for so long is not held by an upgrade, during which it can be read.
            if dialect.has_one_writer or dialect.fault(error.__cause__ or error) is not Fault.LOCKED:
                raise
            connections[alias].close()  # its wait has taken some seconds already


def upgrade(url: str, *, copy: bool = True, report: Report = silent) -> Upgraded:
    """Apply the missing migrations, all or none; a current database is not changed.

    A SQLite file is copied beside itself first, unless `copy` is False. Raises SetupError when the database cannot be
    upgraded, is in use, or a migration fails; then nothing is changed.
    """
    schema = schema_of(url)
    if schema.is_current:
        return Upgraded(schema.version, schema.version)
    alias = register_existing(url)
    connection = connections[alias]
    reason = dialect_of(connection.vendor).why_read_only(connection)
    if reason:
        raise read_only(url, reason)
    try:
        with alone(alias, report):
            schema = read_schema(alias)  # another upgrade may just have ended
            if schema.is_current:
                return Upgraded(schema.version, schema.version)
            connection = connections[alias]
            copied = dialect_of(connection.vendor).copy_aside(connection, schema.needed, report) if copy else None
            try:
                migrate(alias, report)
                _bring_rows_forward(alias)
                report("Checking that no row refers to a missing one")
                connections[alias].check_constraints()
            except Exception as error:  # a migration may run any code; the transaction is rolled back
                raise _failure(error, schema, url) from error
    except DatabaseError as error:  # the commit itself, such as on a full disk
        raise _failure(error, schema, url) from error
    return Upgraded(schema.version, schema.needed, copied)


def _bring_rows_forward(alias: str) -> None:
    """Add the standard rows that are missing, and make clients with cached definitions read them again."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT businessunitid FROM businessunit WHERE parentbusinessunitid IS NULL")
        ((unit,),) = cursor.fetchall()
    nobody = Actor(UUID(int=0), "", None, is_integration_user=False)
    with entered(Context(alias, dialect_of(connections[alias].vendor), nobody)):
        add_standard_rows(UUID(str(unit)))
        count_metadata_change()
        raise_version()


def _failure(error: Exception, schema: Schema, url: str) -> SetupError:
    reason = error.message if isinstance(error, HandselError) else f"{type(error).__name__}: {error}".strip()
    return SetupError(
        f"The database {masked(url)} could not be upgraded to {schema.needed}: {reason.rstrip('.')}. "
        f"Nothing was changed: it has schema {schema.version} as before, and works with the Handsel it worked with."
    )

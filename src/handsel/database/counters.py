"""The counters of a database: the row version and the document numbers, made by a step of a migration.

PostgreSQL has sequences, which nobody waits for; SQLite a row each in `hs_counter`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as SchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from handsel.database.dialect import Rows, dialect_of

COUNTERS = {"versionnumber": 1, "quotenumber": 1000, "ordernumber": 1000, "invoicenumber": 1000}
"""Each counter and its first value (behaviour 10: numbers start at 1000)."""


class CreateCounters(Operation):
    """The step that makes counters. A migration states each with its first value, so that it does the same for ever."""

    reversible = True
    serialization_expand_args = ["counters"]

    def __init__(self, counters: Mapping[str, int]) -> None:
        self.counters = counters

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Counters are no models."""

    def database_forwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        dialect_of(schema_editor.connection.vendor).create_counters(schema_editor.execute, self.counters)

    def database_backwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        dialect_of(schema_editor.connection.vendor).drop_counters(schema_editor.execute, self.counters)

    def describe(self) -> str:
        return f"Create the counters {', '.join(self.counters)}"


def missing_counters(alias: str) -> list[str]:
    """Counters that the database should have and has not."""
    connection = connections[alias]
    with connection.cursor() as cursor:

        def read(sql: str) -> Rows:
            cursor.execute(sql)
            return list(cursor.fetchall())

        present = dialect_of(connection.vendor).counters(read)
    return [name for name in COUNTERS if name not in present]

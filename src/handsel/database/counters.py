"""The counters of a database: the row version and the document numbers, made by a step of a migration.

PostgreSQL has sequences, on which no transaction waits; SQLite has one row per counter in `hs_counter`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as SchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.sql.compiler import SQLCompiler

from handsel.database.dialect import Rows, dialect_of
from handsel.database.versions import VERSION_COUNTER
from handsel.tables.columns import Integer
from handsel.tables.info import all_tables


def declared_counters() -> dict[str, int]:
    """Each counter and its first value: the row version, and one for each numbered column."""
    numbered = (column.numbering for info in all_tables() for column in info.columns.values())
    return {VERSION_COUNTER: 1, **{each.column: each.first for each in numbered if each is not None}}


class NextNumber(Integer):
    """A column that shows the next number of a counter. What is stored in it is the last value that a user gave it."""

    def __init__(self, label: str = "", *, counter: str, **rest: Any) -> None:
        self.counter = counter
        super().__init__(label, **rest)

    def select_format(
        self, compiler: SQLCompiler, sql: str, params: Sequence[Any]
    ) -> tuple[str, tuple[str | int, ...]]:
        """In a SELECT the counter stands for the column."""
        return dialect_of(compiler.connection.vendor).next_number(self.counter), ()


class CreateCounters(Operation):
    """The step that makes counters. A migration states each with its first value, so that it always does the same."""

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
    """Counters that the database should have but lacks."""
    connection = connections[alias]
    with connection.cursor() as cursor:

        def read(sql: str) -> Rows:
            cursor.execute(sql)
            return list(cursor.fetchall())

        present = dialect_of(connection.vendor).counters(read)
    return [name for name in declared_counters() if name not in present]

"""The indexes of lists, made once by the migration (see `handsel.tables.indexes`).

PostgreSQL indexes `lower(name)`. SQLite must not index a function of ours: a column beside the text holds it without
case, which is no column of the table to anybody but the statements that write and compare the text.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from handsel.tables.indexes import IndexKey, case_folded_column, list_indexes


class CreateListIndexes(Operation):
    """The migration step that makes the indexes."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Indexes of expressions belong to no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        vendor = schema_editor.connection.vendor
        for table, column in dict.fromkeys(
            (index.table, key.column) for index in list_indexes() for key in index.keys if key.case_folded
        ):
            if vendor == "sqlite":
                schema_editor.execute(f'ALTER TABLE "{table}" ADD COLUMN "{case_folded_column(column)}" text')
        for index in list_indexes():
            keys = ", ".join(_written(key, vendor) for key in index.keys)
            schema_editor.execute(f'CREATE INDEX "{index.name}" ON "{index.table}" ({keys})')

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return "Create the indexes of lists"


def _written(key: IndexKey, vendor: str) -> str:
    """A key as the query compiler sorts by it: nulls first when ascending, last when descending."""
    if key.case_folded:
        if vendor == "sqlite":
            return f'"{case_folded_column(key.column)}"'
        return f'(lower("{key.column}")) COLLATE "C" NULLS FIRST'
    if key.newest:
        return f'"{key.column}" DESC{" NULLS LAST" if vendor == "postgresql" else ""}'
    return f'"{key.column}"'

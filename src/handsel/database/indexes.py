"""The indexes of lists, made once by the migration (see `handsel.tables.indexes`).

PostgreSQL indexes `lower(name)`. SQLite must not index a function of ours: a column beside the text holds it without
case, which is no column of the table to anybody but the statements that write and compare the text.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from handsel.database.dialect import dialect_of
from handsel.tables.indexes import case_folded_column, list_indexes


class CreateListIndexes(Operation):
    """The migration step that makes the indexes."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Indexes of expressions belong to no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        dialect = dialect_of(schema_editor.connection.vendor)
        case_folded = ((index.table, key.column) for index in list_indexes() for key in index.keys if key.case_folded)
        for table, column in dict.fromkeys(case_folded if dialect.keeps_folded_text else ()):
            schema_editor.execute(f'ALTER TABLE "{table}" ADD COLUMN "{case_folded_column(column)}" text')
        for index in list_indexes():
            keys = ", ".join(dialect.index_key(key) for key in index.keys)
            schema_editor.execute(f'CREATE INDEX "{index.name}" ON "{index.table}" ({keys})')

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return "Create the indexes of lists"

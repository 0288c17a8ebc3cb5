"""The indexes of lists as steps of a migration (see `handsel.tables.indexes`).

A migration states each of its indexes, so that it always does the same, whatever is declared later:
`{"account_by_name_accountid": ("account", "lower(name)", "accountid")}`, the table first, then the keys.

PostgreSQL indexes `lower(name)`. SQLite must not index a function of ours: an additional column holds the text
case-folded. Only the statements that write and compare the text know this column; it is not a declared one.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as SchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from handsel.database.dialect import dialect_of
from handsel.tables.indexes import IndexKey, list_indexes

Stated = Mapping[str, tuple[str, ...]]
"""Indexes by name: the table, then the keys as texts."""


def declared_indexes() -> dict[str, tuple[str, ...]]:
    """The indexes that follow from the declarations, as a migration states them."""
    # In the order of the declarations: of two that cost the same, PostgreSQL takes the one that was made last.
    return {index.name: (index.table, *(key.text for key in index.keys)) for index in list_indexes()}


class _ListIndexes(Operation):
    """What both steps share."""

    reversible = True
    serialization_expand_args = ["indexes"]

    def __init__(self, indexes: Stated) -> None:
        self.indexes = indexes

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Indexes of expressions belong to no model."""


class CreateListIndexes(_ListIndexes):
    """The step that makes indexes, on SQLite with the columns they need."""

    def database_forwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _create(schema_editor, self.indexes)

    def database_backwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _drop(schema_editor, self.indexes)

    def describe(self) -> str:
        return "Create indexes of lists"


class DropListIndexes(_ListIndexes):
    """The step that removes indexes. It precedes the step that removes their columns."""

    def database_forwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _drop(schema_editor, self.indexes)

    def database_backwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _create(schema_editor, self.indexes)

    def describe(self) -> str:
        return "Drop indexes of lists"


def _create(schema_editor: SchemaEditor, indexes: Stated) -> None:
    dialect = dialect_of(schema_editor.connection.vendor)
    for table, columns in _case_folded(indexes).items():
        dialect.add_case_folded(schema_editor, table, columns)
    for name, (table, *keys) in indexes.items():
        written = ", ".join(dialect.index_key(IndexKey.read(key)) for key in keys)
        schema_editor.execute(f'CREATE INDEX "{name}" ON "{table}" ({written})')


def _drop(schema_editor: SchemaEditor, indexes: Stated) -> None:
    for name in indexes:
        schema_editor.execute(f'DROP INDEX "{name}"')
    dialect = dialect_of(schema_editor.connection.vendor)
    for table, columns in _case_folded(indexes).items():
        dialect.drop_case_folded(schema_editor, table, columns)


def _case_folded(indexes: Stated) -> dict[str, list[str]]:
    """The case-folded texts in the indexes of each table, each once."""
    found: dict[str, dict[str, None]] = {}
    for table, *keys in indexes.values():
        of_table = found.setdefault(table, {})
        of_table |= {key.column: None for key in map(IndexKey.read, keys) if key.case_folded}
    return {table: list(columns) for table, columns in found.items()}

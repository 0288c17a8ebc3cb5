"""The columns that hold a text case-folded: SQLite's indexes of lists are made of them (decision 0009)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from handsel.database.sqlite.functions import FOLD_CASE
from handsel.tables.fold_case import fold_case
from handsel.tables.indexes import case_folded_column


def add_case_folded(schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Iterable[str]) -> None:
    """Add a column for each text of a table that holds it case-folded, filled for the existing rows."""
    present = columns_of(schema_editor, table)
    missing = [column for column in columns if case_folded_column(column) not in present]
    if not missing:
        return
    for column in missing:
        schema_editor.execute(f'ALTER TABLE "{table}" ADD COLUMN "{case_folded_column(column)}" text')
    schema_editor.connection.connection.create_function(FOLD_CASE, 1, fold_case, deterministic=True)
    filled = ", ".join(f'"{case_folded_column(column)}" = {FOLD_CASE}("{column}")' for column in missing)
    schema_editor.execute(f'UPDATE "{table}" SET {filled}')


def drop_case_folded(schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Iterable[str]) -> None:
    """Remove those columns that no index uses any more."""
    for column in map(case_folded_column, columns):
        if column in columns_of(schema_editor, table) and not _is_indexed(schema_editor, table, column):
            schema_editor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')


def columns_of(schema_editor: BaseDatabaseSchemaEditor, table: str) -> list[str]:
    """The columns of a table as the database has it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s)", (table,))
        return [name for (name,) in cursor.fetchall()]


def _is_indexed(schema_editor: BaseDatabaseSchemaEditor, table: str, column: str) -> bool:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pragma_index_list(%s) AS l, pragma_index_info(l.name) AS i WHERE i.name = %s LIMIT 1",
            (table, column),
        )
        return cursor.fetchone() is not None

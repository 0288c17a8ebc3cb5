"""The rows of a table in SQLite: one prepared statement, sent with the values of all rows (decision 0004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handsel.database.sqlite.values import decoder_of, encode_id, encode_moment, encoder_of
from handsel.database.statements import connection, note_statement
from handsel.database.storage import Coder, StoredColumn, TableStorage
from handsel.tables import django_fields
from handsel.tables.fold_case import fold_case
from handsel.tables.indexes import case_folded_column
from handsel.tables.info import TableInfo


class SQLiteStorage(TableStorage):
    """A row stores a searched text twice: as given and case-folded."""

    def __init__(self, info: TableInfo) -> None:
        super().__init__(info)
        self.searched = frozenset(name for name in self.names if name in info.columns and info.columns[name].searched)

    def decoder(self, field: django_fields.Field) -> Coder | None:
        return decoder_of(field)

    def encoder(self, field: django_fields.Field) -> Coder | None:
        return encoder_of(field)

    def written(self, columns: Iterable[str]) -> list[StoredColumn]:
        found = super().written(columns)
        return found + [
            (case_folded_column(name), name, fold_case) for name, _name, _encode in found if name in self.searched
        ]

    def insert(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        run_many(self.cached_sql("insert", columns, self._insert_sql), self.values(self.written(columns), rows))

    def update(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        written = [*self.written(columns), *self.written((self.key,))]
        run_many(self.cached_sql("update", columns, self._update_sql), self.values(written, rows))

    def _insert_sql(self, columns: tuple[str, ...]) -> str:
        return insert_sql(f'"{self.table}"', [f'"{name}"' for name, _source, _encode in self.written(columns)])

    def _update_sql(self, columns: tuple[str, ...]) -> str:
        assigned = ", ".join(f'"{name}" = ?' for name, _source, _encode in self.written(columns))
        return f'UPDATE "{self.table}" SET {assigned} WHERE "{self.key}" = ?'


def insert_rows(table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows into a table that is not declared; `columns` gives each column its type, as PostgreSQL calls it."""
    encoders = [(name, _ENCODERS.get(kind)) for name, kind in columns.items()]
    values = [
        [row[name] if encode is None or row[name] is None else encode(row[name]) for name, encode in encoders]
        for row in rows
    ]
    run_many(insert_sql(table, list(columns)), values)


_ENCODERS: Mapping[str, Coder] = {"uuid": encode_id, "timestamptz": encode_moment}


def insert_sql(table: str, columns: Sequence[str]) -> str:
    """One INSERT of one row, whose parameters are its values."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def run_many(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Send one prepared statement with many rows of parameters."""
    note_statement(sql)
    wrapper = connection()
    wrapper.ensure_connection()
    wrapper.connection.executemany(sql, rows)

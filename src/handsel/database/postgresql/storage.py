"""The rows of a table in PostgreSQL: one JSON parameter for few rows, COPY for many (decision 0004)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models
from psycopg.types.json import Jsonb

from handsel.database.postgresql.sending import copy_rows
from handsel.database.statements import FEW, send
from handsel.database.storage import Coder, TableStorage, to_json
from handsel.tables import django_fields
from handsel.tables.exact import ExactTextField, ScaledIntegerField
from handsel.tables.info import TableInfo


class PostgreSQLStorage(TableStorage):
    """The driver knows all types, so that only JSON has to be encoded."""

    def __init__(self, info: TableInfo) -> None:
        super().__init__(info)
        fields = {field.column: field for field in info.model._meta.concrete_fields}
        self.types = {name: _type(fields[name]) for name in self.names}

    def decoder(self, field: django_fields.Field) -> Coder | None:
        return None

    def encoder(self, field: django_fields.Field) -> Coder | None:
        return (lambda value: Jsonb(value, to_json)) if isinstance(field, models.JSONField) else None

    def insert(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        if len(rows) <= FEW:
            send(self.cached_sql("insert", columns, self._insert_sql), (to_json(rows),))
        else:
            types = {name: self.types[name] for name in columns}
            copy_rows(self.table, types, self.values(self.written(columns), rows))

    def update(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        listed = (*columns, self.key)
        changed = [{name: row.get(name) for name in listed} for row in rows]
        send(self.cached_sql("update", columns, self._update_sql), (to_json(changed),))

    def _insert_sql(self, columns: tuple[str, ...]) -> str:
        typed = {f'"{name}"': self.types[name] for name in columns}
        return insert_sql(f'"{self.table}"', typed)

    def _update_sql(self, columns: tuple[str, ...]) -> str:
        typed = ", ".join(f'"{name}" {self.types[name]}' for name in (self.key, *columns))
        assigned = ", ".join(f'"{name}" = x."{name}"' for name in columns)
        return (
            f'UPDATE "{self.table}" AS t SET {assigned} FROM json_to_recordset(%s::json) AS x({typed}) '
            f'WHERE t."{self.key}" = x."{self.key}"'
        )


def insert_rows(table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows into a table that is not declared; `columns` gives each column its type."""
    if len(rows) <= FEW:
        send(insert_sql(table, columns), (to_json(rows),))
    else:
        copy_rows(table, columns, ([row[name] for name in columns] for row in rows))


def insert_sql(table: str, columns: Mapping[str, str]) -> str:
    """One INSERT for any number of rows, which are its one parameter."""
    listed = ", ".join(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM json_to_recordset(%s::json) AS x({typed})"


def _type(field: django_fields.Field) -> str:
    return next((name for kinds, name in _TYPES if isinstance(field, kinds)), "text")


_TYPES: Sequence[tuple[tuple[type, ...], str]] = (
    ((models.ForeignKey, models.UUIDField), "uuid"),
    ((ScaledIntegerField, ExactTextField), "numeric"),
    ((models.BooleanField,), "boolean"),
    ((models.BigIntegerField,), "bigint"),
    ((models.IntegerField,), "integer"),
    ((models.FloatField,), "double precision"),
    ((models.DateTimeField,), "timestamptz"),
    ((models.DateField,), "date"),
    ((models.JSONField,), "jsonb"),
)
"""Columns of Django and their types. The first match is taken, because a moment is a date as well."""

"""How a declared table's rows travel to and from each database, compiled once per table and vendor."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db import models
from psycopg.types.json import Jsonb

from handsel.database.row import Row
from handsel.tables.exact import ExactTextField, ScaledIntegerField, from_scaled, rate_text, to_scaled
from handsel.tables.fold_case import fold_case
from handsel.tables.indexes import case_folded_column
from handsel.tables.info import TableInfo, table_info

CUSTOM = "hs_custom"
"""The JSON column that holds the values of custom columns."""

_encoder = msgspec.json.Encoder(decimal_format="string")
_decode_json = msgspec.json.Decoder().decode


def to_json(value: Any) -> str:
    """Compact JSON; decimals as strings, so that they stay exact."""
    return _encoder.encode(value).decode()


def from_json(text: str | bytes) -> Any:
    """What `to_json` wrote."""
    return _decode_json(text)


StoredColumn = tuple[str, str, Callable[[Any], Any] | None]
"""A column of the database, the column of the row that its value is made from, and how."""


class TableStorage:
    """The columns of one table in one database: select list, decoding, INSERT, UPDATE and DELETE statements."""

    def __init__(self, info: TableInfo, vendor: str) -> None:
        self.info = info
        self.vendor = vendor
        fields = [field for field in info.model._meta.concrete_fields if self._stored(field)]
        self.fields = fields
        self.names = [str(field.column) for field in fields]
        self.attributes = [field.attname for field in fields]
        self.types: dict[str, str] = {str(field.column): self._postgresql_type(field) for field in fields}
        decoders = ((index, self._decoder(field)) for index, field in enumerate(fields))
        self.decoders = [(index, decode) for index, decode in decoders if decode is not None]
        self.encoders: dict[str, Callable[[Any], Any] | None] = {
            str(field.column): self._encoder(field) for field in fields
        }
        self.custom_index = self.names.index(CUSTOM)
        self.key = info.primary_key
        self.key_index = self.names.index(self.key)
        self.name_set = frozenset(self.names)
        self.searched = frozenset(name for name in self.names if name != CUSTOM and info.columns[name].searched)
        self._sql: dict[tuple[str, tuple[str, ...]], str] = {}

    def _stored(self, field: Any) -> bool:
        # Password and last login of a user are not declared columns: no door reaches them (architecture 7).
        return field.column in self.info.columns or field.column == CUSTOM

    @staticmethod
    def _postgresql_type(field: Any) -> str:
        if isinstance(field, (models.ForeignKey, models.UUIDField)):
            return "uuid"
        if isinstance(field, (ScaledIntegerField, ExactTextField)):
            return "numeric"
        if isinstance(field, models.BooleanField):
            return "boolean"
        if isinstance(field, models.BigIntegerField):
            return "bigint"
        if isinstance(field, models.IntegerField):
            return "integer"
        if isinstance(field, models.FloatField):
            return "double precision"
        if isinstance(field, models.DateTimeField):
            return "timestamptz"
        if isinstance(field, models.DateField):
            return "date"
        if isinstance(field, models.JSONField):
            return "jsonb"
        return "text"

    def _decoder(self, field: Any) -> Callable[[Any], Any] | None:
        if field.column == CUSTOM:
            return lambda value: _decode_json(value) if isinstance(value, (str, bytes)) else value
        if self.vendor == "postgresql":
            return None
        if isinstance(field, (models.ForeignKey, models.UUIDField)):
            return _uuid
        if isinstance(field, ScaledIntegerField):
            return _scaled_decoder(field.places)
        if isinstance(field, ExactTextField):
            return Decimal
        if isinstance(field, models.BooleanField):
            return bool
        if isinstance(field, models.DateTimeField):
            return _aware
        if isinstance(field, models.DateField):
            return lambda value: value if isinstance(value, date) else date.fromisoformat(value)
        return None

    def _encoder(self, field: Any) -> Callable[[Any], Any] | None:
        if self.vendor == "postgresql":
            return (lambda value: Jsonb(value, to_json)) if isinstance(field, models.JSONField) else None
        if isinstance(field, (models.ForeignKey, models.UUIDField)):
            return lambda value: value.hex
        if isinstance(field, ScaledIntegerField):
            places = field.places
            return lambda value: to_scaled(value, places)
        if isinstance(field, ExactTextField):
            places = field.places
            return lambda value: rate_text(value, places)
        if isinstance(field, models.DateTimeField):
            return _moment_text
        if isinstance(field, models.DateField):
            return date.isoformat
        if isinstance(field, models.JSONField):
            return to_json
        return None

    def rows(self, tuples: Iterable[Sequence[Any]]) -> list[Row]:
        """Database tuples in the order of `names` as rows."""
        columns: list[Sequence[Any]] = list(zip(*tuples, strict=True))
        if not columns:
            return []
        count = len(columns[0])
        for index, decode in self.decoders:
            values = columns[index]
            if values.count(None) < count:
                columns[index] = [None if value is None else decode(value) for value in values]
        names, table = self.names, self.info.logical_name
        found = [
            Row(table, key, zip(names, values, strict=True))
            for key, values in zip(columns[self.key_index], zip(*columns, strict=True), strict=True)
        ]
        if columns[self.custom_index].count(None) < count:
            for row in found:
                row.update(row[CUSTOM] or ())
        return found

    def written(self, columns: Iterable[str]) -> list[StoredColumn]:
        """What is written for these columns; SQLite also holds a searched text without case."""
        found: list[StoredColumn] = [(name, name, self.encoders[name]) for name in columns]
        if self.vendor == "sqlite":
            found += [
                (case_folded_column(name), name, fold_case) for name, _name, _encode in found if name in self.searched
            ]
        return found

    def insert_sql(self, columns: tuple[str, ...]) -> str:
        """One INSERT for any number of rows that give these columns."""
        return self._cached("insert", columns, self._insert_sql)

    def _insert_sql(self, columns: tuple[str, ...]) -> str:
        table, listed = self.info.logical_name, ", ".join(f'"{name}"' for name in columns)
        if self.vendor == "postgresql":
            typed = ", ".join(f'"{name}" {self.types[name]}' for name in columns)
            return f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM json_to_recordset(%s::json) AS x({typed})'
        names = [name for name, _source, _encode in self.written(columns)]
        listed = ", ".join(f'"{name}"' for name in names)
        return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'

    def update_sql(self, columns: tuple[str, ...]) -> str:
        """One UPDATE for any number of rows that give the key and these columns."""
        return self._cached("update", columns, self._update_sql)

    def _update_sql(self, columns: tuple[str, ...]) -> str:
        table = self.info.logical_name
        if self.vendor == "postgresql":
            typed = ", ".join(f'"{name}" {self.types[name]}' for name in (self.key, *columns))
            assigned = ", ".join(f'"{name}" = x."{name}"' for name in columns)
            return (
                f'UPDATE "{table}" AS t SET {assigned} FROM json_to_recordset(%s::json) AS x({typed}) '
                f'WHERE t."{self.key}" = x."{self.key}"'
            )
        assigned = ", ".join(f'"{name}" = ?' for name, _source, _encode in self.written(columns))
        return f'UPDATE "{table}" SET {assigned} WHERE "{self.key}" = ?'

    def delete_sql(self) -> str:
        """One DELETE for any number of keys."""
        table = self.info.logical_name
        if self.vendor == "postgresql":
            return f'DELETE FROM "{table}" WHERE "{self.key}" = ANY(%s)'
        return f'DELETE FROM "{table}" WHERE "{self.key}" IN (SELECT value FROM json_each(?))'

    def _cached(self, verb: str, columns: tuple[str, ...], build: Callable[[tuple[str, ...]], str]) -> str:
        key = (verb, columns)
        sql = self._sql.get(key)
        if sql is None:
            if len(self._sql) > 500:
                self._sql.clear()
            sql = self._sql[key] = build(columns)
        return sql


# The rows of a document share owner, currency, products, amounts and moments, so most values of SQLite have just been
# decoded before. Looking one up takes a tenth of making it.
_uuid = functools.lru_cache(maxsize=8192)(UUID)


@functools.cache
def _scaled_decoder(places: int) -> Callable[[int], Decimal]:
    return functools.lru_cache(maxsize=8192)(lambda value: from_scaled(value, places))


@functools.lru_cache(maxsize=1024)
def _aware(value: datetime | str) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC)


@functools.lru_cache(maxsize=1024)
def _moment_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


@functools.cache
def storage(table: str, vendor: str) -> TableStorage:
    """The storage of a table (by logical name) in a database of this vendor."""
    return TableStorage(table_info(table), vendor)

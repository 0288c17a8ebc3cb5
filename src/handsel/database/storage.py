"""How a declared table's rows are written to and read from a database, compiled once per table.

This is the part that all databases share; encoding of values and statements are in each one's subclass (see `dialect`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from handsel.database.row import Row
from handsel.tables import django_fields
from handsel.tables.info import TableInfo

CUSTOM = "hs_custom"
"""The JSON column that holds the values of custom columns."""

_encoder = msgspec.json.Encoder(decimal_format="string")
_decode_json = msgspec.json.Decoder().decode


def to_json(value: object) -> str:
    """Compact JSON; decimals as strings, so that they stay exact."""
    return _encoder.encode(value).decode()


def from_json(text: str | bytes) -> Any:
    """What `to_json` wrote."""
    return _decode_json(text)


Coder: TypeAlias = Callable[[Any], Any]
"""Converts a value that is not null to what the database holds, or back."""
StoredColumn = tuple[str, str, Coder | None]
"""A column of the database, the column of the row that its value comes from, and the conversion."""


class TableStorage(ABC):
    """The columns of one table in one database: select list, decoding, INSERT, UPDATE and DELETE statements."""

    def __init__(self, info: TableInfo) -> None:
        self.info = info
        self.table = info.logical_name
        fields = [field for field in info.model._meta.concrete_fields if self._stored(field)]
        self.names = [str(field.column) for field in fields]
        self.attributes = [field.attname for field in fields]
        self.decoders: list[tuple[int, Coder]] = []
        self.decoder_of: dict[str, Coder] = {}
        self.encoders: dict[str, Coder | None] = {}
        for index, field in enumerate(fields):
            decode = self._decode_custom if field.column == CUSTOM else self.decoder(field)
            if decode is not None:
                self.decoders.append((index, decode))
                self.decoder_of[str(field.column)] = decode
            self.encoders[str(field.column)] = self.encoder(field)
        self.custom_index = self.names.index(CUSTOM)
        self.key = info.primary_key
        self.key_index = self.names.index(self.key)
        self.name_set = frozenset(self.names)
        self._sql: dict[tuple[str, tuple[str, ...]], str] = {}

    def _stored(self, field: django_fields.Field) -> bool:
        # Password and last login of a user are not declared columns: no surface reaches them (architecture 7).
        return field.column in self.info.columns or field.column == CUSTOM

    @staticmethod
    def _decode_custom(value: Any) -> Any:
        return _decode_json(value) if isinstance(value, (str, bytes)) else value

    @abstractmethod
    def decoder(self, field: django_fields.Field) -> Coder | None:
        """The function that makes Python's value from the database's; None where they are the same."""

    @abstractmethod
    def encoder(self, field: django_fields.Field) -> Coder | None:
        """The function that makes the database's value from Python's; None where they are the same."""

    def rows(self, tuples: Iterable[Sequence[object]]) -> list[Row]:
        """Database tuples in the order of `names` as rows."""
        columns: list[Sequence[Any]] = list(zip(*tuples, strict=True))
        if not columns:
            return []
        count = len(columns[0])
        for index, decode in self.decoders:
            values = columns[index]
            if values.count(None) < count:
                columns[index] = [None if value is None else decode(value) for value in values]
        names, table = self.names, self.table
        found = [
            Row(table, key, zip(names, values, strict=True))
            for key, values in zip(columns[self.key_index], zip(*columns, strict=True), strict=True)
        ]
        if columns[self.custom_index].count(None) < count:
            for row in found:
                row.update(row[CUSTOM] or ())
        return found

    def written(self, columns: Iterable[str]) -> list[StoredColumn]:
        """The database columns that are written for these columns."""
        return [(name, name, self.encoders[name]) for name in columns]

    @abstractmethod
    def insert(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows that give these columns, in one statement."""

    @abstractmethod
    def update(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
        """Write these columns of existing rows, in one statement."""

    def values(
        self, written: Iterable[StoredColumn], rows: Sequence[Mapping[str, object]]
    ) -> Iterable[Sequence[object]]:
        """The rows' values as the driver takes them. Made column by column, which costs half as much as row by row."""
        encoded = []
        for _column, name, encode in written:
            values = [row.get(name) for row in rows]
            if encode is not None:
                values = [None if value is None else encode(value) for value in values]
            encoded.append(values)
        return zip(*encoded, strict=True)

    def cached_sql(self, verb: str, columns: tuple[str, ...], build: Callable[[tuple[str, ...]], str]) -> str:
        """The statement that `build` made for these columns when it was first asked for."""
        key = (verb, columns)
        sql = self._sql.get(key)
        if sql is None:
            if len(self._sql) > 500:
                self._sql.clear()
            sql = self._sql[key] = build(columns)
        return sql

"""Formats the values of many rows; the related rows that they need are read together, before the first is formatted."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.query.formatting.amounts import CurrencyFormat, currency_format, money_text, number_text
from handsel.query.formatting.locale import EN_US, Locale
from handsel.query.formatting.related import Reader, RelatedRows
from handsel.query.formatting.values import value_text
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.lookups import target_of

CURRENCY = "transactioncurrency"
CURRENCY_COLUMN = "transactioncurrencyid"


@dataclass(frozen=True, slots=True)
class Field:
    """A value that each row has under `name`; `column` is its column, None for a count or a part of a date.

    `currency` is the name of the currency of an amount in the row. `has_implied_columns` says that the row also has the
    column with the table of a lookup to several tables. `is_computed` marks a computed number, `is_part` a part of a
    date.
    """

    name: str
    column: ColumnInfo | None
    currency: str | None = CURRENCY_COLUMN
    has_implied_columns: bool = False
    is_computed: bool = False
    is_part: bool = False


@functools.lru_cache(maxsize=256)
def fields_of(info: TableInfo) -> Mapping[str, Field]:
    """The fields of a table's rows, by logical name."""
    return {name: Field(name, column, has_implied_columns=True) for name, column in info.columns.items()}


class Formatter:
    """Formats values of rows in a locale. `settings` are the organization's.

    `names` reads related rows as the acting user, `currencies` reads currencies as the system: an amount has its
    currency for every user.
    """

    def __init__(self, names: Reader, currencies: Reader, settings: Mapping[str, Any], locale: Locale = EN_US) -> None:
        self.locale = locale
        self.base_currency: UUID | None = settings.get("basecurrencyid")
        self._named = RelatedRows(names)
        self._currency_rows = RelatedRows(currencies)
        self._currencies: dict[UUID | None, CurrencyFormat] = {}

    def prefetch(self, fields: Iterable[Field], rows: Sequence[Mapping[str, Any]]) -> None:
        """Read the related rows that these fields need, at most one statement for each table that lookups point to.

        Currencies come first: if both readers share their rows, the names of currencies need no further statement.
        """
        currencies: set[UUID | None] = set()
        wanted: dict[str, set[UUID | None]] = defaultdict(set)
        for field in fields:
            column = field.column
            if column is None:
                continue
            if column.targets:
                for row in rows:
                    id = row.get(field.name)
                    for table in _tables(field, row, id) if id is not None else ():
                        wanted[table].add(id)
            if column.kind == "Money":
                currencies.update(self._currency_of(field, row) for row in rows)
        if currencies:
            self._currency_rows.prefetch({CURRENCY: currencies})
        self._named.prefetch(wanted)
        self._currencies.clear()

    def text(self, field: Field, row: Mapping[str, Any], value: Any) -> str | None:
        """The text of one value; None if there is nothing to add."""
        column = field.column
        if column is None:
            return str(value) if field.is_part else number_text(value, self.locale)
        if column.targets:
            table = self.table(field, row, value)
            return None if table is None else self._named.name(table, value)
        if column.kind == "Money":
            return money_text(value, self.currency(self._currency_of(field, row)), self.locale)
        if field.is_computed and column.kind not in ("Decimal", "Double"):
            return number_text(value, self.locale)
        return value_text(column, value, self.locale)

    def table(self, field: Field, row: Mapping[str, object], id: UUID) -> str | None:
        """The table of the row that a lookup points to, if that row was found."""
        return next((table for table in _tables(field, row, id) if self._named.get(table, id) is not None), None)

    def _currency_of(self, field: Field, row: Mapping[str, Any]) -> UUID | None:
        """The id of the currency that an amount is in."""
        if field.column is not None and field.column.base_of:
            return self.base_currency
        return row.get(field.currency) if field.currency is not None else None

    def currency(self, id: UUID | None) -> CurrencyFormat:
        """The format of amounts in a currency read before; `NO_CURRENCY` if it was not found."""
        found = self._currencies.get(id)
        if found is None:
            found = self._currencies[id] = currency_format(self._currency_rows.get(CURRENCY, id))
        return found


def _tables(field: Field, row: Mapping[str, object], id: UUID) -> Sequence[str]:
    """The tables that the value of a lookup may belong to."""
    column = field.column
    if column is None or not field.has_implied_columns:
        return () if column is None else column.targets
    table = target_of(column, row, id)
    return () if table is None or table not in column.targets else (table,)

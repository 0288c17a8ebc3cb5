"""Values as people read them: option labels, amounts with their currency, dates, names of related rows."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handsel.database.row import Row
from handsel.tables.info import ColumnInfo, TableInfo, all_tables
from handsel.tables.lookups import target_of

if TYPE_CHECKING:
    from handsel.webapi.protocol.call import Call

CURRENCY = "transactioncurrency"


class Formatter:
    """Formats the values of some rows of one table; names of related rows are read together."""

    def __init__(self, call: Call, info: TableInfo, rows: Sequence[Row]) -> None:
        self.work = call.work
        self.info, self.rows = info, rows
        self.base_currency: UUID | None = self.work.organization.settings.get("basecurrencyid")
        self.names: dict[tuple[str, UUID], str] = {}
        self.currencies: Mapping[UUID, Row] = {}

    def look_up(self, columns: Iterable[str]) -> None:
        """Read what the texts of these columns need: one statement for each table that lookups lead to."""
        wanted: dict[str, set[UUID]] = defaultdict(set)
        asked = [self.info.columns[name] for name in columns]
        for column in asked:
            if targets_of(column):
                for row in self.rows:
                    value = row.get(column.logical_name)
                    table = target_of(column, row, value) if value is not None else None
                    if table in targets_of(column) and value is not None:
                        wanted[table].add(value)
        for table, ids in wanted.items():
            info = self.work.info(table)
            for id, found in self.work.as_user.load(table, ids).items():
                self.names[(table, id)] = found.get(info.primary_name) or ""
        if any(column.kind == "Money" for column in asked):
            used = [row.get("transactioncurrencyid") for row in self.rows]
            self.currencies = self.work.as_system.load(CURRENCY, [*used, self.base_currency])

    def text(self, column: ColumnInfo, row: Row, value: Any) -> str | None:
        """The text of one value; None where there is nothing to add."""
        if targets_of(column):
            table = target_of(column, row, value)
            return self.names.get((table, value)) if table is not None else None
        if column.kind == "Money":
            id = self.base_currency if column.base_of else row.get("transactioncurrencyid")
            return amount_text(value, self.currencies.get(id) if id is not None else None)
        return value_text(column, value)


def targets_of(column: ColumnInfo) -> tuple[str, ...]:
    """The tables that a lookup leads to, of those that are there: a campaign's id leads nowhere."""
    return tuple(table for table in column.targets if table in _declared())


@functools.cache
def _declared() -> frozenset[str]:
    return frozenset(info.logical_name for info in all_tables())


def value_text(column: ColumnInfo, value: Any) -> str | None:
    """The text of a value that says all by itself; None where there is nothing to add."""
    formatter = _FORMATTERS.get(column.kind)
    return None if formatter is None else formatter(column, value)


def amount_text(value: Decimal, currency: Mapping[str, Any] | None) -> str:
    """An amount with symbol and decimals of its currency; a bare number where the currency is not known."""
    if currency is None:
        return f"{value:,.2f}"
    places = currency.get("currencyprecision")
    number = f"{abs(value):,.{2 if places is None else places}f}"
    return f"{'-' if value < 0 else ''}{currency.get('currencysymbol') or ''}{number}"


def number_text(value: int | float | Decimal) -> str:
    """A number that is no column's: whole, or with two decimals."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _label(column: ColumnInfo, value: Any) -> str | None:
    return column.labels.get(int(value))


def _moment(_column: ColumnInfo, value: date) -> str:
    day = f"{value.month}/{value.day}/{value.year}"
    if not isinstance(value, datetime):
        return day
    return f"{day} {value.hour % 12 or 12}:{value.minute:02} {'AM' if value.hour < 12 else 'PM'}"


def _decimal(column: ColumnInfo, value: Any) -> str:
    return f"{value:,.{2 if column.precision is None else column.precision}f}"


_FORMATTERS: Mapping[str, Callable[[ColumnInfo, Any], str | None]] = {
    "Boolean": _label,
    "Picklist": _label,
    "State": _label,
    "Status": _label,
    "DateTime": _moment,
    "Decimal": _decimal,
    "Double": _decimal,
    "Integer": lambda _column, value: f"{value:,}",
    "BigInt": lambda _column, value: f"{value:,}",
}

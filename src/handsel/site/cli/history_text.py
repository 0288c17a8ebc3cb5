"""What one message did to a document, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from handsel.site.cli.display import amount, quantity
from handsel.tables.info import TableInfo, table_info

if TYPE_CHECKING:
    from handsel.chain.document.snapshot.history import (
        ColumnChange,
        DocumentChange,
        HistoryEntry,
        OtherChanges,
    )
    from handsel.database.row import ColumnValue
    from handsel.query.formatting.amounts import CurrencyFormat

_MOST_COLUMNS = 3


def summary(entry: HistoryEntry, table: str, currency: CurrencyFormat) -> str:
    """`Draft → Active; total 10.00 → 12.00 USD`: amounts with the decimals and the code of their currency."""
    info = table_info(table)
    parts = [part for change in entry.changes for part in _document(info, change, currency)]
    return "; ".join([*parts, *(_counted(info, others) for others in entry.others)])


_VERBS = {"create": "added", "update": "changed", "delete": "removed"}


def _counted(info: TableInfo, others: OtherChanges) -> str:
    what = "line" if others.table in info.line_tables else table_info(others.table).label.lower()
    return f"{others.count} {what}{'s' if others.count > 1 else ''} {_VERBS[others.action]}"


def _document(info: TableInfo, change: DocumentChange, currency: CurrencyFormat) -> list[str]:
    changed = {column.name: column for column in change.columns}
    total = changed.get("totalamount")
    if change.action == "create":
        return ["created" + (f", total {_amount(total.new, currency)}" if total is not None else "")]
    if change.action == "delete":
        return ["deleted"]
    parts = []
    if "statecode" in changed:
        parts.append(_states(info.columns["statecode"].labels, changed["statecode"]))
    if total is not None:
        old = amount(total.old, currency.precision) if isinstance(total.old, Decimal) else ""
        parts.append(f"total {old or 'none'} → {_amount(total.new, currency)}")
    skipped = ("statecode", "statuscode", *(name for name in changed if name.startswith("total")))
    named = [_column(info, column, currency) for name, column in changed.items() if name not in skipped]
    if len(named) > _MOST_COLUMNS:
        named = [*named[:_MOST_COLUMNS], f"{len(named) - _MOST_COLUMNS} more"]
    return parts + named


def _states(labels: Mapping[int, str], change: ColumnChange) -> str:
    return f"{_label(labels, change.old)} → {_label(labels, change.new)}"


def _label(labels: Mapping[int, str], value: ColumnValue) -> str:
    return labels.get(value, str(value)) if isinstance(value, int) else str(value)


def _column(info: TableInfo, change: ColumnChange, currency: CurrencyFormat) -> str:
    column, new = info.columns.get(change.name), change.new
    label = column.label if column is not None and column.label else change.name
    if new is None:
        return f"{label} emptied"
    if column is not None and column.kind in ("Lookup", "Owner", "Customer", "Uniqueidentifier"):
        return f"{label} set"
    if column is not None and column.labels:
        return f"{label}: {_label(column.labels, new)}"
    text = _plain(new)
    if column is not None and column.kind == "Money":
        text = _amount(new, currency)
    elif column is not None and isinstance(new, Decimal):
        text = quantity(new)
    return f"{label}: {text if len(text) <= 30 else text[:29] + '…'}"


def _amount(value: ColumnValue, currency: CurrencyFormat) -> str:
    if isinstance(value, Decimal):
        return f"{amount(value, currency.precision)} {currency.code}"
    return "" if value is None else str(value)


def _plain(value: ColumnValue) -> str:
    """A value as the Web API writes it."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)

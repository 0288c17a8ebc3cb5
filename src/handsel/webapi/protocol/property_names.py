"""The names of properties: a lookup is read as `_customerid_value` (Web API 5)."""

from __future__ import annotations

from handsel.tables.info import ColumnInfo


def property_name(column: ColumnInfo) -> str:
    """The name under which a column is read."""
    return f"_{column.logical_name}_value" if column.is_lookup else column.logical_name

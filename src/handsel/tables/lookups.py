"""Which table the value of a lookup belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from handsel.tables.info import ColumnInfo


def target_of(column: ColumnInfo, row: Mapping[str, object], value: UUID) -> str | None:
    """The table that a lookup's value belongs to; None if it is unknown."""
    if column.type_column:
        found = row.get(column.type_column)
        return found if isinstance(found, str) else None
    for table, part in column.split.items():
        if row.get(part) == value:
            return table
    return column.targets[0] if len(column.targets) == 1 else None

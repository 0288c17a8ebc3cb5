"""A row as it was when it was read, immutable, with the names of the rows that its lookups refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.query.formatting.formatter import Field, Formatter, fields_of
from handsel.tables.info import TableInfo

_UNNAMED = frozenset(("owningbusinessunit",))
"""Lookups whose names a snapshot leaves out."""


@dataclass(frozen=True, slots=True)
class RowSnapshot(Mapping[str, Any]):
    """The values of a row by logical name. `names` has the name of the row in each lookup, by lookup column.

    A lookup to a row that is deleted, or that the acting user may not see, has no name.
    """

    info: TableInfo = field(repr=False, compare=False)
    id: UUID
    columns: Mapping[str, Any]
    names: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def table(self) -> str:
        """The logical name of its table."""
        return self.info.logical_name

    @property
    def reference(self) -> Reference:
        """The row as a lookup value."""
        return Reference(self.table, self.id)

    def name(self, column: str) -> str:
        """The name of the row in a lookup; empty for an empty lookup and for a row without a name here."""
        return self.names.get(column, "")


def named_fields(info: TableInfo) -> list[Field]:
    """The lookups of a table that are shown by name, and its amounts, which need their currencies."""
    return [
        fields_of(info)[name]
        for name, column in info.columns.items()
        if (column.targets or column.kind == "Money") and name not in _UNNAMED and column.parent_column is None
    ]


def row_snapshot(info: TableInfo, row: Row, fields: list[Field], formatter: Formatter) -> RowSnapshot:
    """A copy of a row; `formatter` has prefetched what `fields`, those of the table, need."""
    names = {}
    for each in fields:
        value = row.get(each.name)
        if value is not None and each.column is not None and each.column.targets:
            name = formatter.text(each, row, value)
            if name is not None:
                names[each.name] = name
    columns = {name: value for name, value in row.items() if name in info.columns}
    return RowSnapshot(info, row.id, MappingProxyType(columns), MappingProxyType(names))

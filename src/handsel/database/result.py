"""A row as it is for those who got it from a message or a query: the same class, its values typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from handsel.database import row

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_values

    from handsel.database.row import ColumnValue, T

    class Row(row.Row):
        """The engine uses a value by what it knows of its column. Other code is told what a value may be at all, and
        asks for what it expects: `order.value("totalamount", Decimal)`.
        """

        def __getitem__(self, name: str, /) -> ColumnValue: ...
        @overload
        def get(self, name: str, default: None = None, /) -> ColumnValue: ...
        @overload
        def get(self, name: str, default: T, /) -> ColumnValue | T: ...
        def get(self, name: str, default: object = None, /) -> object: ...
        def items(self) -> dict_items[str, ColumnValue]: ...
        def values(self) -> dict_values[str, ColumnValue]: ...

else:
    Row = row.Row

"""Which columns of a resulting row a caller wants back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handsel.errors import InvalidArgument, abbreviated


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Which columns of a resulting row come back. It never limits what is copied (behaviour 3)."""

    all_columns: bool = True
    columns: tuple[str, ...] = ()

    @staticmethod
    def of(value: object) -> ColumnSet | None:
        """A column set from its JSON forms: an object, or a bare list of columns. None stays None: every column."""
        if value is None or isinstance(value, ColumnSet):
            return value
        if isinstance(value, Mapping):
            listed = value.get("Columns")
            if value.get("AllColumns") or listed is None:
                return ColumnSet()
            value = listed
        if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            return ColumnSet(all_columns=False, columns=tuple(value))
        raise InvalidArgument(
            f'ColumnSet must be {{"AllColumns": true}} or a list of columns, not {abbreviated(value)}.'
        )

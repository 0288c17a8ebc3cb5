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
            return _of_object(value)
        return ColumnSet(all_columns=False, columns=_names(value))


def _of_object(given: Mapping[str, object]) -> ColumnSet:
    """A column set from an object. All columns, unless it lists some or says that it does not want all."""
    for name in given:
        if name not in ("AllColumns", "Columns") and "@" not in name:
            raise InvalidArgument(f"ColumnSet has no property {abbreviated(name)}. It takes AllColumns and Columns.")
    every, listed = given.get("AllColumns"), given.get("Columns")
    if every is not None and not isinstance(every, bool):
        raise InvalidArgument(f"ColumnSet: AllColumns must be true or false, not {abbreviated(every)}.")
    columns = () if listed is None else _names(listed)
    return ColumnSet() if every or (every is None and listed is None) else ColumnSet(False, columns)


def _names(listed: object) -> tuple[str, ...]:
    if isinstance(listed, (list, tuple)) and all(isinstance(name, str) for name in listed):
        return tuple(listed)
    raise InvalidArgument(
        f'ColumnSet must be {{"AllColumns": true}} or a list of the names of columns, not {abbreviated(listed)}.'
    )

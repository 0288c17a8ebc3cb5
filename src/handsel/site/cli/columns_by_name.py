"""Columns and values as people type them: a column by its name or label, a value by its text."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from handsel.errors import InvalidArgument, InvalidValue, UnknownColumn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handsel.database.row import ColumnValue
    from handsel.site.session import Session
    from handsel.tables.info import ColumnInfo, TableInfo

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def column_called(info: TableInfo, name: str) -> ColumnInfo:
    """The column of a table with this logical name, with or without the `id` of a lookup, or with this label.

    Raises UnknownColumn, which names near ones.
    """
    wanted = name.strip().lower()
    for known in (wanted, f"{wanted}id", f"{wanted}code"):
        if known in info.columns:
            return info.columns[known]
    labelled = [column for column in info.columns.values() if column.label.lower() == wanted]
    if len(labelled) == 1:
        return labelled[0]
    near = get_close_matches(wanted, list(info.columns), n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownColumn(f"{info.label} has no column '{name}'.{hint}", table=info.logical_name, column=name)


def assigned(session: Session, info: TableInfo, texts: Iterable[str]) -> dict[str, ColumnValue]:
    """The values of `column=value` texts, by logical name. Raises InvalidArgument for another form."""
    values: dict[str, ColumnValue] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidArgument(f"'{text}' is no column=value, such as name='Office move'.")
        column = column_called(info, name)
        if column.logical_name in values:
            raise InvalidArgument(f"{column.logical_name} is given twice.")
        values[column.logical_name] = value_typed(session, info, column, value)
    return values


def value_typed(session: Session, info: TableInfo, column: ColumnInfo, text: str) -> ColumnValue:
    """The value that a text stands for: a label of a choice, the number or name of a related record, yes and no.

    An empty text is no value. The engine reads and checks numbers, dates and texts. Raises InvalidValue for another
    label, and for a related record NotFound (0x80040217) or, for several, InvalidArgument.
    """
    if not text.strip():
        return None
    if column.labels and column.kind != "Boolean":
        return _option(info, column, text)
    if column.kind == "Boolean":
        found = _YES.get(text.strip().lower())
        if found is None:
            found = next((bool(value) for value, label in column.labels.items() if label.lower() == text.lower()), None)
        if found is None:
            raise InvalidValue(f"{info.label}: {column.logical_name} is yes or no, not '{text}'.")
        return found
    if column.targets:
        return _related(session, column, text)
    if column.kind in ("Integer", "BigInt") and text.strip().lstrip("+-").isdecimal():
        return int(text)
    return text


def _option(info: TableInfo, column: ColumnInfo, text: str) -> int:
    wanted = text.strip()
    if wanted.lstrip("-").isdecimal():
        return int(wanted)
    found = [value for value, label in column.labels.items() if label.lower() == wanted.lower()]
    if len(found) == 1:
        return int(found[0])
    known = ", ".join(f"{label} ({value})" for value, label in column.labels.items())
    raise InvalidValue(f"{info.label}: {column.logical_name} is one of {known}, not '{text}'.")


def _related(session: Session, column: ColumnInfo, text: str) -> ColumnValue:
    """The record that a lookup is to point to, looked for in its tables one after the other."""
    from handsel.errors import NotFound
    from handsel.site.cli.records import find_record, require_table

    table, _, rest = text.partition(" ")
    if rest and table.lower() in column.targets:
        return find_record(session, rest, require_table(session, table.lower()))
    missed: NotFound | None = None
    for target in column.targets:
        try:
            return find_record(session, text, require_table(session, target))
        except NotFound as error:
            missed = error
    assert missed is not None, "a lookup has a target"
    raise missed

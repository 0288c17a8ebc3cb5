"""A column and the values it is compared with, as SQL of one type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.expressions import Expression, Value

from handsel.query.compile.expressions import CaseFolded, CustomValue, Derived, Digits, DigitsValue, Hidden, Ref
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.literals import checked
from handsel.query.tree.nodes import Literal
from handsel.tables.indexes import case_folded_column
from handsel.tables.info import ColumnInfo

_CASTS = {
    Family.TEXT: "text",
    Family.WHOLE: "bigint",
    Family.DIGITS: "numeric",
    Family.FLOAT: "double precision",
    Family.BOOLEAN: "boolean",
    Family.MOMENT: "timestamptz",
    Family.DATE: "date",
    Family.ID: "uuid",
}
"""The PostgreSQL type that the values of a custom column are compared as."""


def hidden(column: ColumnInfo, alias: str) -> Hidden:
    """A column that the user may not read, in place of the one in the database."""
    return Hidden(alias, column.logical_name, _CASTS.get(family_of(column), "numeric"))


def stored_value(column: ColumnInfo, raw: Ref | Derived) -> Expression:
    """A column as it is stored: for null tests and ids. `raw` is the field, or the JSON that holds a custom column."""
    if column.is_custom and not isinstance(raw, Hidden):
        return CustomValue(raw, column.logical_name, _CASTS[family_of(column)])
    return raw


def comparable(column: ColumnInfo, raw: Ref | Derived) -> Expression:
    """A column in the form that comparisons and sorting use."""
    family, value = family_of(column), stored_value(column, raw)
    if family is Family.TEXT:
        return CaseFolded(value, _case_folded(column, raw))
    return Digits(value) if family is Family.DIGITS else value


def _case_folded(column: ColumnInfo, raw: Ref | Derived) -> Ref | None:
    """The column in which SQLite stores the case-folded text, if any."""
    if not column.searched or isinstance(raw, Hidden):
        return None
    return Ref(raw.alias, case_folded_column(column.logical_name))


def value_for(column: ColumnInfo, value: Literal) -> Expression:
    """A value, not null, to compare `comparable` with; for the whole and scaled families after `on_grid`.

    Raises BadRequest (0x80060888) when the column cannot be compared with such a value, which names both.
    """
    return _MAKERS[family_of(column)](column, checked(column, value))


_MAKERS: dict[Family, Callable[[ColumnInfo, Any], Expression]] = {
    Family.TEXT: lambda _column, value: CaseFolded(Value(value, models.TextField())),
    Family.WHOLE: lambda _column, value: Value(int(value), models.BigIntegerField()),
    Family.SCALED: lambda column, value: Value(value, column.field),
    Family.DIGITS: lambda _column, value: DigitsValue(value),
    Family.FLOAT: lambda _column, value: Value(float(value), models.FloatField()),
    Family.BOOLEAN: lambda _column, value: Value(value, models.BooleanField()),
    Family.MOMENT: lambda _column, value: Value(value, models.DateTimeField()),
    Family.DATE: lambda _column, value: Value(value, models.DateField()),
    Family.ID: lambda _column, value: Value(value, models.UUIDField()),
}

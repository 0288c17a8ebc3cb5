"""The select list of a statement, and its tuples turned into values by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from handsel.database.dialect import Dialect, Rows
from handsel.database.row import Row
from handsel.engine.customization.columns import revived
from handsel.query.compile.expressions import Derived, Ref
from handsel.query.compile.families import Family, family_of
from handsel.query.compile.paths import Frame, ResolvedColumn, Source
from handsel.query.tree.nodes import ColumnPath
from handsel.query.tree.request import ALL, Output
from handsel.tables.exact import ScaledIntegerField, from_scaled
from handsel.tables.info import ColumnInfo
from handsel.tables.left_out import is_left_out

CURRENCY = "transactioncurrencyid"

Values: TypeAlias = Sequence[Any]
"""The values of one column, row by row. They come from the driver, which knows no types."""

Columns: TypeAlias = list[Values]
"""What a statement read, column by column."""


class ResultRow(Row):
    """A row with the related rows that were asked for, by navigation name: a row, None, or a list.

    `tokens` holds the paging cookie for further rows of a list that was cut, by navigation name.
    """

    __slots__ = ("expanded", "tokens")

    def __init__(self, table: str, id: UUID, values: Any = ()) -> None:
        super().__init__(table, id, values)
        self.expanded: dict[str, ResultRow | list[ResultRow] | None] = {}
        self.tokens: dict[str, str] = {}


class Projection:
    """The columns of a select list, each once. A column that is read but not shown to the caller has no name."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.expressions: list[Ref | Derived] = []
        self.named: list[tuple[str, int, ColumnInfo]] = []
        self.asked: dict[str, ColumnInfo] = {}
        self._positions: dict[tuple[str, str], int] = {}
        self._decoders: list[Callable[[Any], Any] | None] = []

    def index(self, resolved: ResolvedColumn) -> int:
        """The index of the column in the tuples; for a custom column, the index of the JSON that holds it."""
        raw, table = resolved.raw, resolved.source.info.logical_name
        key = (raw.alias, raw.column)
        if key not in self._positions:
            self._positions[key] = len(self.expressions)
            self.expressions.append(raw)
            self._decoders.append(self.dialect.storage(table).decoder_of.get(raw.column))
        return self._positions[key]

    def name(self, name: str, resolved: ResolvedColumn) -> None:
        """Put the column into the result."""
        self.named.append((name, self.index(resolved), resolved.column))

    def columns(self, tuples: Rows) -> Columns:
        """The values, decoded, column by column."""
        found: Columns = list(zip(*tuples, strict=True))
        for index, decode in enumerate(self._decoders):
            if found and decode is not None:
                found[index] = [None if value is None else decode(value) for value in found[index]]
        return found

    def rows(self, table: str, key: int, columns: Columns) -> list[ResultRow]:
        """The rows of the result, from decoded columns; `key` is the index of the table's key."""
        if not columns:
            return []
        names = [name for name, _index, _column in self.named]
        values = [value_of(column, columns[index]) for _name, index, column in self.named]
        return [
            ResultRow(table, id, zip(names, row, strict=True))
            for id, row in zip(columns[key], zip(*values, strict=True), strict=True)
        ]


def project(frame: Frame, projection: Projection, outputs: Iterable[Output] | None) -> None:
    """Name the columns of a result. Also adds the columns that give a lookup's table and an amount's currency."""
    root = frame.root
    asked = [Output(ColumnPath(ALL), ALL)] if outputs is None else list(outputs)
    for output in asked:
        if output.path.column == ALL:
            source = frame.source(output.path.source)
            before = output.name.removesuffix(ALL)
            for name in source.info.columns:
                projection.name(f"{before}{name}", frame.column(source, name))
        elif not _is_left_out(frame, output.path):
            projection.name(output.name, frame.find(output.path))
    projection.asked = {name: column for name, _index, column in projection.named}
    if outputs is None:
        return
    for name in _implied_columns(root, [output.path.column for output in asked if not output.path.source]):
        if name not in projection.asked:
            projection.name(name, frame.column(root, name))
    for alias in dict.fromkeys(output.path.source for output in asked if output.path.source):
        name, source = f"{alias}.{CURRENCY}", frame.source(alias)
        if name not in projection.asked and CURRENCY in source.info.columns and _has_amount(source, alias, asked):
            projection.name(name, frame.column(source, CURRENCY))


def _is_left_out(frame: Frame, path: ColumnPath) -> bool:
    """Whether it is a documented column that its table lacks: the result holds nothing for it."""
    if path.steps:
        return False
    info = frame.source(path.source).info
    return path.column not in info.columns and is_left_out(info.logical_name, path.column)


def _implied_columns(root: Source, asked: Iterable[str]) -> list[str]:
    info = root.info
    wanted = [info.primary_key, "versionnumber"]
    for name in asked:
        column = info.columns.get(name)
        if column is not None:
            wanted += [*column.split.values(), *((column.type_column,) if column.type_column else ())]
            if column.kind == "Money":
                wanted.append(CURRENCY)
    return [name for name in dict.fromkeys(wanted) if name in info.columns]


def _has_amount(source: Source, alias: str, asked: Iterable[Output]) -> bool:
    columns = (source.info.columns.get(output.path.column) for output in asked if output.path.source == alias)
    return any(column is not None and column.kind == "Money" for column in columns)


def value_of(column: ColumnInfo, values: Values) -> Values:
    """The values of a column: for a custom column, out of the JSON of each row."""
    if not column.is_custom:
        return values
    name = column.logical_name
    none = UUID(int=0)
    rows = [Row("", none, {name: (custom or {}).get(name)}) for custom in values]
    return [revived((column,), row)[name] for row in rows]


def decoded(column: ColumnInfo, value: Any) -> Any:
    """A single value from the database in its Python type: for groups, smallest and largest values."""
    if value is None:
        return None
    match family_of(column):
        case Family.ID:
            return value if isinstance(value, UUID) else UUID(value)
        case Family.SCALED:
            assert isinstance(column.field, ScaledIntegerField)
            return from_scaled(value, column.field.places) if isinstance(value, int) else Decimal(value)
        case Family.DIGITS:
            return Decimal(value)
        case Family.BOOLEAN:
            return bool(value)
        case Family.MOMENT:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        case Family.DATE:
            return value if isinstance(value, date) else date.fromisoformat(value)
        case _:
            return value

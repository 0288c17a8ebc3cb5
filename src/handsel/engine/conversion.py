"""Conversions as data: which column of the source is copied to which column of the target (architecture 5).

A map decides every writable column of its target: copied under the same or another name, fixed, computed, or left blank
on purpose. `check_maps` holds that at start-up, so a new column forces the decision. What an organization adds is in
`handsel.engine.added_maps`.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from handsel.database.row import ColumnValue, Row
from handsel.database.statements import run
from handsel.engine.values import parse
from handsel.engine.work import Work
from handsel.errors import SetupError
from handsel.tables.info import ColumnInfo, TableInfo, table_info

Computed = Callable[[Work, Row], Any]


@dataclass(frozen=True, slots=True)
class AddedMap:
    """What an organization copies between two tables besides what is declared.

    pairs         (source column, target column) of the mappings that administrators added
    automatic     own columns that travel under their name, as both tables have them (behaviour 7)
    switched_off  target columns that get nothing, because an administrator said so
    unfit         own columns of both tables that cannot travel by themselves, each with the reason
    rounded       target columns whose amounts may come with more decimals than they have
    """

    pairs: tuple[tuple[str, str], ...] = ()
    automatic: tuple[str, ...] = ()
    switched_off: frozenset[str] = frozenset()
    unfit: Mapping[str, str] = field(default_factory=dict)
    rounded: tuple[str, ...] = ()


NOTHING_ADDED = AddedMap()


@dataclass(frozen=True, slots=True, eq=False)
class ColumnMap:
    """The column map from one table to another. `source` and `target` are logical names.

    same        columns copied under their own name
    renamed     target column → source column
    fixed       target column → value
    computed    target columns that the conversion computes (addresses, links, totals)
    left_blank  writable target columns that start empty on purpose
    """

    source: str
    target: str
    same: tuple[str, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    left_blank: frozenset[str] = frozenset()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(source column, target column) of everything copied, with the parts of split lookups."""
        return _pairs(self)

    def values(
        self, row: Row, added: AddedMap = NOTHING_ADDED, info: TableInfo | None = None
    ) -> dict[str, ColumnValue]:
        """The target's values that follow from a source row alone.

        `added` is what the organization adds; the values of its pairs are checked against the target's columns
        (`info`). Raises BadRequest errors for a value that does not fit, so that nothing is cut off.
        """
        values = {target: row[source] for source, target in _pairs(self) if row.get(source) is not None}
        for name in added.automatic:
            if row.get(name) is not None:
                values[name] = row[name]
        for source, target in added.pairs:
            value = row.get(source)
            if value is not None:
                values[target] = value if info is None else _fitting(info, info.columns[target], value)
        for target, most in _shorter(self):
            if len(values.get(target) or "") > most:
                values[target] = values[target][:most]
        values.update(self.fixed)
        return values


@functools.cache
def _shorter(column_map: ColumnMap) -> tuple[tuple[str, int], ...]:
    """Names that the target keeps in fewer characters; other columns of the line hold the full value."""
    source, target = table_info(column_map.source), table_info(column_map.target)
    name = target.primary_name
    here = column_map.renamed.get(name, name)
    if here not in source.columns or (name not in column_map.renamed and name not in column_map.same):
        return ()
    most = target.columns[name].max_length or 0
    return ((name, most),) if (source.columns[here].max_length or 0) > most else ()


def _fitting(info: TableInfo, column: ColumnInfo, value: Any) -> Any:
    return value if isinstance(value, UUID) else parse(info, column, value)


@functools.cache
def _pairs(column_map: ColumnMap) -> tuple[tuple[str, str], ...]:
    source, target = table_info(column_map.source), table_info(column_map.target)
    pairs: list[tuple[str, str]] = []
    for target_name, source_name in [*((name, name) for name in column_map.same), *column_map.renamed.items()]:
        pairs.append((source_name, target_name))
        there, here = target.columns[target_name], source.columns[source_name]
        for table, part in there.split.items():
            pairs.append((here.split[table], part))
    return tuple(pairs)


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """How a document becomes another: the map of its header and the map of its lines.

    `message` converts one document, whose id is its first parameter; `link` is the target's lookup back to the source.
    Both are empty where a conversion is only a part of a larger message.
    """

    name: str
    header: ColumnMap
    lines: ColumnMap | None = None
    message: str = ""
    link: str = ""
    locks_prices: bool = False
    """The target's prices are frozen, and the source's amounts carried as they are (behaviour 3.2, 3.4, 3.5)."""


_conversions: dict[str, Conversion] = {}
_declared_in: dict[str, str] = {}


def conversion(value: Conversion) -> Conversion:
    """Declare a conversion."""
    _conversions[value.name] = value
    _declared_in[value.name] = sys._getframe(1).f_globals["__name__"]
    return value


def declared_in(value: Conversion) -> str:
    """The file that declares a conversion, as messages name it."""
    return f"{_declared_in[value.name].replace('.', '/')}.py"


def conversions() -> Mapping[str, Conversion]:
    """Every declared conversion by name."""
    return _conversions


READ_MAPPINGS = (
    "SELECT e.sourceentityname, e.targetentityname, a.sourceattributename, a.targetattributename, a.hs_isswitchedoff "
    "FROM attributemap AS a JOIN entitymap AS e ON e.entitymapid = a.entitymapid "
    "WHERE a.issystem IS NULL OR NOT a.issystem ORDER BY a.attributemapid"
)


def read_mappings() -> list[tuple[Any, ...]]:
    """The mappings that administrators added: tables, columns, and whether each is switched off."""
    return run(READ_MAPPINGS)


_source_checks: dict[str, Callable[[Row], None]] = {}


def source_check(table: str, check: Callable[[Row], None]) -> None:
    """Declare what raises an error for rows of a table from which nothing may be made, by whatever conversion."""
    _source_checks[table] = check


def check_source(row: Row) -> None:
    """Raise the declared error if nothing may be made from a row."""
    check = _source_checks.get(row.table)
    if check is not None:
        check(row)


def all_maps() -> list[ColumnMap]:
    """Every declared column map, headers before lines."""
    return [
        column_map
        for value in _conversions.values()
        for column_map in (value.header, value.lines)
        if column_map is not None
    ]


def undecided(column_map: ColumnMap) -> list[str]:
    """Writable columns of the target that the map does not mention."""
    decided = {
        *column_map.same,
        *column_map.renamed,
        *column_map.fixed,
        *column_map.computed,
        *column_map.left_blank,
    }
    return [name for name in writable_columns(table_info(column_map.target)) if name not in decided]


def check_maps() -> None:
    """Refuse to start with a map that leaves a writable target column undecided or names an unknown column.

    Raises SetupError.
    """
    for value in _conversions.values():
        for column_map in filter(None, (value.header, value.lines)):
            for mistake in _mistakes(column_map):
                tables = f"{column_map.source} → {column_map.target}"
                raise SetupError(f"{declared_in(value)}: the map {tables} of '{value.name}' {mistake}")


def _mistakes(column_map: ColumnMap) -> Iterator[str]:
    taken = (*column_map.same, *column_map.renamed.values())
    given = (*column_map.same, *column_map.renamed, *column_map.fixed, *column_map.computed, *column_map.left_blank)
    for table, names in ((column_map.source, taken), (column_map.target, given)):
        unknown = [name for name in names if name not in table_info(table).columns]
        if unknown:
            yield f"names {', '.join(sorted(unknown))}, which {table} has not. Take that out."
    missing = undecided(column_map)
    if missing:
        yield (f"does not decide {', '.join(missing)}. Name each in same, renamed, fixed, computed or left_blank.")


def writable_columns(info: TableInfo) -> list[str]:
    """The columns a map has to decide: those a client may write, except key, state and status."""
    return [
        column.logical_name
        for column in info.columns.values()
        if column.writable
        and column.parent_column is None
        and column.logical_name != info.primary_key
        and column.kind not in ("State", "Status")
    ]

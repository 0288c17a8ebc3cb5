"""The columns that lookups and choices bring along: their value as people read it, the table of a row (Web API 10).

They are stored nowhere. A lookup `customerid` implies `customeridname`, where its rows are also spelled by sound
`customeridyominame`, and where it leads to several tables `customeridtype`; a choice `statecode` implies
`statecodename`.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handsel.tables.facts import Writable
from handsel.tables.info import ColumnInfo, TableInfo, declared_names, table_info

_CHOICES = frozenset(("Boolean", "Picklist", "State", "Status"))


class Part(enum.StrEnum):
    """What an implied column shows; also the end of its name."""

    NAME = "name"
    """The primary name of the row that a lookup points to, or the label of a choice."""
    YOMI_NAME = "yominame"
    """The name of that row spelled by its sound."""
    TYPE = "type"
    """The logical name of that row's table."""


@dataclass(frozen=True, slots=True)
class ImpliedColumn:
    """A column that the column `of` implies. `column` describes it as any other: read only, stored nowhere."""

    column: ColumnInfo
    of: ColumnInfo
    part: Part


@functools.lru_cache(maxsize=256)
def implied_columns(info: TableInfo) -> Mapping[str, ImpliedColumn]:
    """The implied columns of a table by logical name, without those that the table declares itself."""
    found = {}
    for column in info.columns.values():
        for part in _parts(column):
            name = f"{column.logical_name}{part}"
            if name not in info.columns:
                found[name] = ImpliedColumn(_described(column, name, part), column, part)
    return MappingProxyType(found)


def yomi_name(info: TableInfo) -> str | None:
    """The column that spells a row's name by its sound; None where a table has none."""
    name = f"yomi{info.primary_name}"
    return name if name in info.columns else None


def _parts(column: ColumnInfo) -> Iterable[Part]:
    if column.kind in _CHOICES:
        yield Part.NAME
    elif column.is_lookup:
        targets = [table_info(target) for target in column.targets if target in declared_names()]
        yield Part.NAME
        if any(yomi_name(target) is not None for target in targets):
            yield Part.YOMI_NAME
        if len(column.targets) > 1:
            yield Part.TYPE


def _described(column: ColumnInfo, name: str, part: Part) -> ColumnInfo:
    return ColumnInfo(
        logical_name=name,
        schema_name=f"{column.schema_name}{_ENDS[part]}",
        kind="EntityName" if part is Part.TYPE else "String",
        label=column.label,
        writable=Writable.NEVER,
    )


_ENDS = {Part.NAME: "Name", Part.YOMI_NAME: "YomiName", Part.TYPE: "Type"}

"""ChangeColumn and RemoveColumn: later changes to an organization's custom columns (Web API 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from handsel.database.row import Item, Reference
from handsel.database.statements import run
from handsel.engine.access import TablelessPrivilege
from handsel.engine.customization.add_column import check_limits, level_of
from handsel.engine.customization.columns import type_of
from handsel.engine.customization.definitions import (
    change_definition,
    hold_definitions,
    longest,
    remove_definition,
    stored_definition,
)
from handsel.engine.customization.relationships import checked_cascades
from handsel.engine.customization.string_map import remove_labels
from handsel.engine.handlers import handles
from handsel.engine.journal import write_entry
from handsel.engine.message import Message
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, NotFound, Refused
from handsel.tables.facts import Required
from handsel.tables.info import ColumnInfo, TableInfo


@dataclass(frozen=True, slots=True)
class ChangeColumn(Message[None]):
    """Change a custom column: its label, description, requirement, limits, what its relationship does. None stays.

    Raises NotFound for an unknown column, Refused for one that is not custom, InvalidArgument for limits that its type
    does not have or that a stored text exceeds.
    """

    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str
    label: str | None = None
    description: str | None = None
    required: bool | str | None = None
    max_length: int | None = None
    precision: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    cascades: Mapping[str, str] | None = None

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(ChangeColumn)
def change_columns(work: Work, items: list[Item[ChangeColumn]]) -> None:
    """Store the changed definitions."""
    hold_definitions(work.organization)

    def change(item: Item[ChangeColumn]) -> None:
        asked = item.message
        info, column = _custom_column(work, asked.table, asked.name)
        id, label, definition = _stored(info, column)
        limits = {name: getattr(asked, name) for name in _LIMITS if getattr(asked, name) is not None}
        _check(info, column, limits)
        changed = dict(limits)
        if asked.required is not None:
            changed["required"] = level_of(asked.required)
        if asked.cascades or (definition.get("cascades") and asked.required is not None):
            changed["cascades"] = _cascades(info, column, definition, asked)
        if asked.description is not None:
            changed["description"] = asked.description
        change_definition(id, asked.label or label, {**definition, **changed})
        if asked.label:
            changed["label"] = asked.label
        about = {"tablename": info.logical_name, "logicalname": column.logical_name}
        write_entry(work, "ChangeColumn", "update", Reference("hs_customcolumn", id), {**about, **changed})

    work.each(items, change)


def _cascades(info: TableInfo, column: ColumnInfo, definition: dict[str, Any], asked: ChangeColumn) -> dict[str, str]:
    """What the relationship does from now on: what was stated before and is not stated anew stays."""
    if column.kind != "Lookup":
        raise InvalidArgument(f"cascades belongs to lookup columns, not to {type_of(column)}.")
    required = definition["required"] if asked.required is None else level_of(asked.required)
    stated = {**(definition.get("cascades") or {}), **(asked.cascades or {})}
    return checked_cascades(info, stated, required=required in (True, Required.SYSTEM))


_LIMITS = {
    "max_length": ("text", "memo"),
    "precision": ("decimal", "money"),
    "minimum": ("integer", "decimal", "money"),
    "maximum": ("integer", "decimal", "money"),
}


def _check(info: TableInfo, column: ColumnInfo, limits: dict[str, Any]) -> None:
    type = type_of(column)
    for name in limits:
        if type not in _LIMITS[name]:
            raise InvalidArgument(f"{name} belongs to {' and '.join(_LIMITS[name])} columns, not to {type}.")
    check_limits(
        type,
        limits.get("max_length"),
        limits.get("precision"),
        limits.get("minimum", column.minimum),
        limits.get("maximum", column.maximum),
    )
    length = limits.get("max_length")
    if length is not None and length < (column.max_length or 0):
        found = longest(info.logical_name, column.logical_name)
        if found > length:
            raise InvalidArgument(
                f"{column.logical_name} holds a text of {found} characters, so its max_length cannot become {length}."
            )


@dataclass(frozen=True, slots=True)
class RemoveColumn(Message[None]):
    """Remove a custom column with all its values.

    Raises NotFound for an unknown column, Refused for one that is not custom, and (0x80040227) while a key or a column
    map uses it.
    """

    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(RemoveColumn)
def remove_columns(work: Work, items: list[Item[RemoveColumn]]) -> None:
    """Remove the definitions and the values."""
    hold_definitions(work.organization)

    def remove(item: Item[RemoveColumn]) -> None:
        info, column = _custom_column(work, item.message.table, item.message.name)
        name = column.logical_name
        users = [f"the key {key.schema_name}" for key in info.custom_keys if name in key.columns]
        users += [f"the column map {between}" for between in _maps(info.logical_name, name)]
        if users:
            raise Refused(
                f"{info.label}: {name} cannot be removed, it is used by {', '.join(users)}. Remove that first.",
                Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
            )
        id, _label, _definition = _stored(info, column)
        remove_definition(id, info.logical_name, name)
        remove_labels(info.logical_name, name)
        about = {"tablename": info.logical_name, "logicalname": name}
        write_entry(work, "RemoveColumn", "delete", Reference("hs_customcolumn", id), about)

    work.each(items, remove)


def _maps(table: str, name: str) -> list[str]:
    """The column maps, such as `opportunity.quote`, that copy the column."""
    found = run(
        "SELECT e.sourceentityname, e.targetentityname, a.sourceattributename, a.targetattributename "
        "FROM attributemap AS a JOIN entitymap AS e ON e.entitymapid = a.entitymapid"
    )
    return sorted(
        {
            f"{source}.{target}"
            for source, target, *ends in found
            if (table, name) in zip((source, target), ends, strict=True)
        }
    )


def _custom_column(work: Work, table: str, name: str) -> tuple[TableInfo, ColumnInfo]:
    info = work.info(table_named(table).logical_name)
    work.require(TablelessPrivilege.CUSTOMIZE, info.logical_name)
    column = info.columns.get(name.lower())
    if column is None:
        raise NotFound(f"{info.label} has no column {name}.", table=info.logical_name, column=name)
    if not column.is_custom:
        raise Refused(f"{info.label}: {name} belongs to Handsel. Only custom columns can be changed or removed.")
    return info, column


def _stored(info: TableInfo, column: ColumnInfo) -> tuple[UUID, str, dict[str, Any]]:
    found = stored_definition(info.logical_name, column.logical_name)
    if found is None:
        raise NotFound(f"{info.label} has no custom column {column.logical_name} any more. Look again.")
    return found

"""Rows as JSON: property names, selection, ETag, and requested annotations (Web API 1.8, 5)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handsel.database.row import Row
from handsel.http.errors import shown, syntax
from handsel.json_value import JsonObject
from handsel.query.compile.paths import OWNER, shared_lookup
from handsel.query.formatting.formatter import Formatter, fields_of
from handsel.query.tree.request import Expand
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.left_out import is_left_out
from handsel.tables.lookups import target_of
from handsel.webapi.protocol.annotations import FORMATTED, NAVIGATION, SECURED, TABLE
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.paging import related_link
from handsel.webapi.protocol.property_names import property_name

MAX_RELATED = 200_000
"""Expanded rows in one response. The same row is there again for each row that leads to it."""


def column_named(info: TableInfo, name: str) -> ColumnInfo:
    """The column of a property name. Raises BadRequest (0x80060888)."""
    column = _by_property(info).get(name) or info.columns.get(name)
    if column is None:
        raise syntax(
            f"Could not find a property named '{shown(name)}' on type 'Microsoft.Dynamics.CRM.{info.logical_name}'."
        )
    return column


@functools.lru_cache(maxsize=256)
def _by_property(info: TableInfo) -> Mapping[str, ColumnInfo]:
    return {property_name(column): column for column in info.columns.values()}


@dataclass(frozen=True, slots=True)
class Shape:
    """The selected columns of a table. `listed` is their list in the context, empty for all.

    `absent` are selected properties that the table lacks; they are null.
    """

    info: TableInfo
    columns: tuple[tuple[str, str], ...]
    listed: str
    absent: tuple[str, ...] = ()


@functools.lru_cache(maxsize=1024)
def shape_of(info: TableInfo, select: str) -> Shape:
    """The shape for `$select` text; it always includes the key, and for an amount its currency."""
    names = [name.strip() for name in select.split(",") if name.strip()]
    if not names or "*" in names:
        return Shape(info, tuple((name, property_name(column)) for name, column in info.columns.items()), "")
    absent = tuple(dict.fromkeys(name for name in names if _is_absent(info, name)))
    present = (column_named(info, name) for name in names if name not in absent)
    asked = {column.logical_name: column for column in present}
    listed = ",".join((*(property_name(column) for column in asked.values()), *absent))
    asked.setdefault(info.primary_key, info.columns[info.primary_key])
    if any(column.kind == "Money" for column in asked.values()) and "transactioncurrencyid" in info.columns:
        asked.setdefault("transactioncurrencyid", info.columns["transactioncurrencyid"])
    return Shape(info, tuple((name, property_name(column)) for name, column in asked.items()), listed, absent)


def _is_absent(info: TableInfo, name: str) -> bool:
    return name not in info.columns and is_left_out(info.logical_name, name)


def etag(row: Mapping[str, object]) -> str:
    """The ETag of a row, which clients send back."""
    return f'W/"{row.get("versionnumber") or 0}"'


def entities(
    call: Call, shape: Shape, rows: Sequence[Row], expands: Sequence[Expand] = (), *, no_nulls: bool = False
) -> list[JsonObject]:
    """Rows as JSON objects, in their order, with expanded rows inside."""
    columns = [column for column, _name in shape.columns]
    names = ["@odata.etag", *(name for _column, name in shape.columns)]
    found: list[JsonObject] = [dict(zip(names, (etag(row), *map(row.get, columns)), strict=True)) for row in rows]
    for each in found if shape.absent else ():
        each.update(dict.fromkeys(shape.absent))
    if no_nulls:
        found = [{name: value for name, value in each.items() if value is not None} for each in found]
    if call.prefer.annotations:
        _annotate(call, shape, rows, found)
    for expand in expands:
        _put_related(call, rows, found, expand)
    return found


def _put_related(call: Call, rows: Sequence[Any], found: Sequence[JsonObject], expand: Expand) -> None:
    """The expanded rows of a navigation property; those of all parents are made together."""
    if not rows:
        return
    below = [row.expanded[expand.navigation] for row in rows]
    if expand.reference:
        for value, entity in zip(below, found, strict=True):
            entity[expand.navigation] = None if value is None else {"@odata.id": _address(call, value)}
        return
    if shared_lookup(call.info(rows[0].table), expand.navigation) is not None:
        for value, entity in zip(below, found, strict=True):
            entity[expand.navigation] = None if value is None else _owner(value)
        return
    flat = [each for value in below for each in (value if isinstance(value, list) else [value]) if each is not None]
    call.related_rows += len(flat)
    if call.related_rows > MAX_RELATED:
        raise syntax(
            f"The answer would hold more than {MAX_RELATED:,} related rows. Expand fewer levels, or ask for fewer rows "
            "at once, by $top or the preference odata.maxpagesize."
        )
    made: Iterator[JsonObject] = iter(())
    if flat:
        shape = shape_of(call.info(flat[0].table), ",".join(expand.select or ()))
        made = iter(entities(call, shape, flat, expand.expands))
    for row, value, entity in zip(rows, below, found, strict=True):
        if not isinstance(value, list):
            entity[expand.navigation] = None if value is None else next(made)
            continue
        entity[expand.navigation] = [next(made) for _ in value]
        token = row.tokens.get(expand.navigation)
        if token is not None:
            entity[f"{expand.navigation}@odata.nextLink"] = related_link(call, _address(call, row), expand, token)


def _owner(row: Row) -> JsonObject:
    """A user or team as the owner of a row, with the columns that both have and `@odata.type`."""
    return {"@odata.type": f"#Microsoft.Dynamics.CRM.{row.table}", "@odata.etag": etag(row), OWNER: row.id}


def _address(call: Call, row: Row) -> str:
    return f"{call.root}{call.info(row.table).entity_set}({row.id})"


def _annotate(call: Call, shape: Shape, rows: Sequence[Row], found: Iterable[JsonObject]) -> None:
    wants = call.prefer.wants
    by_name = fields_of(shape.info)
    fields = [(by_name[name], written) for name, written in shape.columns]
    hidden = [written for name, written in shape.columns if call.work.hides(shape.info.logical_name, name)]
    if hidden and wants(SECURED):
        for entity in found:
            entity.update({f"{written}@{SECURED}": True for written in hidden})
    work, settings = call.work, call.organization.settings
    formatter = Formatter(work.as_user.load, work.as_system.load, settings) if wants(FORMATTED) else None
    with_table, with_navigation = wants(TABLE), wants(NAVIGATION)
    if formatter is not None:
        formatter.prefetch([field for field, _ in fields], rows)
    for row, entity in zip(rows, found, strict=True):
        for field, written in fields:
            value = row.get(field.name)
            if value is None:
                continue
            text = formatter.text(field, row, value) if formatter is not None else None
            if text is not None:
                entity[f"{written}@{FORMATTED}"] = text
            column = shape.info.columns[field.name]
            if column.is_lookup and (with_table or with_navigation):
                table = target_of(column, row, value)
                if table is not None and with_table:
                    entity[f"{written}@{TABLE}"] = table
                if table is not None and table in column.navigation and with_navigation:
                    entity[f"{written}@{NAVIGATION}"] = column.navigation[table]

"""Request bodies: properties, binds and nested rows become values of messages (Web API 4)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from handsel.database.row import Reference
from handsel.engine.crud.messages import Create
from handsel.engine.elsewhere import id_elsewhere
from handsel.engine.execute import execute_many
from handsel.engine.values import put
from handsel.errors import BadRequest, Code
from handsel.json_value import Json
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.info import ColumnInfo, TableInfo, declared_names
from handsel.tables.intersects import intersect_named
from handsel.tables.relations import all_collections_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import undeclared
from handsel.webapi.protocol.json_values import check_value
from handsel.webapi.protocol.keys import reference

BIND = "@odata.bind"
MAX_DEPTH = 20


@dataclass(slots=True)
class Incoming:
    """The values of a body for a message, and the links to make once the row exists."""

    values: dict[str, object] = field(default_factory=dict)
    links: list[tuple[str, Reference]] = field(default_factory=list)


def incoming(call: Call, info: TableInfo, body: Mapping[str, Json], *, creating: bool, depth: int = 0) -> Incoming:
    """Read a body. Single-valued nested rows are created at once, in the transaction of the caller.

    Raises BadRequest (0x80048d19), which names the property.
    """
    if depth > MAX_DEPTH:
        raise BadRequest(
            f"Rows are nested more than {MAX_DEPTH} levels deep. Create the innermost first, and bind them.",
            Code.INVALID_PAYLOAD,
        )
    _check_type(info, body)
    read = Incoming()
    for name, value in body.items():
        if name.endswith(BIND) and not name.startswith("@"):
            _bind(call, info, read, name.removesuffix(BIND), value)
        elif "@" in name:
            continue
        elif name in all_collections_of(info):
            read.values[name] = _children(call, info, name, value, creating, depth)
        elif name in info.columns and not _is_lookup(info.columns[name], value):
            check_value(info, info.columns[name], value, creating=creating)
            put(info, info.columns[name], read.values, value)
        else:
            column, inner = _nested(call, info, name, value, creating, depth)
            put(info, column, read.values, inner)
    return read


def _is_lookup(column: ColumnInfo, value: Json) -> bool:
    return column.is_lookup and value is not None


def _bind(call: Call, info: TableInfo, read: Incoming, name: str, value: Json) -> None:
    if isinstance(value, list) and (name in all_collections_of(info) or intersect_named(info.logical_name, name)):
        read.links += [(name, reference(call, _address(info, name, each))) for each in value]
        return
    column, target = navigation(info, name)
    if value is None:
        put(info, column, read.values, None)
        return
    if set_elsewhere(column):
        put(info, column, read.values, id_elsewhere(info, column, _address(info, name, value)))
        return
    bound = reference(call, _address(info, name, value))
    if target is not None and bound.table != target:
        raise BadRequest(f"{info.label}: {name} refers to {target}, not to {bound.table}.", Code.INVALID_PAYLOAD)
    put(info, column, read.values, bound)


def _address(info: TableInfo, name: str, value: Json, annotation: str = BIND) -> str:
    if isinstance(value, str):
        return value
    raise BadRequest(f"{info.label}: {name}{annotation} takes an address like /accounts(<id>).", Code.INVALID_PAYLOAD)


def _check_type(info: TableInfo, body: Mapping[str, Json]) -> None:
    """Refuse a row whose `@odata.type` is another table; other types are ignored."""
    named = str(body.get("@odata.type", "")).rpartition(".")[2]
    if named in ("", info.logical_name):
        return
    if named in declared_names():
        raise BadRequest(
            f"{info.label}: the row's @odata.type says {named}, but it is to be a {info.logical_name}.",
            Code.INVALID_PAYLOAD,
        )


def navigation(info: TableInfo, name: str) -> tuple[ColumnInfo, str | None]:
    """The lookup of a navigation name and the table it points to; None if several are possible."""
    found = [
        (column, target)
        for column in info.columns.values()
        for target, each in column.navigation.items()
        if each == name
    ]
    if len(found) == 1:
        return found[0]
    if found:
        return found[0][0], None
    column = info.columns.get(name)
    if column is not None and column.is_lookup:
        return column, None
    if column is not None:
        raise BadRequest(
            f"{info.label}: {name} is no lookup, so no row can be bound to it. Give its value as {name}.",
            Code.INVALID_PAYLOAD,
            column=name,
        )
    known = {each for column in info.columns.values() for each in column.navigation.values()}
    raise undeclared(info.label, name, _hint(name, known))


def _hint(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _children(
    call: Call, info: TableInfo, name: str, value: Json, creating: bool, depth: int
) -> list[dict[str, object]]:
    if not creating:
        raise BadRequest(
            f"{info.label}: {name} cannot be given in an update. Create, change or delete its rows themselves.",
            Code.INVALID_PAYLOAD,
        )
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise BadRequest(f"{info.label}: {name} takes a list of objects.", Code.INVALID_PAYLOAD)
    child = call.info(all_collections_of(info)[name][0])
    return [incoming(call, child, each, creating=True, depth=depth + 1).values for each in value]


def _nested(
    call: Call, info: TableInfo, name: str, value: Json, creating: bool, depth: int
) -> tuple[ColumnInfo, Reference | None]:
    """A lookup and its nested row, which is created first. Raises BadRequest for an unknown name."""
    known = set(info.columns) | {each for column in info.columns.values() for each in column.navigation.values()}
    if name not in known:
        if name.startswith("_") and name.endswith("_value") and name[1:-6] in info.columns:
            binds = _binds(info.columns[name[1:-6]])
            raise undeclared(info.label, name, f" It is only read; to write it, give {binds}.")
        raise undeclared(info.label, name, _hint(name, known))
    column, target = navigation(info, name)
    if value is None:
        return column, None
    if not isinstance(value, Mapping):
        raise BadRequest(f"{info.label}: {name} is a lookup. To set it, give {_binds(column)}.", Code.INVALID_PAYLOAD)
    if "@odata.id" in value and set_elsewhere(column):
        return column, Reference(column.targets[0], id_elsewhere(info, column, value))
    if "@odata.id" in value:
        return column, reference(call, _address(info, name, value["@odata.id"], "@odata.id"))
    if target is None:
        target = str(value.get("@odata.type", "")).rpartition(".")[2]
    if not creating or target not in column.targets or set_elsewhere(column):
        raise BadRequest(
            f"{info.label}: {name} cannot be given as a nested row here. Bind it by {name}{BIND}.",
            Code.INVALID_PAYLOAD,
        )
    inner = incoming(call, call.info(target), value, creating=True, depth=depth + 1)
    made = execute_many(
        call.context, [Create(target, inner.values, suppress_duplicate_detection=call.suppresses_duplicates)]
    )[0]
    return column, made.reference


def _binds(column: ColumnInfo) -> str:
    """The properties by which a lookup is written, each once."""
    return " or ".join(dict.fromkeys(f"{name}{BIND}" for name in column.navigation.values())) or "another property"

"""POST, PATCH, PUT and DELETE on rows, properties and references (Web API 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.crud.messages import Associate, Create, Delete, Disassociate, Update, Upsert
from handsel.engine.execute import execute_many
from handsel.engine.message import Message
from handsel.engine.retrying import replayed
from handsel.engine.values import put, require_id, require_same_id
from handsel.errors import BadRequest, Code, DuplicateRecord, InvalidArgument, NotFound
from handsel.http.errors import MethodNotAllowed
from handsel.http.response import Answer, no_content
from handsel.tables.facts import Writable
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_collections_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.conditions import conditions_of
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.keys import id_of, reference, require_row
from handsel.webapi.protocol.segments import Segment
from handsel.webapi.rows.incoming import incoming
from handsel.webapi.rows.reading import single
from handsel.webapi.rows.resources import Keyed, Place, Property, Related, Rows, place_of, read


def write(call: Call, segments: Sequence[Segment]) -> Answer:
    """Answer a POST, PATCH, PUT or DELETE below an entity set, in one transaction that a conflict begins anew."""
    if _has_several(call):
        return replayed(call.context, lambda: _written(call, segments), f"{call.method} {segments[0].name}")
    return _written(call, segments)


def _written(call: Call, segments: Sequence[Segment]) -> Answer:
    *path, last = segments
    if path and last.name == "$ref":
        return _write_reference(call, path)
    place = place_of(call, segments)
    action = _ACTIONS.get((type(place), call.method))
    if action is None:
        possible = ", ".join(["GET", *(method for kind, method in _ACTIONS if kind is type(place))])
        raise MethodNotAllowed(f"{call.method} is not possible on {segments[-1].name}. Possible there: {possible}.")
    return action(call, place)


def _has_several(call: Call) -> bool:
    """Whether the body may hold nested rows or lists of links, which take several messages."""
    return call.body.count(b"{") > 1 or b"[" in call.body


def do(call: Call, message: Message) -> Any:
    """Do one message as the caller."""
    return execute_many(call.context, [message])[0]


def address_of(call: Call, info: TableInfo, id: UUID) -> str:
    """The address of a row."""
    return f"{call.root}{info.entity_set}({id})"


def written(call: Call, info: TableInfo, id: UUID, *, created: bool) -> Answer:
    """The answer to a row that was created or changed."""
    address = address_of(call, info, id)
    headers = {"OData-EntityId": address, **({"Location": address} if created else {})}
    if not call.prefer.representation:
        return no_content({**headers, **_minimal(call)})
    return single(call, info, read(call, info, id), status=201 if created else 200, headers=headers)


def _minimal(call: Call) -> dict[str, str]:
    """That nothing came back because the caller preferred so."""
    return {"Preference-Applied": "return=minimal"} if call.prefer.returns == "minimal" else {}


def _create(call: Call, place: Rows) -> Answer:
    info = place.info
    read_in = incoming(call, info, call.json(), creating=True)
    if place.parent is not None:
        lookup = all_collections_of(call.info(place.parent.table)).get(place.navigation)
        if lookup is None:
            raise MethodNotAllowed(f"Create the row in {info.entity_set}, then link it by {place.navigation}/$ref.")
        put(info, info.columns[lookup[1]], read_in.values, place.parent.reference)
    row: Row = do(call, Create(info.logical_name, read_in.values))
    link(call, row.reference, read_in.links)
    return written(call, info, row.id, created=True)


def link(call: Call, row: Reference, links: Sequence[tuple[str, Reference]]) -> None:
    """Link a row to others, each through a navigation property."""
    for navigation, related in links:
        do(call, Associate(row.table, row.id, navigation, related))


def _change(call: Call, place: Keyed) -> Answer:
    info, conditions = place.info, conditions_of(call)
    if conditions.must_exist:
        id = id_of(call, info, place.key)
        read_in = incoming(call, info, call.json(), creating=False)
        do(call, Update(info.logical_name, id, read_in.values, conditions.version))
        link(call, Reference(info.logical_name, id), read_in.links)
        return written(call, info, id, created=False)
    exists = _exists(call, place)
    read_in = incoming(call, info, call.json(), creating=not exists)
    if conditions.must_not_exist:
        if exists:
            raise DuplicateRecord(
                f"{info.label} with this key exists already, and If-None-Match: * forbids to change it."
            )
        key = place.key
        if isinstance(key, UUID):
            key = {info.primary_key: require_id(info, key)}
            require_same_id(info, key[info.primary_key], read_in.values)
        row = do(call, Create(info.logical_name, {**read_in.values, **key}))
        reference_, created = row.reference, True
    else:
        reference_, created = do(call, Upsert(info.logical_name, place.key, read_in.values))
    link(call, reference_, read_in.links)
    return written(call, info, reference_.id, created=created)


def _exists(call: Call, place: Keyed) -> bool:
    try:
        require_row(call, place.info, place.key)
    except NotFound:
        return False
    return True


def _delete(call: Call, place: Keyed) -> Answer:
    id = id_of(call, place.info, place.key)
    do(call, Delete(place.info.logical_name, id, conditions_of(call).version))
    return no_content()


def _set_property(call: Call, place: Property) -> Answer:
    body = call.json()
    if "value" not in body:
        raise BadRequest(f'To set {place.column.logical_name}, send {{"value": …}}.', Code.INVALID_PAYLOAD)
    return _put(call, place, body["value"])


def _put(call: Call, place: Property, value: Any) -> Answer:
    name = place.column.logical_name
    if place.column.targets:
        raise MethodNotAllowed(f"{name} is a lookup. Set and clear it through its navigation property and /$ref.")
    if not place.column.writable & Writable.UPDATE:
        raise InvalidArgument(f"{place.info.label}: {name} is kept by the server and cannot be set or cleared.")
    values = incoming(call, place.info, {name: value}, creating=False).values
    do(call, Update(place.info.logical_name, place.row.id, values, conditions_of(call).version))
    return no_content({"OData-EntityId": address_of(call, place.info, place.row.id), **_minimal(call)})


def _clear_property(call: Call, place: Property) -> Answer:
    return _put(call, place, None)


def _write_reference(call: Call, path: Sequence[Segment]) -> Answer:
    """Link and unlink rows: `…/<navigation>/$ref`."""
    place, (*owner, last) = place_of(call, [*path[:-1], Segment(path[-1].name)]), path
    if not owner or not isinstance(place, (Rows, Related)):
        raise unknown_segment("$ref")
    parent = place.parent if isinstance(place, Rows) else place.row
    if parent is None:
        raise unknown_segment("$ref")
    if call.method == "DELETE":
        do(call, Disassociate(parent.table, parent.id, last.name, _related(call, place, last)))
        return no_content()
    adding = "PUT" if isinstance(place, Related) else "POST"
    if call.method != adding:
        raise MethodNotAllowed(
            f"{call.method} is not possible on {last.name}/$ref. Link by {adding}, unlink by DELETE."
        )
    address = call.json().get("@odata.id")
    if not isinstance(address, str):
        raise BadRequest('Name the row to link: {"@odata.id": "/accounts(<id>)"}.', Code.INVALID_PAYLOAD)
    do(call, Associate(parent.table, parent.id, last.name, reference(call, address)))
    return no_content()


def _related(call: Call, place: Place, last: Segment) -> Reference | None:
    """Which row to unlink: from the path or from `$id`; for a lookup none needs to be named."""
    if "$id" in call.options:
        return reference(call, call.options["$id"])
    if last.arguments is not None and isinstance(place, Rows):
        return reference(call, f"{place.info.entity_set}({last.arguments})")
    if isinstance(place, Rows):
        raise BadRequest(f"Name the row to unlink: {last.name}(<id>)/$ref.", Code.INVALID_ARGUMENT)
    return None


_ACTIONS: dict[tuple[type, str], Callable[[Call, Any], Answer]] = {
    (Rows, "POST"): _create,
    (Keyed, "PATCH"): _change,
    (Keyed, "DELETE"): _delete,
    (Property, "PUT"): _set_property,
    (Property, "PATCH"): _set_property,
    (Property, "DELETE"): _clear_property,
}

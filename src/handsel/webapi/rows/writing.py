"""POST, PATCH, PUT and DELETE on rows, properties and references (Web API 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.crud.messages import Associate, Create, Delete, Disassociate, Update, Upsert
from handsel.engine.elsewhere import id_elsewhere
from handsel.engine.execute import execute_many
from handsel.engine.ids import require_id, require_same_id
from handsel.engine.message import AnyMessage
from handsel.engine.notices import collected_notices
from handsel.engine.retrying import run_with_retries
from handsel.engine.values import put
from handsel.errors import BadRequest, Code, DuplicateRecord, InvalidArgument, NotFound
from handsel.http.errors import MethodNotAllowed
from handsel.http.request import without_values
from handsel.http.response import Response, no_content
from handsel.json_value import Json
from handsel.tables.facts import Writable
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_collections_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.conditions import conditions_of
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.keys import id_of, key_of, reference, require_row
from handsel.webapi.protocol.notices import with_notices
from handsel.webapi.protocol.segments import Segment
from handsel.webapi.rows.incoming import incoming
from handsel.webapi.rows.reading import single
from handsel.webapi.rows.resources import (
    Collection,
    EntityKey,
    Property,
    Related,
    RelatedElsewhere,
    Resource,
    read,
    resolve,
)


def write(call: Call, segments: Sequence[Segment]) -> Response:
    """Answer a POST, PATCH, PUT or DELETE below an entity set, in one transaction, repeated after a conflict."""
    if _has_several(call):
        return run_with_retries(call.context, lambda: _written(call, segments), _what(call))
    return _written(call, segments)


def _written(call: Call, segments: Sequence[Segment]) -> Response:
    with collected_notices() as notices:
        response = _done(call, segments)
    return with_notices(call, response, notices)


def _done(call: Call, segments: Sequence[Segment]) -> Response:
    *path, last = segments
    if path and last.name == "$ref":
        return _write_reference(call, path)
    resource = resolve(call, segments)
    action = _ACTIONS.get((type(resource), call.method))
    if action is None:
        possible = ", ".join(["GET", *(method for kind, method in _ACTIONS if kind is type(resource))])
        raise MethodNotAllowed(f"{call.method} is not possible on {segments[-1].name}. Possible there: {possible}.")
    return action(call, resource)


def _has_several(call: Call) -> bool:
    """Whether the body may hold nested rows or lists of links, which need several messages."""
    return call.body.count(b"{") > 1 or b"[" in call.body


def do(call: Call, message: AnyMessage) -> Any:
    """Do one message as the caller."""
    return execute_many(call.context, [message], what=_what(call))[0]


def _what(call: Call) -> str:
    """What the caller asked for, in words."""
    done = "change of" if call.path.endswith("/$ref") else _DONE_BY[call.method]
    return f"The {done} {without_values(call.path)}"


_DONE_BY = {"POST": "creation in", "PATCH": "update of", "PUT": "update of", "DELETE": "deletion of"}


def address_of(call: Call, info: TableInfo, id: UUID) -> str:
    """The URL of a row."""
    return f"{call.root}{info.entity_set}({id})"


def written(call: Call, info: TableInfo, id: UUID, *, created: bool) -> Response:
    """The response for a row that was created or changed."""
    address = address_of(call, info, id)
    headers = {"OData-EntityId": address, **({"Location": address} if created else {})}
    if not call.prefer.representation:
        return no_content({**headers, **_minimal(call)})
    return single(call, info, read(call, info, id), status=201 if created else 200, headers=headers)


def _minimal(call: Call) -> dict[str, str]:
    """The header that says that the caller's preference for an empty response was applied."""
    return {"Preference-Applied": "return=minimal"} if call.prefer.returns == "minimal" else {}


def _create(call: Call, resource: Collection) -> Response:
    info = resource.info
    read_in = incoming(call, info, call.json(), creating=True)
    if resource.parent is not None:
        lookup = all_collections_of(call.info(resource.parent.table)).get(resource.navigation)
        if lookup is None:
            raise MethodNotAllowed(f"Create the row in {info.entity_set}, then link it by {resource.navigation}/$ref.")
        put(info, info.columns[lookup[1]], read_in.values, resource.parent.reference)
    row: Row = do(
        call, Create(info.logical_name, read_in.values, suppress_duplicate_detection=call.suppresses_duplicates)
    )
    link(call, row.reference, read_in.links)
    return written(call, info, row.id, created=True)


def link(call: Call, row: Reference, links: Sequence[tuple[str, Reference]]) -> None:
    """Link a row to others, each through a navigation property."""
    for navigation, related in links:
        do(call, Associate(row.table, row.id, navigation, related))


def _change(call: Call, resource: EntityKey) -> Response:
    info, conditions = resource.info, conditions_of(call)
    if conditions.must_exist:
        id = id_of(call, info, resource.key)
        read_in = incoming(call, info, call.json(), creating=False)
        do(
            call,
            Update(
                info.logical_name,
                id,
                read_in.values,
                conditions.version,
                suppress_duplicate_detection=call.suppresses_duplicates,
            ),
        )
        link(call, Reference(info.logical_name, id), read_in.links)
        return written(call, info, id, created=False)
    exists = _exists(call, resource)
    read_in = incoming(call, info, call.json(), creating=not exists)
    if conditions.must_not_exist:
        if exists:
            raise DuplicateRecord(
                f"{info.label} with this key exists already, and If-None-Match: * forbids to change it."
            )
        key = resource.key
        if isinstance(key, UUID):
            id = require_id(info, key)
            require_same_id(info, id, read_in.values)
            key = {info.primary_key: id}
        row = do(
            call,
            Create(
                info.logical_name, {**read_in.values, **key}, suppress_duplicate_detection=call.suppresses_duplicates
            ),
        )
        reference_, created = row.reference, True
    else:
        upsert = Upsert(
            info.logical_name, resource.key, read_in.values, suppress_duplicate_detection=call.suppresses_duplicates
        )
        reference_, created = do(call, upsert)
    link(call, reference_, read_in.links)
    return written(call, info, reference_.id, created=created)


def _exists(call: Call, resource: EntityKey) -> bool:
    try:
        require_row(call, resource.info, resource.key)
    except NotFound:
        return False
    return True


def _delete(call: Call, resource: EntityKey) -> Response:
    id = id_of(call, resource.info, resource.key)
    do(call, Delete(resource.info.logical_name, id, conditions_of(call).version))
    return no_content()


def _set_property(call: Call, resource: Property) -> Response:
    body = call.json()
    if "value" not in body:
        raise BadRequest(f'To set {resource.column.logical_name}, send {{"value": …}}.', Code.INVALID_PAYLOAD)
    return _put(call, resource, body["value"])


def _put(call: Call, resource: Property, value: Json) -> Response:
    name = resource.column.logical_name
    if resource.column.targets:
        raise MethodNotAllowed(f"{name} is a lookup. Set and clear it through its navigation property and /$ref.")
    if not resource.column.writable & Writable.UPDATE:
        raise InvalidArgument(f"{resource.info.label}: {name} is kept by the server and cannot be set or cleared.")
    info, id = resource.info, resource.row.id
    values = incoming(call, info, {name: value}, creating=False).values
    do(
        call,
        Update(
            info.logical_name,
            id,
            values,
            conditions_of(call).version,
            suppress_duplicate_detection=call.suppresses_duplicates,
        ),
    )
    return no_content({"OData-EntityId": address_of(call, info, id), **_minimal(call)})


def _clear_property(call: Call, resource: Property) -> Response:
    return _put(call, resource, None)


def _write_reference(call: Call, path: Sequence[Segment]) -> Response:
    """Link and unlink rows: `…/<navigation>/$ref`."""
    resource, (*owner, last) = resolve(call, [*path[:-1], Segment(path[-1].name)]), path
    if isinstance(resource, RelatedElsewhere):
        return _write_elsewhere(call, resource)
    if not owner or not isinstance(resource, (Collection, Related)):
        raise unknown_segment("$ref")
    parent = resource.parent if isinstance(resource, Collection) else resource.row
    if parent is None:
        raise unknown_segment("$ref")
    if call.method == "DELETE":
        do(call, Disassociate(parent.table, parent.id, last.name, _related(call, resource, last)))
        return no_content()
    adding = "PUT" if isinstance(resource, Related) else "POST"
    if call.method != adding:
        raise MethodNotAllowed(
            f"{call.method} is not possible on {last.name}/$ref. Link by {adding}, unlink by DELETE."
        )
    do(call, Associate(parent.table, parent.id, last.name, reference(call, _named(call))))
    return no_content()


def _write_elsewhere(call: Call, resource: RelatedElsewhere) -> Response:
    """Set or clear the id of a row of a table that Handsel does not have."""
    if call.method not in ("PUT", "DELETE"):
        raise MethodNotAllowed(f"{call.method} is not possible on {resource.column.logical_name}/$ref. Link by PUT.")
    id = None
    if call.method == "PUT":
        id = id_elsewhere(resource.info, resource.column, _named(call))
    do(call, Update(resource.info.logical_name, resource.row.id, {resource.column.logical_name: id}))
    return no_content()


def _named(call: Call) -> str:
    """The address of the row to link, from the body."""
    address = call.json().get("@odata.id")
    if not isinstance(address, str):
        raise BadRequest('Name the row to link: {"@odata.id": "/accounts(<id>)"}.', Code.INVALID_PAYLOAD)
    return address


def _related(call: Call, resource: Resource, last: Segment) -> Reference | None:
    """The row to unlink: from the path or from `$id`; for a lookup it may be omitted."""
    if "$id" in call.options:
        return reference(call, call.options["$id"])
    if last.arguments is not None and isinstance(resource, Collection):
        return Reference(resource.info.logical_name, id_of(call, resource.info, key_of(resource.info, last.arguments)))
    if isinstance(resource, Collection):
        raise BadRequest(f"Name the row to unlink: {last.name}(<id>)/$ref.", Code.INVALID_ARGUMENT)
    return None


_ACTIONS: dict[tuple[type, str], Callable[[Call, Any], Response]] = {
    (Collection, "POST"): _create,
    (EntityKey, "PATCH"): _change,
    (EntityKey, "DELETE"): _delete,
    (Property, "PUT"): _set_property,
    (Property, "PATCH"): _set_property,
    (Property, "DELETE"): _clear_property,
}

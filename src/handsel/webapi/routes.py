"""Dispatch of a call: the first part of the path decides which module answers."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.database.row import Reference
from handsel.http.errors import MethodNotAllowed, shown
from handsel.http.response import Response
from handsel.webapi.metadata import endpoint
from handsel.webapi.metadata.resource import COLLECTIONS
from handsel.webapi.operations import service
from handsel.webapi.operations.invoke import is_operation, operate
from handsel.webapi.protocol.call import Call, entity_set
from handsel.webapi.protocol.errors import NotSupported, unknown_segment
from handsel.webapi.protocol.keys import below_root, id_of, resolved
from handsel.webapi.protocol.segments import Segment, segments_of
from handsel.webapi.rows.reading import get
from handsel.webapi.rows.resources import Collection, EntityKey, resolve
from handsel.webapi.rows.writing import write

NEW_TABLES = ("CreateEntities",)
"""The actions by which Dynamics' tools make tables; known only to be refused with a clear sentence."""
METHODS = frozenset(("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"))


def perform(call: Call) -> Response:
    """Answer one call. Raises HandselError if it is refused."""
    if call.method not in METHODS:
        raise MethodNotAllowed(f"{shown(call.method)} is not possible here. Use GET, POST, PATCH, PUT or DELETE.")
    if call.method == "HEAD":
        call.method = "GET"
    if call.path.startswith("$"):
        call.path = below_root(resolved(call, call.path))
    segments = segments_of(call.path)
    if not segments:
        if call.method != "GET":
            raise MethodNotAllowed(f"{call.method} is not for the service document. Use GET.")
        return service.service_document(call)
    first, last = segments[0], segments[-1]
    if entity_set(first.name) is not None:
        if last.operation is not None and len(segments) > 1:
            return _on_resource(call, segments)
        return get(call, segments) if call.method == "GET" else write(call, segments)
    if first.name == "$metadata":
        if len(segments) > 1 or first.arguments is not None:
            raise unknown_segment(last.name if len(segments) > 1 else call.path)
        return endpoint.document(call)
    if first.name in COLLECTIONS:
        return endpoint.definitions(call, segments)
    if is_operation(first):
        if len(segments) > 1:
            raise unknown_segment(segments[1].name)
        return operate(call, first)
    if first.name in NEW_TABLES:
        raise NotSupported(
            f"{first.name}: tables cannot be added. Custom columns and keys can be, to the tables there are."
        )
    raise unknown_segment(first.name)


def _on_resource(call: Call, segments: Sequence[Segment]) -> Response:
    """An operation on a table or on a row."""
    resource = resolve(call, segments[:-1])
    if isinstance(resource, Collection):
        return operate(call, segments[-1], table=resource.info)
    if isinstance(resource, EntityKey):
        row = Reference(resource.info.logical_name, id_of(call, resource.info, resource.key))
        return operate(call, segments[-1], table=resource.info, row=row)
    raise unknown_segment(segments[-1].name)

"""GET: collections, rows, properties, references, counts (Web API 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handsel.database.row import Row
from handsel.errors import NotFound
from handsel.http.response import Response, no_content, text_response
from handsel.query.run.pages import run
from handsel.query.tree.request import Expand
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.info import TableInfo
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.conditions import conditions_of
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.property_names import property_name
from handsel.webapi.protocol.segments import Segment
from handsel.webapi.rows.entities import entities, etag, shape_of
from handsel.webapi.rows.query_options import context_of, one, page_body, request_of
from handsel.webapi.rows.query_text import refuse_text, run_text_query, text_query
from handsel.webapi.rows.resources import Collection, Property, Related, RelatedElsewhere, Resource, read, resolve
from handsel.webapi.rows.tracking import count_changes, is_tracked, tracked


def get(call: Call, segments: Sequence[Segment]) -> Response:
    """Answer a GET below an entity set."""
    *path, last = segments
    if path and last.name in ("$count", "$ref", "$value") and last.arguments is None:
        refuse_text(call, last.name)
        return _SUFFIXES[last.name](call, resolve(call, path))
    resource = resolve(call, segments)
    if isinstance(resource, Collection):
        return collection(call, resource)
    refuse_text(call, "a single row")
    if isinstance(resource, Property):
        return _property(call, resource)
    if isinstance(resource, RelatedElsewhere):
        return _related_elsewhere(resource)
    if isinstance(resource, Related):
        if resource.target is None:
            return no_content()
        return single(call, resource.info, read(call, resource.info, resource.target.id))
    return single(call, resource.info, read(call, resource.info, resource.key))


def single(
    call: Call, info: TableInfo, row: Row, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """One row; 304 if the caller has this version already."""
    plain = "$expand" not in call.options and not call.prefer.annotations
    if call.method == "GET" and plain and row.get("versionnumber") in conditions_of(call).known:
        return Response(304, {"ETag": etag(row)})
    shape = shape_of(info, call.options.get("$select", ""))
    expands: tuple[Expand, ...] = ()
    if "$expand" in call.options and call.method != "PATCH":
        request, row = one(call, info, row.id)
        expands = request.expands
    context = f"{call.root}$metadata#{info.entity_set}{context_of(call, info, shape.listed, expands)}/$entity"
    body = {"@odata.context": context, **entities(call, shape, [row], expands)[0]}
    return json_response(body, status, {"ETag": etag(row), **applied(call), **(headers or {})})


def collection(call: Call, resource: Collection) -> Response:
    """A page of the rows of a collection that match the options."""
    text = text_query(call)
    if text is not None:
        return run_text_query(call, resource, *text, applied(call))
    if is_tracked(call):
        return tracked(call, resource, applied(call))
    return page_body(call, resource.info, request_of(call, resource.info, resource.restriction), applied(call))


def applied(call: Call) -> dict[str, str]:
    """The preferences that were applied."""
    found = []
    if call.method in ("POST", "PATCH", "PUT") and call.prefer.representation:
        found.append("return=representation")
    if call.method == "GET" and call.prefer.page_size is not None:
        found.append(f"odata.maxpagesize={call.prefer.page_size}")
    if call.prefer.annotations:
        found.append(f'odata.include-annotations="{",".join(call.prefer.annotations)}"')
    return {"Preference-Applied": ", ".join(found)} if found else {}


def _related_elsewhere(resource: RelatedElsewhere) -> Response:
    if resource.target is None:
        return no_content()
    table, name = resource.column.targets[0], property_name(resource.column)
    raise NotFound(f"Handsel has no table {table}; the {resource.info.label.lower()} keeps its id alone, in {name}.")


def _property(call: Call, resource: Property) -> Response:
    value = resource.row.get(resource.column.logical_name)
    if value is None:
        return no_content()
    name = property_name(resource.column)
    context = f"{call.root}$metadata#{resource.info.entity_set}({resource.row.id})/{name}"
    return json_response({"@odata.context": context, "value": value}, headers={"ETag": etag(resource.row)})


def _count(call: Call, resource: Resource) -> Response:
    if not isinstance(resource, Collection):
        raise unknown_segment("$count")
    if "$deltatoken" in call.options:
        return text_response(str(count_changes(call, resource)))
    asked = request_of(call, resource.info, resource.restriction, only=frozenset(("$filter",)))
    counted = run(replace(asked, outputs=(), page_size=1, count=True), organization=call.organization)
    return text_response(str(counted.count))


def _value(_call: Call, resource: Resource) -> Response:
    if not isinstance(resource, Property):
        raise unknown_segment("$value")
    value = resource.row.get(resource.column.logical_name)
    return (
        no_content() if value is None else text_response(str(value).lower() if isinstance(value, bool) else str(value))
    )


def _references(call: Call, resource: Resource) -> Response:
    context = f"{call.root}$metadata#"
    if isinstance(resource, (Related, RelatedElsewhere)):
        if resource.target is None:
            return no_content()
        address = f"{call.root}{_address(resource)}"
        return json_response({"@odata.context": f"{context}$ref", "@odata.id": address})
    if not isinstance(resource, Collection) or resource.parent is None:
        raise unknown_segment("$ref")
    request = replace(request_of(call, resource.info, resource.restriction), outputs=(), expands=())
    rows = run(request, organization=call.organization).rows
    listed = [{"@odata.id": f"{call.root}{resource.info.entity_set}({row.id})"} for row in rows]
    return json_response({"@odata.context": f"{context}Collection($ref)", "value": listed})


def _address(resource: Related | RelatedElsewhere) -> str:
    if isinstance(resource, Related):
        assert resource.target is not None
        return f"{resource.info.entity_set}({resource.target.id})"
    return f"{set_elsewhere(resource.column)}({resource.target})"


_SUFFIXES = {"$count": _count, "$value": _value, "$ref": _references}

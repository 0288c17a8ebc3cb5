"""`$metadata` and the definitions over HTTP: readable by every user, extensible by custom columns (Web API 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handsel.errors import InvalidArgument
from handsel.http.errors import MethodNotAllowed
from handsel.http.response import Response, no_content, text_response
from handsel.json_value import Json
from handsel.webapi.metadata import resource
from handsel.webapi.metadata.changes import metadata_changes
from handsel.webapi.metadata.csdl import metadata_xml
from handsel.webapi.metadata.customize import define
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.segments import Segment


def document(call: Call) -> Response:
    """`$metadata`."""
    _only_get(call, "$metadata")
    annotations = call.options.get("annotations", "").lower() == "true"
    version = call.root.rstrip("/").rpartition("/v")[2]
    return Response(
        200,
        {"Content-Type": "application/xml"},
        metadata_xml(call.organization, version=version, annotations=annotations),
    )


def definitions(call: Call, segments: Sequence[Segment]) -> Response:
    """EntityDefinitions and the other collections of definitions."""
    if call.method in ("POST", "PUT", "PATCH", "DELETE"):
        return define(call, segments)
    _only_get(call, segments[-1].name)
    found = resource.read(call.organization, segments, call.options)
    if found.text is not None:
        return text_response(found.text) if found.text else no_content()
    return json_response({"@odata.context": f"{call.root}$metadata#{found.context}", **found.body})


def changes(call: Call, parameters: Mapping[str, Json]) -> Response:
    """RetrieveMetadataChanges."""
    query, stamp = parameters.get("Query"), parameters.get("ClientVersionStamp")
    if query is not None and not isinstance(query, Mapping):
        raise InvalidArgument("Query must be an EntityQueryExpression as a JSON object.")
    context = f"{call.root}$metadata#Microsoft.Dynamics.CRM.RetrieveMetadataChangesResponse"
    return json_response({"@odata.context": context, **metadata_changes(call.organization, query, stamp)})


def _only_get(call: Call, name: str) -> None:
    if call.method != "GET":
        raise MethodNotAllowed(f"{call.method} is not for {name}. Use GET.")

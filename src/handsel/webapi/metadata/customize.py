"""Definitions written over HTTP: custom columns, their relationships and alternate keys (Web API 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handsel.engine.customization.change_column import RemoveColumn
from handsel.engine.customization.key_messages import RemoveKey
from handsel.engine.execute import execute_many
from handsel.engine.message import AnyMessage
from handsel.engine.secure_column import SecureColumn
from handsel.errors import Refused
from handsel.http.errors import MethodNotAllowed
from handsel.http.response import Response, no_content
from handsel.json_value import Json
from handsel.webapi.metadata import resource
from handsel.webapi.metadata.custom_columns import (
    change_from,
    column_from,
    key_from,
    lookup_from,
    relationship_change_from,
)
from handsel.webapi.metadata.names import metadata_id
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import NotSupported
from handsel.webapi.protocol.segments import Segment


def define(call: Call, segments: Sequence[Segment]) -> Response:
    """Answer a POST, PUT or DELETE of definitions. Changes that only Dataverse supports are refused: 501."""
    named = [(segment.name, segment.arguments is not None) for segment in segments if segment.operation is None]
    action = _ACTIONS.get((call.method, tuple(named)))
    if action is not None:
        return action(call, segments)
    if call.method == "PATCH":
        raise MethodNotAllowed("Definitions are changed by PUT, not by PATCH.")
    if len(named) == 1 and named[0][0] == "EntityDefinitions":
        raise NotSupported("Tables cannot be added, changed or removed. Their custom columns and keys can.")
    if named[0][0] == "GlobalOptionSetDefinitions":
        raise NotSupported(
            "Shared option sets cannot be added or changed. A custom choice column holds its own options."
        )
    raise MethodNotAllowed(
        f"{call.method} is not possible on {segments[-1].name}. Custom columns are written under a table's Attributes, "
        "custom keys under its Keys, custom lookups as RelationshipDefinitions."
    )


def _do(call: Call, message: AnyMessage) -> Any:
    return execute_many(call.context, [message])[0]


def _found(call: Call, segments: Sequence[Segment], *names: str) -> dict[str, Any]:
    """The definition that a path names. Raises NotFound."""
    found: dict[str, Any] = resource.read(call.organization, segments, {"$select": ",".join(names)}).body
    return found


def _table(call: Call, segments: Sequence[Segment]) -> str:
    name: str = _found(call, segments[:1], "LogicalName")["LogicalName"]
    return name


def _made(address: str) -> Response:
    return no_content({"OData-EntityId": address, "Location": address})


def _add_column(call: Call, segments: Sequence[Segment]) -> Response:
    table = _table(call, segments)
    body = call.json()
    made = _do(call, column_from(table, body))
    if body.get("IsSecured") is True:
        _do(call, SecureColumn(table, made["logicalname"]))
    id = metadata_id(table, made["logicalname"])
    return _made(f"{call.root}EntityDefinitions({metadata_id(table)})/Attributes({id})")


def _change_column(call: Call, segments: Sequence[Segment]) -> Response:
    table = _table(call, segments)
    name = _found(call, segments, "LogicalName")["LogicalName"]
    column = call.info(table).columns.get(name)
    if column is None:
        raise Refused(f"{name} only shows another column in words. Change that one.")
    body = call.json()
    asked = _secured(call, segments, body)
    if asked is not None:
        _do(call, SecureColumn(table, name, asked))
    if asked is None or column.is_custom:
        _do(call, change_from(table, column, body))
    address = f"{call.root}EntityDefinitions({metadata_id(table)})/Attributes({metadata_id(table, name)})"
    return no_content({"OData-EntityId": address})


def _secured(call: Call, segments: Sequence[Segment], body: Mapping[str, Json]) -> bool | None:
    """Whether a definition asks that the column be secured from now on, or be no longer; None if it stays as it is.

    Raises Refused for a column of Handsel of which anything else is to change.
    """
    present = resource.read(call.organization, segments, {}).body
    asked = body.get("IsSecured")
    if not isinstance(asked, bool) or asked == present["IsSecured"]:
        return None
    other = [name for name in body if name in present and name != "IsSecured" and body[name] != present[name]]
    if other and not present["IsCustomAttribute"]:
        raise Refused(
            f"{present['LogicalName']} belongs to Handsel: only IsSecured of it can be changed, not {other[0]}. Leave "
            "that as it is."
        )
    return asked


def _remove_column(call: Call, segments: Sequence[Segment]) -> Response:
    _do(call, RemoveColumn(_table(call, segments), _found(call, segments, "LogicalName")["LogicalName"]))
    return no_content()


def _add_key(call: Call, segments: Sequence[Segment]) -> Response:
    table = _table(call, segments)
    made = _do(call, key_from(table, call.json()))
    return _made(f"{call.root}EntityDefinitions(LogicalName='{table}')/Keys({made['id']})")


def _remove_key(call: Call, segments: Sequence[Segment]) -> Response:
    table = _table(call, segments)
    found = _found(call, segments, "LogicalName", "IsManaged")
    if found["IsManaged"]:
        raise Refused(f"The key {found['LogicalName']} belongs to Handsel. Only custom keys can be removed.")
    _do(call, RemoveKey(table, found["LogicalName"]))
    return no_content()


def _add_relationship(call: Call, _segments: Sequence[Segment]) -> Response:
    message = lookup_from(call.json())
    _do(call, message)
    return _made(f"{call.root}RelationshipDefinitions({metadata_id('relationship', message.relationship or '')})")


def _change_relationship(call: Call, segments: Sequence[Segment]) -> Response:
    """Change what a custom relationship does."""
    found = _found(call, segments, "SchemaName", "ReferencingEntity", "ReferencingAttribute", "IsCustomRelationship")
    if not found["IsCustomRelationship"]:
        raise Refused(f"The relationship {found['SchemaName']} belongs to Handsel. Only custom ones can be changed.")
    column = call.info(found["ReferencingEntity"]).columns[found["ReferencingAttribute"]]
    _do(call, relationship_change_from(found["ReferencingEntity"], column, call.json()))
    return no_content({"OData-EntityId": f"{call.root}RelationshipDefinitions({found['MetadataId']})"})


def _remove_relationship(call: Call, segments: Sequence[Segment]) -> Response:
    """Delete a custom relationship by deleting its lookup."""
    found = _found(call, segments, "SchemaName", "IsCustomRelationship")
    if not found["IsCustomRelationship"]:
        raise Refused(f"The relationship {found['SchemaName']} belongs to Handsel. Only custom ones can be removed.")
    ends = _found(call, segments, "ReferencingEntity", "ReferencingAttribute")
    _do(call, RemoveColumn(ends["ReferencingEntity"], ends["ReferencingAttribute"]))
    return no_content()


_ACTIONS: dict[tuple[str, tuple[tuple[str, bool], ...]], Callable[[Call, Sequence[Segment]], Response]] = {
    ("POST", (("EntityDefinitions", True), ("Attributes", False))): _add_column,
    ("PUT", (("EntityDefinitions", True), ("Attributes", True))): _change_column,
    ("DELETE", (("EntityDefinitions", True), ("Attributes", True))): _remove_column,
    ("POST", (("EntityDefinitions", True), ("Keys", False))): _add_key,
    ("DELETE", (("EntityDefinitions", True), ("Keys", True))): _remove_key,
    ("POST", (("RelationshipDefinitions", False),)): _add_relationship,
    ("PUT", (("RelationshipDefinitions", True),)): _change_relationship,
    ("DELETE", (("RelationshipDefinitions", True),)): _remove_relationship,
}
"""Method and path, each part with whether a key follows it → handler."""

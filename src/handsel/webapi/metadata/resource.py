"""Resolves a path below a collection of definitions: keys, navigation properties, casts, single properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handsel.engine.organization import Organization
from handsel.errors import NotFound
from handsel.http.errors import shown, syntax
from handsel.json_value import JsonObject
from handsel.webapi.metadata.evaluate import Kind, Row, chosen, matching, shown_row
from handsel.webapi.metadata.graph import roots
from handsel.webapi.metadata.kinds import BASE_TYPES, METADATA_TYPES
from handsel.webapi.metadata.names import NAMESPACE, ODATA_TYPE, type_name
from handsel.webapi.metadata.query_options import Options, options_of
from handsel.webapi.metadata.relationships import MANY_TO_MANY, ONE_TO_MANY
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.path_parameters import replace_parameters
from handsel.webapi.protocol.segments import Segment

COLLECTIONS = ("EntityDefinitions", "RelationshipDefinitions", "GlobalOptionSetDefinitions")
"""The collections that `read` answers: first parts of a path."""

_GUID = r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?"
_KEY = re.compile(rf"(?:(?P<name>[A-Za-z]++)\s*+=\s*+)?(?:'(?P<text>(?:[^']++|'')*+)'|{_GUID})")
_KEY_NAMES = ("LogicalName", "SchemaName", "Name", "MetadataId")
_CASTS = {name.lower(): name for name in (*METADATA_TYPES.values(), *BASE_TYPES, ONE_TO_MANY, MANY_TO_MANY)} | {
    "optionsetmetadata": "OptionSetMetadata"
}


@dataclass(frozen=True, slots=True)
class DefinitionResult:
    """The result of a path. `context` follows `$metadata#` in the response, `body` is beside `@odata.context`.

    With `text` the response is this text alone.
    """

    context: str
    body: JsonObject
    text: str | None = None


@dataclass(slots=True)
class _Target:
    """The target of the path so far: a list of rows, a row, or a plain value."""

    value: Any
    kind: Kind
    context: str
    known: Sequence[str] = ()


def read(organization: Organization, segments: Sequence[Segment], options: Mapping[str, str]) -> DefinitionResult:
    """Answer a GET of definitions. Raises NotFound, BadRequest, and NotSupported (501) for unsupported options."""
    asked = options_of(options)
    *path, last = (replace_parameters(segment, options) for segment in segments)
    if not path or last.name not in ("$count", "$value"):
        return _found(_resolved(organization, [*path, last]), asked)
    resource = _resolved(organization, path)
    if last.name == "$count" and isinstance(resource.value, list):
        return _text(str(len(matching(resource.value, asked, resource.kind, resource.known))))
    if last.name == "$value" and isinstance(resource.value, _Value):
        value = resource.value.value
        return _text(str(value).lower() if isinstance(value, bool) else "" if value is None else str(value))
    raise unknown_segment(last.name)


def _text(text: str) -> DefinitionResult:
    return DefinitionResult("", {}, text)


def _resolved(organization: Organization, segments: Sequence[Segment]) -> _Target:
    first = segments[0]
    root = roots(organization).get(first.name)
    if root is None:
        raise unknown_segment(first.name)
    resource = _at_key(_Target(root.follow({}), root.kind, first.name), first)
    for segment in segments[1:]:
        resource = _cast(resource, segment) if segment.operation is not None else _step(resource, segment)
    return resource


def _step(resource: _Target, segment: Segment) -> _Target:
    if not isinstance(resource.value, dict):
        raise unknown_segment(segment.name)
    navigation = resource.kind.navigations.get(segment.name)
    context = f"{resource.context}/{segment.name}"
    if navigation is not None:
        value = navigation.follow(resource.value)
        if value is None:
            raise unknown_segment(segment.name)
        known = tuple({name for row in value for name in row}) if isinstance(value, list) else ()
        return _at_key(_Target(value, navigation.kind, context, known), segment)
    if segment.name not in resource.value or segment.arguments is not None:
        raise unknown_segment(segment.name)
    return _Target(_Value(resource.value[segment.name]), resource.kind, context)


@dataclass(frozen=True, slots=True)
class _Value:
    """A single property at the end of a path."""

    value: Any


def _at_key(resource: _Target, segment: Segment) -> _Target:
    """The row of a collection with the key in parentheses."""
    if segment.arguments is None:
        return resource
    match = _KEY.fullmatch(segment.arguments.strip())
    if match is None or not isinstance(resource.value, list):
        raise syntax(f"'{shown(segment.arguments)}' is no key. Take an id or, for example, LogicalName='quote'.")
    name, text, guid = match.group("name"), match.group("text"), match.group(3)
    if name is not None and name not in _KEY_NAMES:
        raise syntax(f"Definitions have no key {shown(name)}. Take an id or one of {', '.join(_KEY_NAMES)}.")
    name = name or ("MetadataId" if guid else "LogicalName")
    wanted = (guid or text.replace("''", "'")).lower()
    for row in resource.value:
        if str(row.get(name, "")).lower() == wanted:
            return _Target(row, resource.kind, f"{resource.context}('{row['MetadataId']}')", resource.known)
    raise NotFound(f"{segment.name} has nothing with {name} '{shown(wanted)}'.")


def _cast(resource: _Target, segment: Segment) -> _Target:
    """Narrow to one kind of definition; rows of exactly that kind then have no `@odata.type`."""
    name = _CASTS.get((segment.operation or "").lower())
    if name is None:
        raise unknown_segment(segment.name)
    types = {type_name(each) for each in BASE_TYPES.get(name, (name,))}
    context = f"{resource.context}/{NAMESPACE}.{name}"
    if isinstance(resource.value, list):
        rows = [_without_type(row, name) for row in resource.value if row.get(ODATA_TYPE) in types]
        return _at_key(_Target(rows, resource.kind, context, resource.known), segment)
    if not isinstance(resource.value, dict) or resource.value.get(ODATA_TYPE) not in types:
        raise unknown_segment(segment.name)
    return _Target(_without_type(resource.value, name), resource.kind, context, resource.known)


def _without_type(row: Row, name: str) -> Row:
    if row[ODATA_TYPE] != type_name(name) or name in (ONE_TO_MANY, MANY_TO_MANY):
        return row
    return {key: value for key, value in row.items() if key != ODATA_TYPE}


def _found(resource: _Target, asked: Options) -> DefinitionResult:
    if isinstance(resource.value, _Value):
        return DefinitionResult(resource.context, {"value": resource.value.value})
    context = f"{resource.context}{_shape(asked)}"
    if isinstance(resource.value, list):
        rows = chosen(resource.value, asked, resource.kind, resource.known)
        count = (
            {"@odata.count": len(matching(resource.value, asked, resource.kind, resource.known))} if asked.count else {}
        )
        return DefinitionResult(context, {**count, "value": rows})
    return DefinitionResult(f"{context}/$entity", shown_row(resource.value, asked, resource.kind, resource.known))


def _shape(asked: Options) -> str:
    """The properties in a context: `(LogicalName,OptionSet(Options))`."""
    inner = (f"{name}{_shape(each) or '()'}" for name, each in (asked.expand or {}).items())
    names = [*asked.select, *inner]
    return f"({','.join(names)})" if names else ""

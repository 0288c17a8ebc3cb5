"""RetrieveMetadataChanges: tables and typed columns in one response, chosen by an EntityQueryExpression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handsel.engine.organization import Organization
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.json_value import Json, JsonObject
from handsel.webapi.metadata.attributes import attributes
from handsel.webapi.metadata.definitions import entity_definitions
from handsel.webapi.metadata.graph import options_of_column
from handsel.webapi.metadata.keys import keys
from handsel.webapi.metadata.names import ODATA_TYPE
from handsel.webapi.metadata.reading import metadata_version
from handsel.webapi.metadata.relationships import many_to_many, many_to_one, one_to_many

MAX_DEPTH = 20

_ALWAYS = ("MetadataId", "LogicalName", "SchemaName", ODATA_TYPE)
_WITH_OPTIONS = ("Picklist", "State", "Status", "Boolean")


def metadata_changes(
    organization: Organization, query: Mapping[str, Json] | None, client_version: Json = None
) -> JsonObject:
    """The response's body. With the stamp of an earlier response: empty if nothing changed since, else everything.

    Raises InvalidArgument for a query that cannot be read.
    """
    stamp = str(metadata_version(organization))
    asked = _mapping(query or {}, "Query")
    tables = [] if client_version == stamp else list(_tables(organization, asked))
    return {"EntityMetadata": tables, "ServerVersionStamp": stamp, "DeletedMetadata": None}


def _tables(organization: Organization, asked: Mapping[str, Json]) -> Iterable[JsonObject]:
    wanted = _properties(asked)
    for row in entity_definitions(organization):
        if not _matches(row, asked.get("Criteria"), 0):
            continue
        table = str(row["LogicalName"])
        made = _shown(row, wanted)
        for name, query, rows in (
            ("Attributes", "AttributeQuery", _columns(organization, table)),
            ("Keys", "KeyQuery", keys(organization, table)),
            ("OneToManyRelationships", "RelationshipQuery", one_to_many(organization, table)),
            ("ManyToOneRelationships", "RelationshipQuery", many_to_one(organization, table)),
            ("ManyToManyRelationships", "RelationshipQuery", many_to_many(organization, table)),
        ):
            if wanted is None or name in wanted:
                made[name] = list(_inner(rows, asked.get(query), query))
        yield made


def _columns(organization: Organization, table: str) -> Iterable[JsonObject]:
    for row in attributes(organization, table):
        made = {**row, ODATA_TYPE: str(row[ODATA_TYPE]).replace("CRM.", "CRM.Complex")}
        if row["AttributeType"] in _WITH_OPTIONS:
            made["OptionSet"] = options_of_column(organization, row)
        yield made


def _inner(rows: Iterable[JsonObject], query: Any, name: str) -> Iterable[JsonObject]:
    asked = _mapping(query or {}, name)
    wanted = _properties(asked)
    return (_shown(row, wanted) for row in rows if _matches(row, asked.get("Criteria"), 0))


def _shown(row: Mapping[str, Json], wanted: frozenset[str] | None) -> JsonObject:
    return {name: value for name, value in row.items() if wanted is None or name in wanted or name in _ALWAYS}


def _properties(asked: Mapping[str, Json]) -> frozenset[str] | None:
    """The names of a MetadataPropertiesExpression; None for all of them."""
    given = _mapping(asked.get("Properties") or {}, "Properties")
    names = given.get("PropertyNames")
    if given.get("AllProperties") or not given:
        return None
    if not isinstance(names, (list, type(None))) or not all(isinstance(name, str) for name in names or ()):
        raise InvalidArgument("RetrieveMetadataChanges: PropertyNames must be a list of names.")
    return frozenset(names or ())


def _matches(row: Mapping[str, Json], criteria: Any, depth: int) -> bool:
    """Whether a row matches a MetadataFilterExpression."""
    if criteria is None:
        return True
    if depth > MAX_DEPTH:
        raise InvalidArgument(f"RetrieveMetadataChanges: Criteria is nested more than {MAX_DEPTH} levels deep.")
    asked = _mapping(criteria, "Criteria")
    found = [_holds(row, _mapping(each, "Conditions")) for each in _list(asked, "Conditions")]
    found += [_matches(row, each, depth + 1) for each in _list(asked, "Filters")]
    operator = asked.get("FilterOperator") or "And"
    if operator not in ("And", "Or"):
        raise InvalidArgument(f"RetrieveMetadataChanges: FilterOperator is And or Or, not {shown(str(operator))}.")
    return not found or (all(found) if operator == "And" else any(found))


def _holds(row: Mapping[str, Json], condition: Mapping[str, Json]) -> bool:
    name, operator = condition.get("PropertyName"), condition.get("ConditionOperator", "Equals")
    if not isinstance(name, str):
        raise InvalidArgument("RetrieveMetadataChanges: a condition needs a PropertyName.")
    given = condition.get("Value")
    value = given.get("Value") if isinstance(given, Mapping) else given
    found = _plain(row.get(name))
    if operator in ("Equals", "NotEquals"):
        return (found == _plain(value)) is (operator == "Equals")
    if operator in ("In", "NotIn"):
        values = value if isinstance(value, list) else [value]
        return (found in [_plain(each) for each in values]) is (operator == "In")
    raise InvalidArgument(
        f"RetrieveMetadataChanges: ConditionOperator is Equals, NotEquals, In or NotIn, not {shown(str(operator))}."
    )


def _plain(value: Any) -> Any:
    """A value for comparison in conditions: case-insensitive text, booleans as text, managed values by their value."""
    if isinstance(value, Mapping):
        value = value.get("Value")
    if isinstance(value, bool):
        return str(value).lower()
    return value.lower() if isinstance(value, str) else value


def _mapping(value: Any, name: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise InvalidArgument(f"RetrieveMetadataChanges: {name} must be a JSON object, or a list of such.")
    return value


def _list(asked: Mapping[str, Json], name: str) -> Sequence[Any]:
    value = asked.get(name) or []
    if not isinstance(value, list):
        raise InvalidArgument(f"RetrieveMetadataChanges: {name} must be a list.")
    return value

"""The functions of the Web API that are no messages: who calls, which version, which addresses (Web API 3).

A new one is written here; `answers` declares it, in `$metadata` as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from handsel.engine.edm import Many
from handsel.errors import Code, InvalidArgument, NotFound
from handsel.http.errors import shown
from handsel.http.response import Response, no_content
from handsel.json_value import Json, JsonObject
from handsel.query.run import select
from handsel.tables.info import all_tables, declared_names
from handsel.webapi.metadata.endpoint import changes
from handsel.webapi.metadata.operations import needs, takes
from handsel.webapi.metadata.reading import language_of
from handsel.webapi.operations.answering import answers, structure_response
from handsel.webapi.operations.structures import (
    ENTITY_METADATA,
    METADATA_QUERY,
    ORGANIZATION_DETAIL,
    RECORD_COUNTS,
    EndpointAccessType,
)
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response

VERSION = "9.2.0.0"


def service_document(call: Call) -> Response:
    """Every entity set."""
    sets = sorted(info.entity_set for info in all_tables())
    listed = [{"name": name, "kind": "EntitySet", "url": name} for name in sets]
    return json_response({"@odata.context": f"{call.root}$metadata", "value": listed})


@answers("WhoAmI", "function", returns={"BusinessUnitId": UUID, "UserId": UUID, "OrganizationId": UUID})
def who_am_i(call: Call, _parameters: Mapping[str, Json]) -> Response:
    """The caller's ids."""
    actor = call.context.actor
    return structure_response(
        call,
        "WhoAmI",
        {
            "BusinessUnitId": actor.business_unit_id,
            "UserId": actor.user_id,
            "OrganizationId": call.organization.settings.id,
        },
    )


@answers("RetrieveVersion", "function", returns={"Version": str})
def version(call: Call, _parameters: Mapping[str, Json]) -> Response:
    """The version of the interface."""
    return structure_response(call, "RetrieveVersion", {"Version": VERSION})


@answers("RetrieveAvailableLanguages", "function", returns={"LocaleIds": list[int]})
def available_languages(call: Call, _parameters: Mapping[str, Json]) -> Response:
    """The languages of labels, as locale ids: only the organization's."""
    return structure_response(call, "RetrieveAvailableLanguages", {"LocaleIds": [language_of(call.organization)]})


@answers(
    "RetrieveCurrentOrganization",
    "function",
    needs("AccessType", EndpointAccessType),
    returns={"Detail": ORGANIZATION_DETAIL},
)
def current_organization(call: Call, _parameters: Mapping[str, Json]) -> Response:
    """The addresses of this organization."""
    settings = call.organization.settings
    base = call.root.partition("/api/data/")[0] + "/"
    name = settings.get("name") or "Handsel"
    detail: JsonObject = {
        "OrganizationId": settings.id,
        "FriendlyName": name,
        "OrganizationVersion": VERSION,
        "EnvironmentId": str(settings.id),
        "UniqueName": "".join(each for each in name.lower() if each.isalnum()) or "handsel",
        "UrlName": "".join(each for each in name.lower() if each.isalnum()) or "handsel",
        "State": "Enabled",
        "Endpoints": {
            "Count": 2,
            "IsReadOnly": False,
            "Keys": ["WebApplication", "OrganizationDataService"],
            "Values": [base, call.root.rpartition("/v")[0] + "/"],
        },
    }
    return structure_response(call, "RetrieveCurrentOrganization", {"Detail": detail})


@answers(
    "RetrieveTotalRecordCount",
    "function",
    needs("EntityNames", list[str]),
    returns={"EntityRecordCountCollection": RECORD_COUNTS},
)
def total_record_count(call: Call, parameters: Mapping[str, Json]) -> Response:
    """How many rows some tables have."""
    names = cast("Sequence[str]", parameters["EntityNames"])
    for name in names:
        if name not in declared_names():
            raise NotFound(
                f"There is no table named '{shown(name)}'. Tables go by logical name, for example quote.",
                Code.OBJECT_DOES_NOT_EXIST,
            )
    counts = [select.count(name) for name in names]
    collection: JsonObject = {"Count": len(names), "IsReadOnly": False, "Keys": names, "Values": counts}
    return structure_response(call, "RetrieveTotalRecordCount", {"EntityRecordCountCollection": collection})


@answers("PublishAllXml", "action")
def publish_all(_call: Call, _parameters: Mapping[str, Json]) -> Response:
    """Succeeds at once: a change of a custom column or key holds from the moment in which it is made (Web API 10)."""
    return no_content()


@answers("PublishXml", "action", needs("ParameterXml", str))
def publish(_call: Call, parameters: Mapping[str, Json]) -> Response:
    """Succeeds at once, as `PublishAllXml` does, for XML that says what to publish."""
    text = parameters.get("ParameterXml")
    if not isinstance(text, str):
        raise InvalidArgument("PublishXml needs ParameterXml, a text like <importexportxml>…</importexportxml>.")
    try:
        root: Element = fromstring(text)
    except (DefusedXmlException, ParseError, ValueError) as error:
        raise InvalidArgument(f"PublishXml: ParameterXml is no well-formed XML: {error}.") from error
    if root.tag != "importexportxml":
        raise InvalidArgument(f"PublishXml: ParameterXml starts with <importexportxml>, not <{shown(root.tag)}>.")
    return no_content()


@answers(
    "RetrieveMetadataChanges",
    "function",
    takes("Query", METADATA_QUERY),
    takes("ClientVersionStamp", str),
    returns={"EntityMetadata": Many(ENTITY_METADATA), "ServerVersionStamp": str},
)
def metadata_changes(call: Call, parameters: Mapping[str, Json]) -> Response:
    """The definitions that changed since a stamp."""
    return changes(call, parameters)

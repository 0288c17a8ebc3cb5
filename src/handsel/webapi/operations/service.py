"""What clients ask first: the service document, who they are, which version this is (Web API 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handsel.errors import Code, InvalidArgument, NotFound
from handsel.query.run import select
from handsel.tables.info import all_tables
from handsel.webapi.metadata.reading import language_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.response import Response, json_response

VERSION = "9.2.0.0"


def service_document(call: Call) -> Response:
    """Every entity set."""
    sets = sorted(info.entity_set for info in all_tables())
    listed = [{"name": name, "kind": "EntitySet", "url": name} for name in sets]
    return json_response({"@odata.context": f"{call.root}$metadata", "value": listed})


def structure_response(call: Call, name: str, values: Mapping[str, Any]) -> Response:
    """The answer of a function or action that returns a structure of its own."""
    return json_response({"@odata.context": f"{call.root}$metadata#Microsoft.Dynamics.CRM.{name}Response", **values})


def who_am_i(call: Call, _parameters: Mapping[str, Any]) -> Response:
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


def version(call: Call, _parameters: Mapping[str, Any]) -> Response:
    """The version of the interface."""
    return structure_response(call, "RetrieveVersion", {"Version": VERSION})


def available_languages(call: Call, _parameters: Mapping[str, Any]) -> Response:
    """The languages that labels come in, as locale ids: the organization's own."""
    return structure_response(call, "RetrieveAvailableLanguages", {"LocaleIds": [language_of(call.organization)]})


def current_organization(call: Call, parameters: Mapping[str, Any]) -> Response:
    """Where this organization is reached."""
    known = {"AccessType"}
    if set(parameters) - known:
        raise InvalidArgument("RetrieveCurrentOrganization takes AccessType only.")
    settings = call.organization.settings
    base = call.root.partition("/api/data/")[0] + "/"
    name = settings.get("name") or "Handsel"
    detail = {
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


def total_record_count(call: Call, parameters: Mapping[str, Any]) -> Response:
    """How many rows some tables have."""
    names = parameters.get("EntityNames")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidArgument('RetrieveTotalRecordCount needs EntityNames, for example ["account"].')
    known = {info.logical_name for info in all_tables()}
    for name in names:
        if name not in known:
            raise NotFound(f"There is no table named '{name}'.", Code.OBJECT_DOES_NOT_EXIST)
    counts = [select.count(name) for name in names]
    collection = {"Count": len(names), "IsReadOnly": False, "Keys": names, "Values": counts}
    return structure_response(call, "RetrieveTotalRecordCount", {"EntityRecordCountCollection": collection})


FUNCTIONS = {
    "WhoAmI": who_am_i,
    "RetrieveVersion": version,
    "RetrieveAvailableLanguages": available_languages,
    "RetrieveCurrentOrganization": current_organization,
    "RetrieveTotalRecordCount": total_record_count,
}
"""Functions of the interface itself; those of the engine are messages."""

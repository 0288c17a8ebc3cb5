"""The structures and enumerations of functions that are no messages; those of a message are declared with it."""

from __future__ import annotations

import enum
from uuid import UUID

from handsel.engine.edm import ComplexType, Many


class EndpointAccessType(enum.StrEnum):
    """From which network an endpoint is reached."""

    DEFAULT = "Default"
    INTERNET = "Internet"
    INTRANET = "Intranet"


class EndpointType(enum.StrEnum):
    """Which service an endpoint offers."""

    ORGANIZATION_SERVICE = "OrganizationService"
    ORGANIZATION_DATA_SERVICE = "OrganizationDataService"
    WEB_APPLICATION = "WebApplication"


class OrganizationState(enum.StrEnum):
    """Whether an organization can be used."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"


ENDPOINT_COLLECTION = ComplexType(
    "EndpointCollection", {"Count": int, "IsReadOnly": bool, "Keys": Many(EndpointType), "Values": list[str]}
)
ORGANIZATION_DETAIL = ComplexType(
    "OrganizationDetail",
    {
        "OrganizationId": UUID,
        "FriendlyName": str,
        "OrganizationVersion": str,
        "EnvironmentId": str,
        "UniqueName": str,
        "UrlName": str,
        "State": OrganizationState,
        "Endpoints": ENDPOINT_COLLECTION,
    },
)
RECORD_COUNTS = ComplexType(
    "EntityRecordCountCollection",
    {"Count": int, "IsReadOnly": bool, "Keys": list[str], "Values": Many("Edm.Int64")},
)
ENTITY_METADATA = ComplexType("ComplexEntityMetadata", {"LogicalName": str, "MetadataId": UUID}, is_open=True)
METADATA_QUERY = ComplexType("EntityQueryExpression", is_open=True)
QUERY_EXPRESSION = ComplexType("QueryExpression", {"EntityName": str}, is_open=True)

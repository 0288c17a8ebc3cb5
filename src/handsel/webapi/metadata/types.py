"""The enumerations and complex types of operations. Tables are not here: they follow from TableInfo."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TEXT, _INT, _GUID, _BOOL, _NUMBER = "Edm.String", "Edm.Int32", "Edm.Guid", "Edm.Boolean", "Edm.Decimal"

ENUM_TYPES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "EndpointAccessType": {"Default": 0, "Internet": 1, "Intranet": 2},
        "EndpointType": {"OrganizationService": 0, "OrganizationDataService": 1, "WebApplication": 2},
        "OrganizationState": {"Enabled": 0, "Disabled": 1},
        "TargetFieldType": {"All": 0, "ValidForCreate": 1, "ValidForUpdate": 2, "ValidForRead": 3},
    }
)
"""Enumeration → member → value."""

COMPLEX_TYPES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "ColumnSet": (("AllColumns", _BOOL), ("Columns", f"Collection({_TEXT})")),
        "WhoAmIResponse": (("BusinessUnitId", _GUID), ("UserId", _GUID), ("OrganizationId", _GUID)),
        "RetrieveVersionResponse": (("Version", _TEXT),),
        "RetrieveAvailableLanguagesResponse": (("LocaleIds", f"Collection({_INT})"),),
        "RetrieveCurrentOrganizationResponse": (("Detail", "OrganizationDetail"),),
        "OrganizationDetail": (
            ("OrganizationId", _GUID),
            ("FriendlyName", _TEXT),
            ("OrganizationVersion", _TEXT),
            ("EnvironmentId", _TEXT),
            ("UniqueName", _TEXT),
            ("UrlName", _TEXT),
            ("State", "OrganizationState"),
            ("Endpoints", "EndpointCollection"),
        ),
        "EndpointCollection": (
            ("Count", _INT),
            ("IsReadOnly", _BOOL),
            ("Keys", "Collection(EndpointType)"),
            ("Values", f"Collection({_TEXT})"),
        ),
        "RetrieveTotalRecordCountResponse": (("EntityRecordCountCollection", "EntityRecordCountCollection"),),
        "EntityRecordCountCollection": (
            ("Count", _INT),
            ("IsReadOnly", _BOOL),
            ("Keys", f"Collection({_TEXT})"),
            ("Values", "Collection(Edm.Int64)"),
        ),
        "CalculateActualValueOpportunityResponse": (("Value", _NUMBER),),
        "CanCloseOpportunityResponse": (("CanClose", _BOOL), ("Reasons", f"Collection({_TEXT})")),
        "GetQuantityDecimalResponse": (("Quantity", _INT),),
        "RetrieveExchangeRateResponse": (("ExchangeRate", _NUMBER),),
        "CreateMultipleResponse": (("Ids", f"Collection({_GUID})"),),
        "BulkDeleteResponse": (("JobId", _GUID),),
        "RetrieveMetadataChangesResponse": (
            ("EntityMetadata", "Collection(ComplexEntityMetadata)"),
            ("ServerVersionStamp", _TEXT),
        ),
    }
)
"""Complex type → its properties with their types."""

OPEN_TYPES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "ComplexEntityMetadata": (("LogicalName", _TEXT), ("MetadataId", _GUID)),
        "EntityQueryExpression": (),
        "PriceChange": (),
        "PriceTraceStep": (),
        "QueryExpression": (("EntityName", _TEXT),),
    }
)
"""Open complex types: they may have undeclared properties."""

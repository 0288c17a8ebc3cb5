"""Documented properties of definitions that have no meaning here: each answers its default (Web API 10).

A client that selects all the documented properties gets them; nothing can be changed by them.
"""

from __future__ import annotations

from collections.abc import Mapping

from handsel.json_value import Json, JsonObject
from handsel.webapi.metadata.labels import managed

_TABLE: Mapping[str, Json] = {
    "ActivityTypeMask": 0,
    "AutoCreateAccessTeams": False,
    "AutoRouteToOwnerQueue": False,
    "CanTriggerWorkflow": False,
    "CreatedOn": None,
    "EnforceStateTransitions": False,
    "EntityHelpUrl": None,
    "EntityHelpUrlEnabled": False,
    "HasFeedback": False,
    "IconMediumName": None,
    "IsAIRUpdated": False,
    "IsArchivalEnabled": False,
    "IsAvailableOffline": False,
    "IsBPFEntity": False,
    "IsBusinessProcessEnabled": False,
    "IsDocumentManagementEnabled": False,
    "IsDocumentRecommendationsEnabled": False,
    "IsEnabledForExternalChannels": False,
    "IsEnabledForTrace": False,
    "IsInteractionCentricEnabled": False,
    "IsKnowledgeManagementEnabled": False,
    "IsMSTeamsIntegrationEnabled": False,
    "IsOneNoteIntegrationEnabled": False,
    "IsQuickCreateEnabled": False,
    "IsReadingPaneEnabled": True,
    "IsRetentionEnabled": False,
    "IsRetrieveAuditEnabled": False,
    "IsRetrieveMultipleAuditEnabled": False,
    "IsSLAEnabled": False,
    "IsSolutionAware": False,
    "MobileOfflineFilters": "",
    "ModifiedOn": None,
    "OwnerId": None,
    "OwnerIdType": 8,
    "OwningBusinessUnit": None,
    "Privileges": (),
    "ReportViewName": None,
    "SettingOf": None,
    "Settings": (),
    "SyncToExternalSearchIndex": False,
    "UsesBusinessDataLabelTable": False,
}
_TABLE_MANAGED = {
    "CanBeInCustomEntityAssociation": (False, "canbeincustomentityassociation"),
    "CanBeInManyToMany": (False, "canbeinmanytomany"),
    "CanBePrimaryEntityInRelationship": (True, "canbeprimaryentityinrelationship"),
    "CanBeRelatedEntityInRelationship": (True, "canberelatedentityinrelationship"),
    "CanChangeHierarchicalRelationship": (False, "canchangehierarchicalrelationship"),
    "CanChangeTrackingBeEnabled": (False, "canchangetrackingbeenabled"),
    "CanCreateCharts": (False, "cancreatecharts"),
    "CanCreateForms": (False, "cancreateforms"),
    "CanCreateViews": (True, "cancreateviews"),
    "CanEnableSyncToExternalSearchIndex": (False, "canenablesynctoexternalsearchindex"),
    "CanModifyAdditionalSettings": (False, "canmodifyadditionalsettings"),
    "IsConnectionsEnabled": (False, "canmodifyconnectionsettings"),
    "IsMailMergeEnabled": (False, "canmodifymailmergesettings"),
    "IsMappable": (True, "ismappable"),
    "IsOfflineInMobileClient": (False, "canmodifymobileclientoffline"),
    "IsReadOnlyInMobileClient": (False, "canmodifymobileclientreadonly"),
    "IsValidForQueue": (False, "canmodifyqueuesettings"),
    "IsVisibleInMobile": (False, "canmodifymobilevisibility"),
    "IsVisibleInMobileClient": (False, "canmodifymobileclientvisibility"),
}
_COLUMN: Mapping[str, Json] = {
    "AutoNumberFormat": "",
    "CanBeSecuredForCreate": False,
    "CanBeSecuredForRead": False,
    "CanBeSecuredForUpdate": False,
    "CreatedOn": None,
    "ExternalName": None,
    "IsDataSourceSecret": False,
    "IsValidForForm": True,
    "IsValidForGrid": True,
    "ModifiedOn": None,
    "Settings": (),
}
_COLUMN_MANAGED = {
    "CanModifyAdditionalSettings": (False, "canmodifyadditionalsettings"),
    "IsGlobalFilterEnabled": (False, "canmodifyglobalfiltersettings"),
    "IsSortableEnabled": (False, "canmodifyissortablesettings"),
}


def of_table() -> JsonObject:
    """Those of a table's definition."""
    return _made(_TABLE, _TABLE_MANAGED)


def of_column() -> JsonObject:
    """Those of a column's definition, of whatever kind."""
    return _made(_COLUMN, _COLUMN_MANAGED)


def _made(plain: Mapping[str, Json], with_lock: Mapping[str, tuple[bool, str]]) -> JsonObject:
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}
    return found | {name: managed(value, lock) for name, (value, lock) in with_lock.items()}

"""Labels of definitions: one text per language. Handsel has one language per organization."""

from __future__ import annotations

from handsel.json_value import Json, JsonObject
from handsel.webapi.metadata.names import metadata_id


def label(text: str, language: int, *path: str) -> JsonObject:
    """A label; without text an empty one. Its id is made from `path`: the logical names of what it belongs to."""
    if not text:
        return {"LocalizedLabels": [], "UserLocalizedLabel": None}
    localized: JsonObject = {
        "Label": text,
        "LanguageCode": language,
        "IsManaged": True,
        "MetadataId": metadata_id("label", *path),
        "HasChanged": None,
    }
    return {"LocalizedLabels": [localized], "UserLocalizedLabel": dict(localized)}


def managed(value: Json, name: str = "") -> JsonObject:
    """A property that a solution could lock in Dataverse; here it can never be changed."""
    return {"Value": value, "CanBeChanged": False, "ManagedPropertyLogicalName": name}

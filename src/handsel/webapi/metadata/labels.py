"""Labels as definitions carry them: one text per language. Handsel has one language per organization."""

from __future__ import annotations

from typing import Any

from handsel.webapi.metadata.names import metadata_id


def label(text: str, language: int, *path: str) -> dict[str, Any]:
    """A label; without text an empty one. `path` makes its id: the logical names of what it belongs to."""
    if not text:
        return {"LocalizedLabels": [], "UserLocalizedLabel": None}
    localized = {
        "Label": text,
        "LanguageCode": language,
        "IsManaged": True,
        "MetadataId": metadata_id("label", *path),
        "HasChanged": None,
    }
    return {"LocalizedLabels": [localized], "UserLocalizedLabel": dict(localized)}


def managed(value: Any, name: str = "") -> dict[str, Any]:
    """A property that a solution could lock; here nothing can be changed."""
    return {"Value": value, "CanBeChanged": False, "ManagedPropertyLogicalName": name}

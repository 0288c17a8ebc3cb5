"""The tables of an organization, and a cache of what was computed from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from handsel.engine.organization import Organization
from handsel.tables.info import ColumnInfo, TableInfo, all_tables, declared_names
from handsel.tables.intersects import all_intersects

Made = TypeVar("Made")

_KNOWN_ORGANIZATIONS = 64
_known: dict[Any, tuple[int, dict[tuple[str, ...], Any]]] = {}


def remembered(organization: Organization, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
    """The result of `make`, cached for each metadata version of an organization. Callers must not change it."""
    who = organization.settings.get("organizationid")
    version = metadata_version(organization)
    found = _known.get(who)
    if found is None or found[0] != version:
        while len(_known) >= _KNOWN_ORGANIZATIONS:
            _known.pop(next(iter(_known)), None)
        found = _known[who] = (version, {})
    if key not in found[1]:
        found[1][key] = make()
    made: Made = found[1][key]
    return made


def metadata_version(organization: Organization) -> int:
    """A number that grows with every change of the organization's custom columns."""
    return organization.settings.get("hs_metadataversion") or 0


def language_of(organization: Organization) -> int:
    """The language code of the organization's labels, 1033 for English."""
    return organization.settings.get("languagecode") or 1033


def tables_of(organization: Organization) -> Mapping[str, TableInfo]:
    """Every table by logical name, with the organization's custom columns."""
    return {info.logical_name: organization.table(info.logical_name) for info in all_tables()}


def navigations_of(column: ColumnInfo) -> Mapping[str, str]:
    """Target table → navigation property of a lookup. For a custom lookup that is its schema name, as in Dataverse.

    The id of a table that Handsel does not have (a campaign) has none.
    """
    if column.is_custom and not column.navigation:
        return dict.fromkeys(column.targets, column.schema_name)
    return {target: name for target, name in column.navigation.items() if target in declared_names()}


def is_intersect(table: str) -> bool:
    """Whether the rows of the table only link rows of two others."""
    return any(between.through == table for between in all_intersects())

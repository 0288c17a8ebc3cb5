"""The version of the rights of a database: a number that grows with each change that concerns them (decision 0021)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from handsel.database.row import Change
from handsel.database.statements import mark, run

SOURCES: Mapping[str, frozenset[str]] = {
    "role": frozenset(("name", "businessunitid", "isinherited", "parentrootroleid", "roletemplateid")),
    "roleprivileges": frozenset(("privilegedepthmask",)),
    "systemuserroles": frozenset(),
    "teamroles": frozenset(),
    "teammembership": frozenset(),
    "team": frozenset(("name", "businessunitid", "administratorid", "teamtype")),
    "businessunit": frozenset(("name", "parentbusinessunitid")),
    "systemuser": frozenset(("businessunitid",)),
    "fieldsecurityprofile": frozenset(),
    "fieldpermission": frozenset(("canread", "cancreate", "canupdate")),
    "systemuserprofiles": frozenset(),
    "teamprofiles": frozenset(),
    "hs_roleprofiles": frozenset(),
    "hs_securedcolumn": frozenset(),
}
"""The tables that rights follow from, and the columns whose change matters; rows made and deleted always do."""


def count_changes(changes: Iterable[Change]) -> None:
    """Let every process read the rights anew from its next call on, if any of these changes concerns them."""
    if any(_matters(change) for change in changes):
        raise_version()


def raise_version() -> None:
    """Let every process read the rights anew from its next call on."""
    # What was read under a version stays cached, also if the transaction is rolled back later. The random step makes it
    # unlikely that the version given out instead is the same.
    run(f"UPDATE organization SET hs_rightsversion = coalesce(hs_rightsversion, 0) + {mark()}", (some_step(),))


def some_step() -> int:
    """By how much the version grows; a new database begins with it, so that no other one had the same."""
    return secrets.randbelow(1_000_000_000) + 1


def _matters(change: Change) -> bool:
    columns = SOURCES.get(change.row.table)
    if columns is None:
        return False
    return change.action != "update" or not columns.isdisjoint(change.before)

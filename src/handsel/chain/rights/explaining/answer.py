"""The answer to "why": the verdict in a sentence, and all that it follows from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from handsel.tables.facts import schema_name_of


@dataclass(frozen=True, slots=True)
class Check:
    """One of the checks of a right (security 1.4), and what it found.

    kind   `user`, `privilege`, `ownership`, `role`, `share` or `caller`: the first two and the last must pass, of the
           others one is enough
    right  the verb, `Read`, or the name of a privilege of no table
    """

    kind: str
    right: str
    table: str
    is_passed: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class GrantFound:
    """One privilege as a role gives it. `reaches` is whether it covers the row's owner or unit; None without a row."""

    privilege: str
    role: str
    team: str | None
    depth: str
    unit: str
    reaches: bool | None


@dataclass(frozen=True, slots=True)
class ShareFound:
    """One share of the row, or of a row above it whose shares it has, too.

    through     the lookups from the row up to the one that was shared; empty for a share of the row itself
    is_for_user whether it was shared with the user, or with a team of the user
    """

    principal: str
    principal_id: UUID
    rights: str
    mask: int
    shared: str
    through: tuple[str, ...]
    is_for_user: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a user may do something, or may not.

    missing            the privileges that are lacking, by name
    cure               the roles of which one more would be enough, smallest first; None for who may not assign roles
    hidden_columns     the secured columns of the table that the user may not read
    read_only_columns  those that the user may read but not change
    """

    user: str
    user_id: UUID
    is_allowed: bool
    sentence: str
    checks: tuple[Check, ...]
    grants: tuple[GrantFound, ...]
    shares: tuple[ShareFound, ...]
    missing: tuple[str, ...]
    cure: tuple[str, ...] | None
    hidden_columns: tuple[str, ...]
    read_only_columns: tuple[str, ...]

    def as_object(self) -> Mapping[str, object]:
        """The same with the names of the Web API: `IsAllowed`."""
        return _object(self)


@dataclass(frozen=True, slots=True)
class Holder:
    """A user who has a right on a row, and why."""

    user: str
    user_id: UUID
    unit: str
    reason: str

    def as_object(self) -> Mapping[str, object]:
        """The same with the names of the Web API."""
        return _object(self)


def _object(found: Explanation | Holder | Check | GrantFound | ShareFound) -> Mapping[str, object]:
    return {schema_name_of(each.name): _value(getattr(found, each.name)) for each in dataclasses.fields(found)}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return _object(value) if isinstance(value, (Check, GrantFound, ShareFound)) else value

"""What each user is granted by roles, directly and through teams: read once per version of the rights (security 1.3).

`organization.hs_rightsversion` counts what changes rights: roles, their privileges, who holds them, teams, units. Every
call reads it along with the settings, so what one process revoked is gone in every other with its next call, and what
has not changed costs no statement.
"""

from __future__ import annotations

import functools
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from handsel.database.context import Actor, Context, current
from handsel.database.row import Change
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.privileges import Depth

ADMINISTRATOR_TEMPLATE = UUID("627090ff-40a3-4053-8790-584edc5be201")
"""The template of System Administrator, the same in every organization (security 2.3)."""

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
}
"""The tables that rights follow from, and the columns whose change matters; rows made and deleted always do."""

MOST_USERS = 10_000
"""Of how many users the rights are kept in memory."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One privilege as a role gives it: how far, from which unit, and through which team if it is a team's role."""

    depth: Depth
    unit: UUID
    role: UUID
    role_name: str
    team: UUID | None = None
    team_rows_only: bool = False
    """At Basic depth: it reaches what the team owns, not what the user owns (security 2.2)."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a privilege reaches for a user: everything, or the rows of some owners and of some units."""

    everything: bool = False
    owners: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether the privilege is missing."""
        return not (self.everything or self.owners or self.units)


NOTHING = Reach()
EVERYTHING = Reach(everything=True)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a user holds, directly or through a team."""

    id: UUID
    original: UUID
    name: str
    unit: UUID
    team: UUID | None
    gives_basic: bool
    """Whether a team's role gives its members Basic privileges as if they held it themselves."""


@dataclass(slots=True, eq=False)
class Rights:
    """Everything one user is granted. `caller` are the rights of who acts on the user's behalf: both must suffice."""

    user: UUID
    roles: tuple[HeldRole, ...]
    teams: frozenset[UUID]
    """The teams the user is in or administers: their rows are the user's, too."""
    is_administrator: bool
    grants: Mapping[str, tuple[Grant, ...]]
    tables: _Tables
    caller: Rights | None = None
    _reaches: dict[str, Reach] = field(default_factory=dict)

    @property
    def principals(self) -> frozenset[UUID]:
        """Whom rows are shared with to be shared with the user."""
        return self.teams | {self.user}

    def holds(self, privilege: str) -> bool:
        """Whether a privilege is held at any depth."""
        return self.is_administrator or privilege in self.grants

    def reach(self, privilege: str) -> Reach:
        """What a privilege reaches: several grants are united (security 1.3)."""
        if self.is_administrator:
            return EVERYTHING
        found = self._reaches.get(privilege)
        if found is None:
            found = self._reaches[privilege] = self._united(self.grants.get(privilege, ()))
        return found

    def _united(self, grants: Iterable[Grant]) -> Reach:
        owners: set[UUID] = set()
        units: set[UUID] = set()
        for grant in grants:
            if grant.depth is Depth.GLOBAL:
                return EVERYTHING
            if grant.team is not None and grant.team_rows_only:
                owners.add(grant.team)
                continue
            owners |= self.principals
            if grant.depth is Depth.LOCAL:
                units.add(grant.unit)
            elif grant.depth is Depth.DEEP:
                units |= self.tables.below(grant.unit)
        return Reach(owners=frozenset(owners), units=frozenset(units))


class _Tables:
    """Units, roles and their privileges of a database at one version of its rights."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.users: dict[tuple[UUID, UUID | None], Rights] = {}
        self._below: dict[UUID, frozenset[UUID]] = {}

    @functools.cached_property
    def parents(self) -> Mapping[UUID, UUID | None]:
        """The unit above each unit."""
        found = run("SELECT businessunitid, parentbusinessunitid FROM businessunit")
        return {_uuid(id): None if parent is None else _uuid(parent) for id, parent in found}

    @functools.cached_property
    def roles(self) -> Mapping[UUID, tuple[UUID, str, UUID, UUID | None, bool]]:
        """Each role: its original, name, unit and template, and whether members of a team get its Basic privileges."""
        found = run(
            "SELECT roleid, coalesce(parentrootroleid, roleid), name, businessunitid, roletemplateid, isinherited "
            "FROM role"
        )
        return {
            _uuid(id): (
                _uuid(original), name, _uuid(unit), None if template is None else _uuid(template), inherited != 0
            )
            for id, original, name, unit, template, inherited in found
        }  # fmt: skip

    @functools.cached_property
    def privileges(self) -> Mapping[UUID, Mapping[str, Depth]]:
        """The privileges of each original role, by name."""
        found: dict[UUID, dict[str, Depth]] = defaultdict(dict)
        for role, name, mask in run(
            "SELECT r.roleid, p.name, r.privilegedepthmask FROM roleprivileges AS r "
            "JOIN privilege AS p ON p.privilegeid = r.privilegeid"
        ):
            found[_uuid(role)][name] = Depth.of_mask(mask)
        return found

    def roles_with(self, privileges: Collection[str]) -> list[str]:
        """The roles that have all of some privileges, smallest first, by name."""
        fit = [
            (len(self.privileges.get(id, ())), name, template)
            for id, (original, name, _unit, template, _inherited) in self.roles.items()
            if id == original
            and (template == ADMINISTRATOR_TEMPLATE or self.privileges.get(id, {}).keys() >= set(privileges))
        ]
        fit.sort(key=lambda each: (each[2] == ADMINISTRATOR_TEMPLATE, *each[:2]))
        return [name for _size, name, _template in fit]

    def below(self, unit: UUID) -> frozenset[UUID]:
        """A unit and all units below it."""
        found = self._below.get(unit)
        if found is None:
            children: dict[UUID | None, list[UUID]] = defaultdict(list)
            for id, parent in self.parents.items():
                children[parent].append(id)
            reached, queue = {unit}, [unit]
            for each in queue:
                for child in children.get(each, ()):
                    if child not in reached:
                        reached.add(child)
                        queue.append(child)
            found = self._below[unit] = frozenset(reached)
        return found


_latest: dict[str, _Tables] = {}
"""By database: the rights as of the version that was read last."""
_held: ContextVar[tuple[Context, _Tables] | None] = ContextVar("handsel_rights", default=None)
"""The rights of the running call. A call that began before a change must not fill what later calls use."""


def use_version(context: Context, version: int) -> _Tables:
    """From now on this call uses the rights of a version that it has just read."""
    latest = _latest.get(context.alias)
    if latest is None or latest.version != version:
        latest = _latest[context.alias] = _Tables(version)
    _held.set((context, latest))
    return latest


def rights_of(actor: Actor) -> Rights:
    """What a user of the current database is granted; of who acts for another one, what both are granted."""
    context, held = current(), _held.get()
    if held is not None and held[0] is context:
        tables = held[1]
    else:
        [[version]] = run("SELECT coalesce(hs_rightsversion, 0) FROM organization")
        tables = use_version(context, version)
    key = (actor.user_id, actor.caller_id)
    found = tables.users.get(key)
    if found is None:
        found = _rights(tables, actor.user_id)
        if actor.caller_id is not None:
            found = _of_both(found, _rights(tables, actor.caller_id))
        if len(tables.users) >= MOST_USERS:
            tables.users.clear()
        tables.users[key] = found
    return found


def rights_of_user(id: UUID) -> Rights:
    """What any user of the current database is granted."""
    return rights_of(Actor(id, "", None, is_integration_user=False))


def _rights(tables: _Tables, user: UUID) -> Rights:
    key = key_value(user)
    teams = frozenset(
        _uuid(id)
        for (id,) in run(
            f"SELECT teamid FROM teammembership WHERE systemuserid = {mark()} "
            f"UNION SELECT teamid FROM team WHERE administratorid = {mark()}",
            (key, key),
        )
    )
    held = run(
        f"SELECT roleid, NULL FROM systemuserroles WHERE systemuserid = {mark()} "
        "UNION ALL SELECT t.roleid, t.teamid FROM teammembership AS m JOIN teamroles AS t ON t.teamid = m.teamid "
        f"WHERE m.systemuserid = {mark()}",
        (key, key),
    )
    roles = []
    grants: dict[str, list[Grant]] = defaultdict(list)
    is_administrator = False
    for role, team in held:
        id, through = _uuid(role), None if team is None else _uuid(team)
        original, name, unit, _template, gives_basic = tables.roles[id]
        template = tables.roles[original][3]
        roles.append(HeldRole(id, original, name, unit, through, gives_basic))
        is_administrator = is_administrator or template == ADMINISTRATOR_TEMPLATE
        for privilege, depth in tables.privileges.get(original, {}).items():
            only = through is not None and depth is Depth.BASIC and not gives_basic
            grants[privilege].append(Grant(depth, unit, original, name, through, only))
    united = {privilege: tuple(found) for privilege, found in grants.items()}
    return Rights(user, tuple(roles), teams, is_administrator, united, tables)


def _of_both(user: Rights, caller: Rights) -> Rights:
    """The rights of a user for whom another acts: what both may do, on rows that both reach (security 8.1)."""
    if caller.is_administrator:
        return user
    if user.is_administrator:
        return caller
    both = {name: given for name, given in user.grants.items() if caller.holds(name)}
    return Rights(user.user, user.roles, user.teams, False, both, user.tables, caller)


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


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

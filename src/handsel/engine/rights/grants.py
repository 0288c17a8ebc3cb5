"""What each user is granted by roles, directly and through teams: read once per version of the rights (security 1.3).

`organization.hs_rightsversion` counts what changes rights: roles, their privileges, who holds them, teams, units. Every
call reads it along with the settings, so what one process revoked is gone in every other with its next call, and what
has not changed costs no statement.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from handsel.database.context import Actor, Context, current
from handsel.database.statements import key_value, mark, run
from handsel.engine.predicate import Predicate
from handsel.engine.rights.columns import ADMINISTRATOR_PROFILE, EVERY_COLUMN, ColumnRights, Columns, column_rights
from handsel.engine.rights.privileges import Depth, Privilege

ADMINISTRATOR_TEMPLATE = UUID("627090ff-40a3-4053-8790-584edc5be201")
"""The template of System Administrator, the same in every organization (security 2.3)."""

ACCESS_TEAM = 1
"""The `teamtype` of a team that only gets shares: it owns nothing and holds no role (security 2.1)."""

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

    def covers(self, owner: object, unit: object) -> bool:
        """Whether a row with this owner and this unit is reached, shares left aside."""
        return self.everything or owner in self.owners or unit in self.units


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
    predicates: dict[tuple[Privilege, str], Predicate] = field(default_factory=dict)
    """What `engine.rights.reaching` made of them, by right and table."""
    _reaches: dict[str, Reach] = field(default_factory=dict)
    _columns: ColumnRights | None = None

    @property
    def columns(self) -> ColumnRights:
        """What the user may do with secured columns; read when it is asked first."""
        found = self._columns
        if found is None:
            found = EVERY_COLUMN if self.is_administrator else _column_rights(self.tables, self.user, self.roles)
            if self.caller is not None:
                found = found.united(self.caller.columns)
            self._columns = found
        return found

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
            found = self._reaches[privilege] = self.united(self.grants.get(privilege, ()))
        return found

    def united(self, grants: Iterable[Grant]) -> Reach:
        """What some of the user's grants reach together."""
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
        self.holding: dict[UUID, Rights | None] = {}
        """What `engine.rights.holders` found out."""
        self._below: dict[UUID, frozenset[UUID]] = {}

    @functools.cached_property
    def parents(self) -> Mapping[UUID, UUID | None]:
        """The unit above each unit."""
        found = run("SELECT businessunitid, parentbusinessunitid FROM businessunit")
        return {_uuid(id): None if parent is None else _uuid(parent) for id, parent in found}

    @functools.cached_property
    def unit_names(self) -> Mapping[UUID, str]:
        """What each unit is called."""
        return {_uuid(id): name for id, name in run("SELECT businessunitid, name FROM businessunit")}

    @functools.cached_property
    def team_names(self) -> Mapping[UUID, str]:
        """What each team is called."""
        return {_uuid(id): name for id, name in run("SELECT teamid, name FROM team")}

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
        found: dict[UUID | str, dict[str, Depth]] = defaultdict(dict)
        depth_of = functools.cache(Depth.of_mask)  # a thousand rows, of four depths and a few roles
        for role, name, mask in run(
            "SELECT r.roleid, p.name, r.privilegedepthmask FROM roleprivileges AS r "
            "JOIN privilege AS p ON p.privilegeid = r.privilegeid"
        ):
            found[role][name] = depth_of(mask)
        return {_uuid(role): depths for role, depths in found.items()}

    @functools.cached_property
    def secured(self) -> Columns:
        """The secured columns, by table."""
        found: dict[str, set[str]] = defaultdict(set)
        for table, column in run("SELECT entityname, attributelogicalname FROM hs_securedcolumn"):
            found[table].add(column)
        return {table: frozenset(columns) for table, columns in found.items()}

    def roles_with(self, privileges: Collection[str]) -> list[str]:
        """The roles that have all of some privileges, smallest first, by name."""
        wanted = set(privileges)
        return [
            self.roles[id][1]
            for id in self.smallest_first()
            if self.roles[id][3] == ADMINISTRATOR_TEMPLATE or self.privileges.get(id, {}).keys() >= wanted
        ]

    def smallest_first(self) -> list[UUID]:
        """The original roles: those that grant least first, System Administrator last."""
        fit = [
            (template == ADMINISTRATOR_TEMPLATE, len(self.privileges.get(id, ())), name, id)
            for id, (original, name, _unit, template, _inherited) in self.roles.items()
            if id == original
        ]
        return [id for *_order, id in sorted(fit)]

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
    tables = _current_tables()
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


def _current_tables() -> _Tables:
    context, held = current(), _held.get()
    if held is not None and held[0] is context:
        return held[1]
    [[version]] = run("SELECT coalesce(hs_rightsversion, 0) FROM organization")
    return use_version(context, version)


def rights_of_user(id: UUID) -> Rights:
    """What any user of the current database is granted."""
    return rights_of(Actor(id, "", None, is_integration_user=False))


def rights_of_team(id: UUID) -> Rights:
    """What a team of the current database is granted by its own roles."""
    held = run(f"SELECT roleid FROM teamroles WHERE teamid = {mark()}", (key_value(id),))
    return _granted(_current_tables(), id, frozenset(), [(_uuid(role), None) for (role,) in held])


def rights_by_roles(known: Rights, id: UUID, roles: Iterable[UUID]) -> Rights:
    """What some roles grant to a user or team; `known` are any rights of this call, which know the roles."""
    return _granted(known.tables, id, frozenset(), [(role, None) for role in roles])


def rights_of_users(ids: Iterable[UUID]) -> Mapping[UUID, Rights]:
    """What many users are granted, in two statements for all of them."""
    tables = _current_tables()
    teams: dict[UUID, set[UUID]] = defaultdict(set)
    for user, team in run(_teams_of()):
        teams[_uuid(user)].add(_uuid(team))
    held: dict[UUID, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    for user, role, through in run(_roles_of()):
        held[_uuid(user)].append((_uuid(role), None if through is None else _uuid(through)))
    return {id: _granted(tables, id, frozenset(teams.get(id, ())), held.get(id, ())) for id in ids}


def rights_with(rights: Rights, role: UUID) -> Rights:
    """What a user would be granted if they held one more role."""
    held = [(each.id, each.team) for each in rights.roles]
    return _granted(rights.tables, rights.user, rights.teams, [*held, (role, None)])


def _rights(tables: _Tables, user: UUID) -> Rights:
    key = key_value(user)
    teams = frozenset(_uuid(team) for _user, team in run(_teams_of(f" = {mark()}"), (key, key)))
    held = run(_roles_of(f" = {mark()}"), (key, key))
    return _granted(
        tables, user, teams, [(_uuid(role), None if team is None else _uuid(team)) for _user, role, team in held]
    )


def _teams_of(test: str = " IS NOT NULL") -> str:
    """The teams that users are in or administer; `test` is what holds for the user.

    Who administers an access team is not in it: such a team owns nothing, and what is shared with it is its members'.
    """
    return (
        f"SELECT systemuserid, teamid FROM teammembership WHERE systemuserid{test} "
        f"UNION SELECT administratorid, teamid FROM team WHERE administratorid{test} AND teamtype <> {ACCESS_TEAM}"
    )


def _roles_of(test: str = " IS NOT NULL") -> str:
    """The roles that users hold, with the team through which they hold them."""
    return (
        f"SELECT systemuserid, roleid, NULL FROM systemuserroles WHERE systemuserid{test} "
        "UNION ALL SELECT m.systemuserid, t.roleid, t.teamid FROM teammembership AS m "
        f"JOIN teamroles AS t ON t.teamid = m.teamid WHERE m.systemuserid{test}"
    )


def _granted(tables: _Tables, user: UUID, teams: frozenset[UUID], held: Iterable[tuple[UUID, UUID | None]]) -> Rights:
    """What a user is granted by the roles that they hold, each directly or through a team."""
    roles = []
    grants: dict[str, list[Grant]] = defaultdict(list)
    is_administrator = False
    for id, through in held:
        original, name, unit, _template, gives_basic = tables.roles[id]
        template = tables.roles[original][3]
        roles.append(HeldRole(id, original, name, unit, through, gives_basic))
        is_administrator = is_administrator or template == ADMINISTRATOR_TEMPLATE
        for privilege, depth in tables.privileges.get(original, {}).items():
            only = through is not None and depth is Depth.BASIC and not gives_basic
            grants[privilege].append(Grant(depth, unit, original, name, through, only))
    united = {privilege: tuple(found) for privilege, found in grants.items()}
    return Rights(user, tuple(roles), teams, is_administrator, united, tables)


_OF_PROFILES = (
    "SELECT held.fieldsecurityprofileid, f.entityname, f.attributelogicalname, f.canread, f.cancreate, f.canupdate "
    "FROM (SELECT fieldsecurityprofileid FROM systemuserprofiles WHERE systemuserid = {mark} "
    "UNION SELECT t.fieldsecurityprofileid FROM teammembership AS m JOIN teamprofiles AS t ON t.teamid = m.teamid "
    "WHERE m.systemuserid = {mark} "
    "UNION SELECT r.fieldsecurityprofileid FROM hs_roleprofiles AS r WHERE {roles}) AS held "
    "LEFT JOIN fieldpermission AS f ON f.fieldsecurityprofileid = held.fieldsecurityprofileid"
)


def _column_rights(tables: _Tables, user: UUID, roles: Sequence[HeldRole]) -> ColumnRights:
    """What a user may do with secured columns, by the profiles of the user, of their teams and of their roles."""
    if not tables.secured:
        return EVERY_COLUMN
    dialect, key = current().dialect, key_value(user)
    sql = _OF_PROFILES.format(mark=mark(), roles=dialect.any_of("r.roleid", mark()))
    found = run(sql, (key, key, dialect.keys({role.original for role in roles})))
    if any(_uuid(profile) == ADMINISTRATOR_PROFILE for profile, *_permission in found):
        return EVERY_COLUMN
    allowed = [(table, *verbs) for _profile, table, *verbs in found if table is not None]
    return column_rights(tables.secured, allowed)


def _of_both(user: Rights, caller: Rights) -> Rights:
    """The rights of a user for whom another acts: what both may do, on rows that both reach (security 8.1)."""
    if caller.is_administrator:
        return user
    if user.is_administrator:
        return caller
    both = {name: given for name, given in user.grants.items() if caller.holds(name)}
    return Rights(user.user, user.roles, user.teams, False, both, user.tables, caller)


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

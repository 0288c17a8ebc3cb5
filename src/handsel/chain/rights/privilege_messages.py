"""What roles, users and teams may do, as answers: RetrieveUserPrivileges and its kin (security 4).

Everybody may ask about themselves; about others, who may read them and roles.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.rights.held import granted_by
from handsel.chain.rights.role_copies import original_id
from handsel.chain.rights.shapes import ROLE_PRIVILEGE, RolePrivilege, role_privilege
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database import result
from handsel.database.row import Item, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.rights.grants import Grant, Rights, rights_of_user
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, all_privileges
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, not_found

RolePrivileges = Mapping[str, Sequence[RolePrivilege]]
_RETURNS = {"RolePrivileges": Many(ROLE_PRIVILEGE)}
_OF_USER = Operation(bound_to="systemuser", binding="system_user_id", returns=_RETURNS)


@dataclass(frozen=True, slots=True)
class RetrieveUserPrivileges(Message[RolePrivileges]):
    """Everything that a user is granted, one entry for each privilege: by own roles as far as it reaches.

    What comes from a team's role is reported as Basic, as clients know it.
    """

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID


@dataclass(frozen=True, slots=True)
class RetrieveUserPrivilegeByPrivilegeName(Message[RolePrivileges]):
    """How far a user holds one privilege, with one entry for each unit that it reaches from."""

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID
    privilege_name: str
    exclude_team_basic: bool | None = None
    """True leaves out what holds for the rows of a team only."""


@dataclass(frozen=True, slots=True)
class RetrieveUserPrivilegeByPrivilegeId(Message[RolePrivileges]):
    """The same for a privilege by its id."""

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID
    privilege_id: UUID
    exclude_team_basic: bool | None = None


@dataclass(frozen=True, slots=True)
class RetrieveUserSetOfPrivilegesByNames(Message[RolePrivileges]):
    """The same for several privileges by name."""

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID
    privilege_names: Sequence[str]
    exclude_team_basic: bool | None = None


@dataclass(frozen=True, slots=True)
class RetrieveUserSetOfPrivilegesByIds(Message[RolePrivileges]):
    """The same for several privileges by id."""

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID
    privilege_ids: Sequence[UUID]
    exclude_team_basic: bool | None = None


@dataclass(frozen=True, slots=True)
class RetrieveUsersPrivilegesThroughTeams(Message[RolePrivileges]):
    """What a user is granted by the roles of teams, as far as it reaches; both options change nothing here."""

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = _OF_USER
    changes: ClassVar[bool] = False

    system_user_id: UUID
    exclude_org_disabled_privileges: Annotated[bool, Parameter(nullable=False)] = False
    include_setup_user_filtering: Annotated[bool, Parameter(nullable=False)] = False


@dataclass(frozen=True, slots=True)
class RetrieveTeamPrivileges(Message[RolePrivileges]):
    """Everything that the roles of a team grant. Needs prvReadTeam."""

    needs: ClassVar[Needs] = Needs(besides="Read of teams.")
    operation: ClassVar[Operation] = Operation(bound_to="team", binding="team_id", returns=_RETURNS)
    changes: ClassVar[bool] = False

    team_id: UUID


@dataclass(frozen=True, slots=True)
class RetrieveRolePrivilegesRole(Message[RolePrivileges]):
    """Everything that a role grants in its unit. Needs prvReadRole."""

    needs: ClassVar[Needs] = Needs(besides="Read of roles.")
    operation: ClassVar[Operation] = Operation(returns=_RETURNS)
    changes: ClassVar[bool] = False

    role_id: Annotated[UUID, Parameter(name="RoleId")]


@dataclass(frozen=True, slots=True)
class RetrievePrivilegeSet(Message[list[result.Row]]):
    """Every privilege that can be granted."""

    needs: ClassVar[Needs] = Needs(besides="A role.")
    operation: ClassVar[Operation] = Operation(bound_to="privilege", on_collection=True, returns=Many("privilege"))
    changes: ClassVar[bool] = False


Named = tuple[str, Grant]
"""A privilege by name, and one way in which it is granted."""


@handles(RetrieveUserPrivileges)
def retrieve_user_privileges(work: Work, items: list[Item[RetrieveUserPrivileges]]) -> None:
    """List everything, the deepest of each."""

    def answer(item: Item[RetrieveUserPrivileges]) -> None:
        found: dict[str, tuple[Depth, UUID]] = {}
        for name, grant in _grants(_rights(work, item.message.system_user_id)):
            told = (Depth.BASIC if grant.team is not None else grant.depth, grant.unit)
            if name not in found or told[0] > found[name][0]:
                found[name] = told
        item.result = _answered((name, *told) for name, told in found.items())

    work.each(items, answer)


@handles(RetrieveUserPrivilegeByPrivilegeName)
def retrieve_by_name(work: Work, items: list[Item[RetrieveUserPrivilegeByPrivilegeName]]) -> None:
    """Look for one privilege."""
    _retrieve(work, items, lambda message: _known([message.privilege_name]))


@handles(RetrieveUserPrivilegeByPrivilegeId)
def retrieve_by_id(work: Work, items: list[Item[RetrieveUserPrivilegeByPrivilegeId]]) -> None:
    """Look for one privilege."""
    _retrieve(work, items, lambda message: _known_by_id([message.privilege_id]))


@handles(RetrieveUserSetOfPrivilegesByNames)
def retrieve_by_names(work: Work, items: list[Item[RetrieveUserSetOfPrivilegesByNames]]) -> None:
    """Look for several privileges."""
    _retrieve(work, items, lambda message: _known(message.privilege_names))


@handles(RetrieveUserSetOfPrivilegesByIds)
def retrieve_by_ids(work: Work, items: list[Item[RetrieveUserSetOfPrivilegesByIds]]) -> None:
    """Look for several privileges."""
    _retrieve(work, items, lambda message: _known_by_id(message.privilege_ids))


Asking = (
    RetrieveUserPrivilegeByPrivilegeName
    | RetrieveUserPrivilegeByPrivilegeId
    | RetrieveUserSetOfPrivilegesByNames
    | RetrieveUserSetOfPrivilegesByIds
)


def _retrieve(work: Work, items: Sequence[Item[Asking]], asked: Callable[[Any], Collection[str]]) -> None:
    def answer(item: Item[Asking]) -> None:
        message = item.message
        names = asked(message)
        grants = (
            (name, grant)
            for name, grant in _grants(_rights(work, message.system_user_id))
            if name in names and not (message.exclude_team_basic and grant.team_rows_only)
        )
        item.result = _answered(_by_unit(grants))

    work.each(items, answer)


@handles(RetrieveUsersPrivilegesThroughTeams)
def retrieve_through_teams(work: Work, items: list[Item[RetrieveUsersPrivilegesThroughTeams]]) -> None:
    """List what comes from teams."""

    def answer(item: Item[RetrieveUsersPrivilegesThroughTeams]) -> None:
        grants = _grants(_rights(work, item.message.system_user_id))
        item.result = _answered(_by_unit((name, grant) for name, grant in grants if grant.team is not None))

    work.each(items, answer)


@handles(RetrieveTeamPrivileges)
def retrieve_team_privileges(work: Work, items: list[Item[RetrieveTeamPrivileges]]) -> None:
    """List what the roles of teams grant."""
    work.require(Privilege.READ, "team")
    teams = work.as_user.load("team", [item.message.team_id for item in items])
    held = work.as_system.children("teamroles", "teamid", list(teams))
    roles = work.as_system.load("role", {row["roleid"] for rows in held.values() for row in rows})

    def answer(item: Item[RetrieveTeamPrivileges]) -> None:
        id = item.message.team_id
        if id not in teams:
            raise not_found("team", id)
        item.result = _answered(_by_unit(_grants_of_roles(work, [roles[row["roleid"]] for row in held[id]])))

    work.each(items, answer)


@handles(RetrieveRolePrivilegesRole)
def retrieve_role_privileges(work: Work, items: list[Item[RetrieveRolePrivilegesRole]]) -> None:
    """List what roles grant."""
    work.require(Privilege.READ, "role")
    roles = work.as_user.load("role", [item.message.role_id for item in items])

    def answer(item: Item[RetrieveRolePrivilegesRole]) -> None:
        role = roles.get(item.message.role_id)
        if role is None:
            raise not_found("role", item.message.role_id)
        item.result = _answered(_by_unit(_grants_of_roles(work, [role])))

    work.each(items, answer)


@handles(RetrievePrivilegeSet)
def retrieve_privilege_set(work: Work, items: list[Item[RetrievePrivilegeSet]]) -> None:
    """List all privileges; everybody may."""
    work.require(Privilege.READ, "privilege")
    found = work.as_user.load("privilege", [privilege_id(each.name) for each in all_privileges()])
    listed = [result.Row(row.table, row.id, row) for row in sorted(found.values(), key=lambda row: row["name"])]
    for item in items:
        item.result = listed


def _rights(work: Work, user: UUID) -> Rights:
    """What a user is granted. Raises NotFound for one that the caller may not see."""
    if user != work.actor.user_id:
        access.require_all(
            work.actor,
            [Need(Privilege.READ, "systemuser"), Need(Privilege.READ, "role")],
            "ask what other users may do",
        )
        if user not in work.as_user.load("systemuser", [user]):
            raise not_found("systemuser", user)
    return rights_of_user(user)


def _grants(rights: Rights) -> Iterator[Named]:
    """Every way in which a user is granted something; an administrator everything there is."""
    for name, grants in rights.grants.items():
        for grant in grants:
            yield name, grant
    for role in rights.roles:
        if role.original == ADMINISTRATOR:
            yield from _everything(role.unit, role.name, role.team)


def _grants_of_roles(work: Work, roles: Sequence[Row]) -> Iterator[Named]:
    granted = granted_by(work, [original_id(role) for role in roles])
    for role in roles:
        id = original_id(role)
        if id == ADMINISTRATOR:
            yield from _everything(role["businessunitid"], role["name"], None)
        for name, depth in granted[id].items():
            yield name, Grant(depth, role["businessunitid"], id, role["name"])


def _everything(unit: UUID, role_name: str, team: UUID | None) -> Iterator[Named]:
    single = access.single_privileges()
    for each in all_privileges():
        if each.name not in single:
            yield each.name, Grant(max(each.depths), unit, ADMINISTRATOR, role_name, team)


def _by_unit(grants: Iterable[Named]) -> Iterable[tuple[str, Depth, UUID]]:
    """The deepest grant of each privilege from each unit."""
    found: dict[tuple[str, UUID], Depth] = {}
    for name, grant in grants:
        found[(name, grant.unit)] = max(grant.depth, found.get((name, grant.unit), grant.depth))
    return [(name, depth, unit) for (name, unit), depth in found.items()]


def _answered(found: Iterable[tuple[str, Depth, UUID]]) -> RolePrivileges:
    listed = sorted(found, key=lambda each: (each[0], str(each[2])))
    return {"RolePrivileges": [role_privilege(*each) for each in listed]}


def _known(names: Iterable[str]) -> Collection[str]:
    """Names of privileges, as they are given. Raises InvalidArgument for one that there is not."""
    known = {each.name for each in all_privileges()}
    for name in names:
        if name not in known:
            raise InvalidArgument(f"There is no privilege '{name}'. RetrievePrivilegeSet lists all there are.")
    return frozenset(names)


def _known_by_id(ids: Iterable[UUID]) -> Collection[str]:
    known = {privilege_id(each.name): each.name for each in all_privileges()}
    for id in ids:
        if id not in known:
            raise not_found("privilege", id)
    return frozenset(known[id] for id in ids)

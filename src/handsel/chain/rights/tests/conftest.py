"""An organization with four units, and users who hold what a test gives them."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

import handsel
from handsel import Reference, Session
from tests.scenarios.company import Company


class Bare(Company):
    """A session with short ways to work in it, without products and prices."""

    __repr__ = object.__repr__

    def __post_init__(self) -> None:
        """Make nothing."""

    def as_user(self, name: str) -> "Bare":
        """The same database, acting as another user."""
        return Bare(self.session.as_user(name))

    def give(self, table: str, id: UUID, role: UUID) -> None:
        """Give a role to a user or team."""
        self.do(giving(table, id, role))

    def take(self, table: str, id: UUID, role: UUID) -> None:
        """Take a role from a user or team."""
        self.do(taking(table, id, role))


def giving(table: str, id: UUID, role: UUID) -> handsel.Associate:
    """The message that gives a role to a user or team."""
    return handsel.Associate(table, id, f"{table}roles_association", Reference("role", role))


def taking(table: str, id: UUID, role: UUID) -> handsel.Disassociate:
    """The message that takes it away."""
    return handsel.Disassociate(table, id, f"{table}roles_association", Reference("role", role))


def listed(**privileges: str | int) -> list[dict[str, object]]:
    """Privileges by name and depth, as messages take them."""
    return [{"PrivilegeName": name, "Depth": depth} for name, depth in privileges.items()]


@dataclass
class Organization:
    """The root unit has `north`, with `oslo` below it, and `south`. What it does is done by the administrator."""

    admin: Bare
    root: UUID = field(init=False)
    north: UUID = field(init=False)
    oslo: UUID = field(init=False)
    south: UUID = field(init=False)

    def __post_init__(self) -> None:
        [root] = self.admin.all("businessunit", parentbusinessunitid=None)
        self.root = root.id
        self.north = self.admin.create("businessunit", name="North")
        self.oslo = self.admin.create("businessunit", name="Oslo", parentbusinessunitid=self.north)
        self.south = self.admin.create("businessunit", name="South")

    def role(self, name: str, unit: UUID) -> UUID:
        """The role with a name in a unit."""
        [found] = self.admin.all("role", name=name, businessunitid=unit)
        return found.id

    def role_names(self, unit: UUID) -> set[str]:
        """What the roles of a unit are called."""
        return {row["name"] for row in self.admin.all("role", businessunitid=unit)}

    def user(self, name: str, unit: UUID, *roles: str) -> UUID:
        """A user who holds exactly these roles."""
        id = self.admin.create("systemuser", domainname=name, firstname=name, lastname=name, businessunitid=unit)
        for role in self.held("systemuser", id):
            self.admin.take("systemuser", id, role)
        for each in roles:
            self.admin.give("systemuser", id, self.role(each, unit))
        return id

    def own_role(self, name: str, unit: UUID, **privileges: str | int) -> UUID:
        """A role made in a unit, with privileges by name and depth."""
        role = self.admin.create("role", name=name, businessunitid=unit)
        self.admin.do(handsel.AddPrivilegesRole(role, listed(**privileges)))
        return role

    def held(self, table: str, id: UUID) -> set[UUID]:
        """The roles of a user or team."""
        return {row["roleid"] for row in self.admin.all(f"{table}roles", **{f"{table}id": id})}

    def members(self, team: UUID) -> set[UUID]:
        """The users in a team."""
        return {row["systemuserid"] for row in self.admin.all("teammembership", teamid=team)}

    def default_team(self, unit: UUID) -> UUID:
        """The team of a whole unit."""
        [found] = self.admin.all("team", businessunitid=unit, isdefault=True)
        return found.id


@pytest.fixture
def organization(session: Session) -> Organization:
    return Organization(Bare(session))

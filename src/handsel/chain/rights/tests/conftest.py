"""A company with three units, and users who hold what a test gives them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

import handsel
from handsel import Reference, Session
from handsel.engine.message import Message
from handsel.errors import Code
from tests.scenarios.company import Company

ADMINISTRATOR = "System Administrator"


@dataclass
class Organization:
    """A company whose root unit has `north`, with `oslo` below it, and `south`."""

    company: Company
    root: UUID = field(init=False)
    north: UUID = field(init=False)
    oslo: UUID = field(init=False)
    south: UUID = field(init=False)

    def __post_init__(self) -> None:
        [root] = self.company.all("businessunit", parentbusinessunitid=None)
        self.root = root.id
        self.north = self.company.create("businessunit", name="North")
        self.oslo = self.company.create("businessunit", name="Oslo", parentbusinessunitid=self.north)
        self.south = self.company.create("businessunit", name="South")

    def role(self, name: str, unit: UUID) -> UUID:
        """The role with a name in a unit."""
        [found] = self.company.all("role", name=name, businessunitid=unit)
        return found.id

    def role_names(self, unit: UUID) -> set[str]:
        return {row["name"] for row in self.company.all("role", businessunitid=unit)}

    def user(self, name: str, unit: UUID, *roles: str) -> UUID:
        """A user who holds exactly these roles."""
        id = self.company.create("systemuser", domainname=name, firstname=name, lastname=name, businessunitid=unit)
        for row in self.company.all("systemuserroles", systemuserid=id):
            self.take("systemuser", id, row["roleid"])
        for role in roles:
            self.give("systemuser", id, self.role(role, unit))
        return id

    def own_role(self, name: str, unit: UUID, **privileges: str) -> UUID:
        """A role made in a unit, with privileges by name and depth."""
        role = self.company.create("role", name=name, businessunitid=unit)
        self.grant(role, **privileges)
        return role

    def grant(self, role: UUID, **privileges: str) -> None:
        listed = [{"PrivilegeName": each, "Depth": depth} for each, depth in privileges.items()]
        self.company.do(handsel.AddPrivilegesRole(role, listed))

    def give(self, table: str, id: UUID, role: UUID) -> None:
        self.company.do(handsel.Associate(table, id, f"{table}roles_association", Reference("role", role)))

    def take(self, table: str, id: UUID, role: UUID) -> None:
        self.company.do(handsel.Disassociate(table, id, f"{table}roles_association", Reference("role", role)))

    def held(self, table: str, id: UUID) -> set[UUID]:
        """The roles of a user or team."""
        return {row["roleid"] for row in self.company.all(f"{table}roles", **{f"{table}id": id})}

    def as_user(self, name: str) -> Session:
        return self.company.session.as_user(name)


@pytest.fixture
def company(session: Session) -> Company:
    return Company(session)


@pytest.fixture
def organization(company: Company) -> Organization:
    return Organization(company)


@pytest.fixture
def refused() -> Callable[..., str]:
    """Sends a message that must be refused with a code, as a user; returns the sentence."""

    def check(session: Session, message: Message[object], code: Code) -> str:
        with pytest.raises(handsel.HandselError) as caught:
            session.execute(message)
        assert caught.value.code is code, caught.value.message
        return caught.value.message

    return check

"""Who works in the sample company: units, users with different roles, teams; and the deal that they share."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from handsel.chain.party.messages import AddMembersTeam
from handsel.chain.party.options import TeamType
from handsel.chain.rights.standard_roles import STANDARD_ROLES, shipped_role
from handsel.database.row import Reference
from handsel.engine.crud.messages import Associate, Create
from handsel.engine.message import message_from
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, Privilege, all_privileges
from handsel.site.sample.maker import Maker

UNITS = {
    "sales": ("Sample Sales", None),
    "home": ("Sample Home Market", "sales"),
    "export": ("Sample Export", "sales"),
}
"""Business units: name, and the one above; None is the root."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the sample company. `unit` is None for the root."""

    domain_name: str
    last_name: str
    job_title: str
    role: str
    unit: str | None


AGENT = "Sample Agent"
"""A role of the sample company: what a salesperson may do, on own rows only."""

PEOPLE = {
    "seller": Person("seller", "Seller", "Seller", "Salesperson", "home"),
    "one": Person("sample.seller.one", "Seller One", "Seller", "Salesperson", "home"),
    "two": Person("sample.seller.two", "Seller Two", "Seller", "Salesperson", "export"),
    "lead": Person("sample.sales.lead", "Sales Lead", "Sales Lead", "Sales Manager", "home"),
    "director": Person("sample.director", "Director", "Sales Director", "Vice President of Sales", "sales"),
    "finance": Person("sample.finance", "Accountant", "Accountant", "Finance", None),
    "agent": Person("sample.agent", "Agent", "Agent of another company", AGENT, "export"),
}

TEAMS = {
    "big": ("Sample Big Deals", TeamType.OWNER, "sales", ("one", "two", "lead")),
    "reviewers": ("Sample Reviewers", TeamType.ACCESS, "export", ("seller", "agent")),
}
"""Teams: name, kind, unit, members. The owner team holds the role Salesperson."""

SHARED = ("export", "reviewers", (Privilege.READ, Privilege.WRITE, Privilege.APPEND_TO))
"""The deal that is shared, with which team, and the rights."""


def make_people(maker: Maker) -> None:
    """Make units, the role of agents, users with their roles, and teams."""
    _units(maker)
    agent = _agent_role(maker)
    maker.make("systemuser", {key: _user(maker, key, person) for key, person in PEOPLE.items()})
    maker.give_roles({key: person.role for key, person in PEOPLE.items() if person.role != AGENT})
    for key, person in PEOPLE.items():
        if person.role == AGENT:
            _give(maker, maker.of("systemuser", key), agent)
    for key, (name, kind, team_unit, members) in TEAMS.items():
        unit = _unit(maker, team_unit)
        maker.make("team", {key: {"name": name, "teamtype": int(kind), "businessunitid": unit}})
        team = maker.of("team", key)
        if kind is TeamType.OWNER:
            _give(maker, team, shipped_role("Salesperson"))
        maker.session.execute(AddMembersTeam(team.id, [maker.of("systemuser", member).id for member in members]))


def _units(maker: Maker) -> None:
    root = maker.session.user.business_unit_id
    assert root is not None, "the sample company is made by the first user"
    maker.know("businessunit", "", root)
    for key, (name, above) in UNITS.items():
        maker.make("businessunit", {key: {"name": name, "parentbusinessunitid": _unit(maker, above)}})


def _unit(maker: Maker, key: str | None) -> Reference:
    return maker.of("businessunit", key or "")


def _user(maker: Maker, key: str, person: Person) -> dict[str, object]:
    return {
        "domainname": person.domain_name,
        "firstname": "Sample",
        "lastname": person.last_name,
        "internalemailaddress": f"sample.{key}@example.com",
        "jobtitle": person.job_title,
        "businessunitid": _unit(maker, person.unit),
    }


def _agent_role(maker: Maker) -> UUID:
    """What a salesperson may do, as far as possible with own rows only."""
    [salesperson] = [role for role in STANDARD_ROLES if role.name == "Salesperson"]
    granted, depths = salesperson.privileges(), {each.name: each.depths for each in all_privileges()}
    description = "Sample data: sells for the company from outside; sees own rows and those shared."
    made = maker.session.execute(Create("role", {"name": AGENT, "description": description}))
    privileges = [
        {
            "PrivilegeId": str(privilege_id(name)),
            "Depth": (Depth.BASIC if Depth.BASIC in depths[name] else depth).name.capitalize(),
        }
        for name, depth in granted.items()
    ]
    maker.session.execute(message_from("AddPrivilegesRole", {"RoleId": str(made.id), "Privileges": privileges}))
    return made.id


def _give(maker: Maker, holder: Reference, role: UUID) -> None:
    """Give a role: where the holder's unit is another one, its copy there."""
    association = f"{holder.table}roles_association"
    maker.session.execute(Associate(holder.table, holder.id, association, Reference("role", role)))


def share_deal(maker: Maker) -> None:
    """Share a deal with a team, so that it is seen by who would not see it otherwise."""
    deal, team, rights = SHARED
    access = {"Principal": maker.of("team", team), "AccessMask": ",".join(right.right_name for right in rights)}
    target = maker.of("opportunity", deal)
    maker.session.execute(message_from("GrantAccess", {"Target": target, "PrincipalAccess": access}))


def owner(maker: Maker, key: str) -> Reference:
    """A user or team of the sample company who owns something."""
    return maker.of("team" if key in TEAMS else "systemuser", key)

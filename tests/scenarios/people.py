"""People with roles for scenarios: users, teams, units, and roles that grant exactly what a scenario names."""

import copy
from collections.abc import Iterable, Mapping
from uuid import UUID

import handsel
from handsel import Reference
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth
from handsel.site.standard_rows import insert_rows
from handsel.tables.keys import new_key
from tests.scenarios.company import Company

LETTERS = {"B": Depth.BASIC, "L": Depth.LOCAL, "D": Depth.DEEP, "G": Depth.GLOBAL}
VERBS = ("Create", "Read", "Write", "Delete", "Append", "AppendTo", "Assign", "Share")
PEOPLE = {"User": "-G--GG--", "Team": "-G--GG--", "BusinessUnit": "-G--GG--", "TransactionCurrency": "-G--GG--"}
"""What every role of a scenario grants besides: to see the others."""


def root_unit(company: Company) -> UUID:
    """The unit of the administrator."""
    unit = company.session.user.business_unit_id
    assert unit is not None
    return unit


def make_role(company: Company, name: str, grants: Mapping[str, str], unit: UUID | None = None) -> UUID:
    """A role with a letter of depth for each verb by stem (`"Quote": "BG------"`), with what everybody has."""
    role = new_key()
    with company.session.entered():
        values = {"roleid": role, "parentrootroleid": role, "name": name, "isinherited": 1}
        insert_rows("role", [{**values, "businessunitid": unit or root_unit(company)}])
        granted = [
            {
                "roleid": role,
                "privilegeid": privilege_id(f"prv{verb}{stem}"),
                "privilegedepthmask": LETTERS[letter].mask,
            }
            for stem, letters in {**PEOPLE, **grants}.items()
            for verb, letter in zip(VERBS, letters, strict=True)
            if letter != "-"
        ]
        insert_rows("roleprivileges", granted)
        _changed()
    return role


def hold(company: Company, holder: Reference, roles: Iterable[UUID]) -> None:
    """Let a user or team hold exactly these roles."""
    link = {"systemuser": "systemuserroles", "team": "teamroles"}[holder.table]
    with company.session.entered():
        run(f"DELETE FROM {link} WHERE {holder.table}id = {mark()}", (key_value(holder.id),))
        insert_rows(link, [{f"{holder.table}id": holder.id, "roleid": role} for role in roles])
        _changed()


def _changed() -> None:
    run("UPDATE organization SET hs_rightsversion = coalesce(hs_rightsversion, 0) + 1")


def make_user(company: Company, name: str, *roles: UUID, unit: UUID | None = None) -> Company:
    """The same company as seen by a new user with these roles."""
    unit = unit or root_unit(company)
    user = company.create("systemuser", domainname=name, firstname=name.capitalize(), lastname="X", businessunitid=unit)
    hold(company, Reference("systemuser", user), roles)
    seen = copy.copy(company)
    seen.session = company.session.as_user(name)
    return seen


def make_team(company: Company, name: str, *members: Company, **values: object) -> Reference:
    """A team with these members."""
    team = company.create("team", name=name, businessunitid=root_unit(company), **values)
    if members:
        company.do(handsel.AddMembersTeam(team, [member.session.user.user_id for member in members]))
    return Reference("team", team)


def of(company: Company) -> Reference:
    """The user that a company is seen by."""
    return Reference("systemuser", company.session.user.user_id)


def grant(company: Company, row: Reference, principal: Reference, mask: str = "ReadAccess") -> None:
    """Share a row."""
    company.do(handsel.GrantAccess(row, {"Principal": principal, "AccessMask": mask}))

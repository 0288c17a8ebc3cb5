"""Users who hold exactly the privileges that a test gives them, however deep each of them reaches."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

import handsel
from handsel import Reference
from handsel.chain.rights.standard_roles import StandardRole
from handsel.database.row import Item
from handsel.engine import organization
from handsel.engine.execute import finish
from handsel.engine.needs import Needs
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth
from handsel.engine.rights.requirements import ways
from handsel.engine.work import Work
from handsel.tables.keys import new_key
from tests.scenarios.company import Company


@dataclass(frozen=True)
class Limited:
    """A user with one role: the session as that user, and the company of the administrator."""

    admin: Company
    session: handsel.Session
    role: UUID

    @property
    def me(self) -> Reference:
        """The user as an owner."""
        return Reference("systemuser", self.session.user.user_id)

    def hold(self, *roles: UUID) -> None:
        """From now on the user holds these roles only."""
        user = self.session.user.user_id
        with changing(self.admin) as (work, item):
            for held in work.as_system.children("systemuserroles", "systemuserid", [user])[user]:
                work.delete(item, held)
            for role in roles:
                work.insert(item, "systemuserroles", {"systemuserid": user, "roleid": role})

    def may(self, privileges: Mapping[str, Depth] | Iterable[str]) -> None:
        """From now on the user holds exactly these privileges; those without a depth in the whole organization."""
        given = privileges if isinstance(privileges, Mapping) else dict.fromkeys(privileges, Depth.GLOBAL)
        with changing(self.admin) as (work, item):
            for row in work.as_system.children("roleprivileges", "roleid", [self.role])[self.role]:
                work.delete(item, row)
            for name, depth in given.items():
                values = {"roleid": self.role, "privilegeid": privilege_id(name), "privilegedepthmask": depth.mask}
                work.insert(item, "roleprivileges", values)


def limited(company: Company, name: str = "seller") -> Limited:
    """A new user who holds a role that grants nothing."""
    user = company.create("systemuser", domainname=name, firstname="Sally", lastname=name.title())
    role, unit = new_key(), company.session.user.business_unit_id
    with changing(company) as (work, item):
        for held in work.as_system.children("systemuserroles", "systemuserid", [user])[user]:
            work.delete(item, held)
        values = {"roleid": role, "parentrootroleid": role, "name": f"Role of {name}", "businessunitid": unit}
        work.insert(item, "role", {**values, "isinherited": 1})
        work.insert(item, "systemuserroles", {"systemuserid": user, "roleid": role})
    return Limited(company, company.session.as_user(name), role)


def holder(company: Company, name: str, role: StandardRole) -> Limited:
    """A new user who holds a shipped role."""
    made = limited(company, name)
    made.hold(role.id)
    return Limited(company, made.session, role.id)


def names_of(needs: Needs) -> list[str]:
    """The privileges of a list, by name, each once."""
    return list(dict.fromkeys(name for need in needs.listed() for way in list(ways(need))[:1] for name in way))


@contextmanager
def changing(company: Company) -> Iterator[tuple[Work, Item[object]]]:
    """A round outside of any message, for rows that no message writes."""
    context = company.session.context
    with company.session.entered(), transaction.atomic(using=context.alias):
        work = Work(context, organization.begin_transaction(context), collect=False)
        yield work, Item(0, handsel.Create("role", {}))
        finish(work, "Create")

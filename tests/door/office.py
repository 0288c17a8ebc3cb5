"""Units, users, a team and roles, written straight into a database, for tests of what rights reach.

root ─┬─ north ── harbour      `seller` is in north, and in the team `deals`
      └─ south
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from handsel import Session
from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.database.statements import mark, run
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth
from handsel.engine.rights.versions import raise_version
from handsel.site.session import find_actor
from handsel.tables.info import table_info

ALL_RIGHTS = 852_023


class Office:
    """The company around `seller`, whose one role is `role`. It starts without any privilege."""

    def __init__(self, session: Session, *, through_team: bool = False, members_get_basic: bool = True) -> None:
        self.session = session
        with session.entered():
            [[root]] = run("SELECT businessunitid FROM businessunit WHERE parentbusinessunitid IS NULL")
        self.root = _uuid(root)
        self.north, self.harbour, self.south = self.unit("North"), UUID(int=0), self.unit("South")
        self.harbour = self.unit("Harbour", below=self.north)
        self.unit_of = {
            "seller": self.north,
            "colleague": self.north,
            "docker": self.harbour,
            "southerner": self.south,
            "director": self.root,
        }
        self.users = {name: self.user(name, unit) for name, unit in self.unit_of.items()}
        self.seller = self.users["seller"]
        self.anchor, self.members_get_basic = self.south if through_team else self.north, members_get_basic
        self.team = self.new_team("deals", self.anchor, [self.seller])
        self.role = self.new_role("Tested", self.anchor, members_get_basic=members_get_basic)
        self.idle = self.new_role("Idle", self.anchor)
        if through_team:
            self.write("teamroles", [{"teamroleid": uuid4(), "teamid": self.team, "roleid": self.role}])
        else:
            self.give(self.seller, self.role)
        self.renew()

    @property
    def actor(self) -> Actor:
        """The seller, as calls name users."""
        return find_actor(self.session.context.alias, "seller")

    def below(self, unit: UUID) -> set[UUID]:
        """A unit and those below it."""
        return {
            self.root: {self.root, self.north, self.south, self.harbour},
            self.north: {self.north, self.harbour},
        }.get(unit, {unit})

    # Rows

    def write(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows as they are, in one transaction."""
        with self.session.entered(), transaction.atomic(using=self.session.context.alias):
            self._write(table, rows)

    def write_all(self, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Insert rows of several tables, which may refer to each other."""
        with self.session.entered(), transaction.atomic(using=self.session.context.alias):
            for table, rows in tables.items():
                self._write(table, rows)

    def _write(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        stored = self.session.context.dialect.storage(table)
        key = table_info(table).primary_key
        whole = [Row(table, row[key], {"versionnumber": 1, **row}) for row in rows]
        columns = {name for row in whole for name in row}
        stored.insert(tuple(name for name in stored.names if name in columns), whole)

    def unit(self, name: str, below: UUID | None = None) -> UUID:
        """A new business unit."""
        id = uuid4()
        row = {"businessunitid": id, "name": name, "parentbusinessunitid": below or self.root, "isdisabled": False}
        self.write("businessunit", [row])
        return id

    def user(self, name: str, unit: UUID) -> UUID:
        """A new user, who holds no role."""
        id = uuid4()
        row = {"systemuserid": id, "domainname": name, "fullname": name.title(), "businessunitid": unit}
        self.write("systemuser", [{**row, "isdisabled": False, "isintegrationuser": False}])
        return id

    def new_team(self, name: str, unit: UUID, members: Iterable[UUID]) -> UUID:
        """A new owner team."""
        id = uuid4()
        self.write("team", [{"teamid": id, "name": name, "businessunitid": unit, "teamtype": 0}])
        rows = [{"teammembershipid": uuid4(), "teamid": id, "systemuserid": member} for member in members]
        self.write("teammembership", rows)
        return id

    def new_role(self, name: str, unit: UUID, *, members_get_basic: bool = True) -> UUID:
        """A new role, with no privilege."""
        id = uuid4()
        row = {"roleid": id, "parentrootroleid": id, "name": name, "businessunitid": unit}
        self.write("role", [{**row, "isinherited": int(members_get_basic)}])
        return id

    def give(self, user: UUID, role: UUID) -> None:
        """Let a user hold a role."""
        self.write("systemuserroles", [{"systemuserroleid": uuid4(), "systemuserid": user, "roleid": role}])

    def share(self, table: str, row: UUID, principal: UUID, rights: int) -> None:
        """Share a row."""
        self.write("principalobjectaccess", [shared(table, row, principal, rights)])

    def grant(self, privileges: Mapping[str, Depth], role: UUID | None = None) -> None:
        """Make these the privileges of a role, and let every process know, in one transaction."""
        id = role or self.role
        rows = [
            {
                "roleprivilegeid": uuid4(),
                "roleid": id,
                "privilegeid": privilege_id(name),
                "privilegedepthmask": depth.mask,
            }
            for name, depth in privileges.items()
        ]
        with self.session.entered(), transaction.atomic(using=self.session.context.alias):
            run(f"DELETE FROM roleprivileges WHERE roleid = {mark()}", (self.session.context.dialect.key(id),))
            if rows:
                self._write("roleprivileges", rows)
            raise_version()

    def renew(self) -> None:
        """Count a change of the rights, as messages do."""
        with self.session.entered():
            raise_version()


def shared(table: str, row: UUID, principal: UUID, rights: int) -> dict[str, Any]:
    """A row of the table of shares."""
    return {
        "principalobjectaccessid": uuid4(),
        "principalid": principal,
        "principaltypecode": "systemuser",
        "objectid": row,
        "objecttypecode": table,
        "accessrightsmask": rights,
    }


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

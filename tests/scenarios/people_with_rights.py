"""Units, users, teams, roles and shares for scenarios about rights, made as rows: what they mean is what is tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

import handsel
from handsel import Reference, Session
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, Privilege
from handsel.engine.rights.versions import raise_version
from handsel.site.standard_rows import add_standard_rows, insert_rows
from handsel.tables.keys import new_key


class People:
    """Short ways to make people and rights in an open database, as its administrator."""

    def __init__(self, session: Session) -> None:
        self.session = session
        [[root]] = self._run("SELECT businessunitid FROM businessunit WHERE parentbusinessunitid IS NULL")
        self.root = UUID(str(root))
        self.units: dict[str, UUID] = {}
        self.users: dict[str, UUID] = {}
        self.teams: dict[str, UUID] = {}
        self.roles: dict[str, UUID] = {}
        self._lacks_copies = False

    def _run(self, sql: str, params: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        with self.session.entered():
            return run(sql, params)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Rows of rights are written by hand here, so that the version is counted by hand, too."""
        with self.session.entered():
            yield
            raise_version()

    def unit(self, name: str, parent: str | None = None) -> None:
        """A unit, with the copies of all roles."""
        above = Reference("businessunit", self.units[parent] if parent else self.root)
        made = self.session.execute(handsel.Create("businessunit", {"name": name, "parentbusinessunitid": above}))
        self.units[name] = made.id
        self._lacks_copies = True

    def role(self, name: str, grants: Mapping[str, Depth]) -> None:
        """A role of the root unit, with its copies, that grants privileges by name."""
        id = self.roles[name] = new_key()
        row = {"roleid": id, "parentrootroleid": id, "name": name, "businessunitid": self.root, "isinherited": 1}
        with self.changing():
            insert_rows("role", [row])
            insert_rows(
                "roleprivileges",
                [
                    {"roleid": id, "privilegeid": privilege_id(name), "privilegedepthmask": depth.mask}
                    for name, depth in grants.items()
                ],
            )
        self._lacks_copies = True

    def user(self, name: str, unit: str | None, *roles: str) -> Session:
        """A user with these roles and no other, and a session of theirs."""
        id = self.units[unit] if unit else self.root
        values = {"domainname": name, "lastname": name.capitalize(), "businessunitid": Reference("businessunit", id)}
        self.users[name] = self.session.execute(handsel.Create("systemuser", values)).id
        with self.changing():
            run(f"DELETE FROM systemuserroles WHERE systemuserid = {mark()}", (key_value(self.users[name]),))
            held = [{"systemuserid": self.users[name], "roleid": self.role_in(role, id)} for role in roles]
            insert_rows("systemuserroles", held)
        return self.session.as_user(name)

    def team(self, name: str, unit: str, *members: str, roles: tuple[str, ...] = ()) -> None:
        """A team with members and roles."""
        above = Reference("businessunit", self.units[unit])
        self.teams[name] = self.session.execute(handsel.Create("team", {"name": name, "businessunitid": above})).id
        with self.changing():
            pairs = [{"teamid": self.teams[name], "systemuserid": self.users[member]} for member in members]
            insert_rows("teammembership", pairs)
            held = [{"teamid": self.teams[name], "roleid": self.role_in(role, self.units[unit])} for role in roles]
            insert_rows("teamroles", held)

    def role_in(self, role: str, unit: UUID) -> UUID:
        """The role, or its copy in a unit."""
        if self._lacks_copies:
            with self.changing():
                add_standard_rows(self.root)
            self._lacks_copies = False
        mark = self.session.context.dialect.mark
        with self.session.entered():
            key = key_value(unit)
        [[found]] = self._run(f"SELECT roleid FROM role WHERE name = {mark} AND businessunitid = {mark}", (role, key))
        return UUID(str(found))

    def share(self, record: Reference, principal: str, *rights: Privilege) -> None:
        """Share a row with a user or a team."""
        is_team = principal in self.teams
        with self.changing():
            insert_rows(
                "principalobjectaccess",
                [
                    {
                        "principalid": self.teams[principal] if is_team else self.users[principal],
                        "principaltypecode": "team" if is_team else "systemuser",
                        "objectid": record.id,
                        "objecttypecode": record.table,
                        "accessrightsmask": sum(right.right for right in rights),
                    }
                ],
            )

    def account(self, name: str, owner: str) -> Reference:
        """An account of a user or team."""
        whose = (
            Reference("team", self.teams[owner]) if owner in self.teams else Reference("systemuser", self.users[owner])
        )
        made = self.session.execute(handsel.Create("account", {"name": name, "ownerid": whose}))
        return Reference("account", made.id)

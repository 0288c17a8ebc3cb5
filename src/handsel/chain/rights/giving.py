"""Giving roles to users and teams, and taking them away (security 2.3).

It takes prvAssignRole where the role stands, and everything that the role grants. In the classic mode a role is held in
its own unit: the original's id, given to somebody of another unit, means the copy there.
"""

from __future__ import annotations

from uuid import UUID

from handsel.chain.party.options import TeamType
from handsel.chain.rights.administrators import require_administrator_left
from handsel.chain.rights.held import require_administrator, require_roles_held
from handsel.chain.rights.role_copies import copy_id, is_original, original_id
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database.row import Row
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import Link
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, Refused, not_found

HOLDERS = {"systemuserroles": "systemuser", "teamroles": "team"}
"""Who holds roles by rows of which table."""


def check_role_of_user(work: Work, link: Link) -> None:
    """A role given to a user, or taken away."""
    _check(work, link, "systemuserroles")


def check_role_of_team(work: Work, link: Link) -> None:
    """A role given to a team, or taken away."""
    _check(work, link, "teamroles")


def _check(work: Work, link: Link, through: str) -> None:
    work.require(Privilege.ASSIGN, "role")
    table = HOLDERS[through]
    column = f"{table}id"
    holder = _row(work, table, link.ids[column])
    role = _meant(work, link, holder, through)
    link.ids["roleid"] = role.id
    work.require(Privilege.ASSIGN, "role", [role])
    named = f"role '{role['name']}' {'to' if link.is_made else 'from'} {name_of(holder)}"
    if link.is_made:
        _require_holder(holder)
        require_roles_held(work, [role], f"give {named}")
    elif original_id(role) == ADMINISTRATOR:
        require_administrator(work, f"take {named}")
        held = work.as_system.children(through, column, [holder.id])[holder.id]
        going = {row.id for row in held if row["roleid"] == role.id}
        if going:
            require_administrator_left(work, last_administrator(f"take {named}"), going)


def last_administrator(doing: str) -> Refused:
    """The refusal to take the role of the last administrator (0x80041d30)."""
    text = f"You cannot {doing}: nobody would be System Administrator any more. Give the role to another user first."
    return Refused(text, Code.CANNOT_REMOVE_FROM_SYS_ADMIN)


def name_of(holder: Row) -> str:
    """A user or team as sentences name it."""
    return f"user '{holder['domainname']}'" if holder.table == "systemuser" else f"team '{holder['name']}'"


def _require_holder(holder: Row) -> None:
    if holder.table == "team" and holder.get("teamtype") == TeamType.ACCESS:
        raise InvalidArgument(
            f"{name_of(holder).capitalize()} is an access team: rows are shared with it, but it holds no roles. Give "
            "the role to an owner team, or to its members."
        )


def _meant(work: Work, link: Link, holder: Row, through: str) -> Row:
    """The role that is given: in the classic mode the one in the holder's unit.

    Raises Refused (0x80041409) for a role of another unit. A role that is held can be taken away in any case.
    """
    role = _row(work, "role", link.ids["roleid"])
    unit: UUID = holder["businessunitid"]
    if role["businessunitid"] == unit:
        return role
    held = work.as_system.children(through, f"{holder.table}id", [holder.id])[holder.id]
    if work.organization.settings.get("hs_ownershipacrossunits"):
        return role
    if not link.is_made and any(row["roleid"] == role.id for row in held):
        return role
    copy = None
    if is_original(role):
        id = copy_id(role.id, unit)
        copy = work.as_system.load("role", [id]).get(id)
    if copy is None:
        units = work.as_system.load("businessunit", [role["businessunitid"], unit])
        own, other = (units[each]["name"] for each in (unit, role["businessunitid"]))
        raise Refused(
            f"The role '{role['name']}' stands in business unit '{other}', and {name_of(holder)} in '{own}': a role is "
            "held in its own unit. Give the role of that name in the other's unit, or one made in a unit above it.",
            Code.ROLE_OF_ANOTHER_UNIT,
        )
    return copy


def _row(work: Work, table: str, id: UUID) -> Row:
    row = work.as_user.load(table, [id]).get(id)
    if row is None:
        raise not_found(table, id)
    return row

"""What holds for roles: only the original is changed, its copies follow; what Handsel ships stays (security 2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.uniqueness import require_unique
from handsel.chain.rights.held import granted_by, require_held
from handsel.chain.rights.role_copies import FOLLOWING, is_original, make_copies, original_id
from handsel.chain.rights.unit_tree import lock_lines, unit_tree
from handsel.chain.system.connect_options import RoleInheritance
from handsel.database.row import Reference, Row
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.rights.grants import ADMINISTRATOR_TEMPLATE
from handsel.engine.work import Work
from handsel.errors import Code, Refused


def fill_roles(work: Work, drafts: Sequence[Draft]) -> None:
    """A new role stands in the caller's unit, unless another one is given."""
    unit = work.actor.business_unit_id
    for draft in drafts:
        if draft.values.get("businessunitid") is None and unit is not None:
            draft.values["businessunitid"] = Reference("businessunit", unit)


def check_new_roles(work: Work, entries: Sequence[Entry]) -> None:
    """A new role is an original; every unit below its own gets a copy. Its name is its own."""
    require_unique(work, entries, "name")
    live = [entry for entry in entries if entry.item.refusal is None]
    if not live:
        return
    lock_lines(work, {entry.row["businessunitid"] for entry in live})
    tree = unit_tree(work)
    for entry in live:
        work.update(entry.item, entry.row, {"parentrootroleid": entry.row.id})
        make_copies(work, entry.item, entry.row, tree)


def check_roles(work: Work, entries: Sequence[Entry]) -> None:
    """Originals alone are changed, and never System Administrator; the copies follow."""

    def check(entry: Entry) -> None:
        require_changeable(work, entry.row)
        if entry.changed("isinherited") and entry.row.get("isinherited") == RoleInheritance.DIRECT_AND_TEAM:
            granted = granted_by(work, [entry.row.id])[entry.row.id]
            doing = f"let the members of teams have the role '{entry.row['name']}' themselves"
            require_held(work, granted, entry.row["businessunitid"], doing)

    each_entry(work, entries, check)
    require_unique(work, entries, "name")
    live = [entry for entry in entries if entry.item.refusal is None and entry.changed(*FOLLOWING)]
    copies = work.as_system.children("role", "parentrootroleid", [entry.row.id for entry in live])
    for entry in live:
        for copy in copies[entry.row.id]:
            if copy.id != entry.row.id:
                work.update(entry.item, copy, {name: entry.row.get(name) for name in FOLLOWING})


def protect_roles(work: Work, entries: Sequence[Entry]) -> None:
    """Copies go with their original, and roles that Handsel ships stay."""

    def check(entry: Entry) -> None:
        _require_original(work, entry.row, "deleted")
        if entry.row.get("roletemplateid") is not None:
            is_administrator = entry.row["roletemplateid"] == ADMINISTRATOR_TEMPLATE
            raise Refused(
                f"The role '{entry.row['name']}' comes with Handsel and cannot be deleted. Take it away from users and "
                "teams, or take privileges out of it.",
                Code.CANNOT_DELETE_SYS_ADMIN if is_administrator else None,
                table="role",
                id=str(entry.row.id),
            )

    each_entry(work, entries, check)


def require_changeable(work: Work, role: Row) -> None:
    """Refuse to change a copy (0x8004140c) or System Administrator (0x80041d31)."""
    _require_original(work, role, "changed")
    if role.get("roletemplateid") == ADMINISTRATOR_TEMPLATE:
        raise Refused(
            f"The role '{role['name']}' grants everything and cannot be changed. Make another role.",
            Code.CANNOT_MODIFY_SYS_ADMIN,
            table="role",
            id=str(role.id),
        )


def _require_original(work: Work, role: Row, what: str) -> None:
    if is_original(role):
        return
    name = role.change.before.get("name", role["name"]) if role.change is not None else role["name"]
    id = original_id(role)
    raise Refused(
        f"The role '{name}' in this business unit is the copy of a role of a unit above and cannot be {what}. Its "
        f"original is role {id}; what is {what} there is {what} here, too.",
        Code.ROLE_IS_INHERITED,
        table="role",
        id=str(role.id),
    )

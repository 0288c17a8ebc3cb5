"""Who joins and leaves teams: by prvWriteTeam; of the team of a whole unit, the system alone decides (security 2.1)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.rights.administrators import require_administrator_left
from handsel.chain.rights.giving import last_administrator
from handsel.chain.rights.held import require_roles_held
from handsel.chain.rights.role_copies import original_id
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database.row import Row
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import Entry, Link, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, Refused, not_found


def check_member(work: Work, link: Link) -> None:
    """A user joins or leaves a team: what its roles grant, the one who adds a member holds, too."""
    team = _team(work, link)
    work.require(Privilege.WRITE, "team", [team])
    if team.get("isdefault"):
        raise Refused(
            f"Team '{team['name']}' stands for its whole business unit: all users of the unit are in it, and nobody "
            "else. Move the user to that unit, or take another team.",
            Code.CANNOT_CHANGE_MEMBERS_OF_DEFAULT_TEAM,
            table="team",
            id=str(team.id),
        )
    roles = _roles(work, team)
    if link.is_made:
        require_roles_held(work, roles, f"add members to team '{team['name']}'")
    elif any(original_id(role) == ADMINISTRATOR for role in roles):
        members = work.as_system.children("teammembership", "teamid", [team.id])[team.id]
        going = {row.id for row in members if row["systemuserid"] == link.ids["systemuserid"]}
        require_administrator_left(work, last_administrator(f"end the membership in team '{team['name']}'"), going)


def check_new_memberships(work: Work, entries: Sequence[Entry]) -> None:
    """The same for memberships that are made as rows."""
    _check_rows(work, entries, is_made=True)


def check_deleted_memberships(work: Work, entries: Sequence[Entry]) -> None:
    """The same for memberships that are deleted as rows."""
    _check_rows(work, entries, is_made=False)


def _check_rows(work: Work, entries: Sequence[Entry], *, is_made: bool) -> None:
    work.as_user.load("team", [entry.row["teamid"] for entry in entries])

    def check(entry: Entry) -> None:
        ids = {name: entry.row[name] for name in ("teamid", "systemuserid")}
        check_member(work, Link(entry.item, ids, is_made))

    each_entry(work, entries, check)


def _team(work: Work, link: Link) -> Row:
    id = link.ids["teamid"]
    team = work.as_user.load("team", [id]).get(id)
    if team is None:
        raise not_found("team", id)
    return team


def _roles(work: Work, team: Row) -> list[Row]:
    held = work.as_system.children("teamroles", "teamid", [team.id])[team.id]
    return list(work.as_system.load("role", [row["roleid"] for row in held]).values())

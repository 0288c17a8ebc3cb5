"""There is always an enabled user who may do everything (security 2.3)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database.row import Row
from handsel.engine.work import Work


def require_administrator_left(work: Work, refusal: Exception, without: Collection[UUID] = ()) -> None:
    """Raise `refusal` if no enabled user would be System Administrator any more, by an own role or a team's.

    `without` are the ids of rows that are about to go: assignments of roles, memberships, teams, users.
    """
    # Two callers who each take away one of two administrators must not both find the other one still there.
    work.as_system.load("role", [ADMINISTRATOR], lock=True)
    roles = [
        ADMINISTRATOR,
        *(row.id for row in work.as_system.children("role", "parentrootroleid", [ADMINISTRATOR])[ADMINISTRATOR]),
    ]

    def listed(table: str, column: str, parents: Collection[UUID], wanted: str) -> set[UUID]:
        found = work.as_system.children(table, column, sorted(set(parents)))
        return {row[wanted] for rows in found.values() for row in rows if row.id not in without}

    users = listed("systemuserroles", "roleid", roles, "systemuserid")
    teams = listed("teamroles", "roleid", roles, "teamid") - set(without)
    users |= listed("teammembership", "teamid", teams, "systemuserid")
    if not any(_counts(row) for row in work.as_system.load("systemuser", users - set(without)).values()):
        raise refusal


def _counts(user: Row) -> bool:
    return not user.get("isdisabled") and (user.change is None or user.change.action != "delete")

"""Columns of users that take more than prvWriteUser: who is disabled, whose manager, which unit (security 1.1)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.rules import ASSIGN_MANAGER, DISABLE_USER
from handsel.chain.rights.administrators import require_administrator_left
from handsel.chain.rights.giving import name_of
from handsel.chain.rights.held import require_administrator
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Need
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, Refused

_BY_ADMINISTRATORS = ("hs_privileges", "isintegrationuser")
"""Columns that give rights which no role of the giver holds."""


def check_new_users(work: Work, entries: Sequence[Entry]) -> None:
    """A new user with a manager, or with rights that no role grants."""

    def check(entry: Entry) -> None:
        if entry.row.get("parentsystemuserid") is not None:
            access.require_all(work.actor, [Need(ASSIGN_MANAGER)], f"give {name_of(entry.row)} a manager")
        if any(entry.row.get(name) for name in _BY_ADMINISTRATORS):
            _require_administrator(work, entry.row)

    each_entry(work, entries, check)


def check_users(work: Work, entries: Sequence[Entry]) -> None:
    """Disabling and enabling, another manager, rights that no role grants: each takes a privilege of its own.

    The last administrator cannot be disabled (0x80041d39).
    """

    def check(entry: Entry) -> None:
        needs = []
        if entry.changed("isdisabled"):
            needs.append(Need(DISABLE_USER))
        if entry.changed("parentsystemuserid"):
            needs.append(Need(ASSIGN_MANAGER))
        access.require_all(work.actor, needs, f"disable {name_of(entry.row)} or change their manager")
        if any(entry.changed(name) for name in _BY_ADMINISTRATORS):
            _require_administrator(work, entry.row)
        if entry.changed("isdisabled") and entry.row.get("isdisabled"):
            require_administrator_left(work, _last(entry.row, "disabled"))

    each_entry(work, entries, check)


def check_deleted_users(work: Work, entries: Sequence[Entry]) -> None:
    """The last administrator cannot be deleted either."""
    gone = {entry.row.id for entry in entries}
    each_entry(work, entries, lambda entry: require_administrator_left(work, _last(entry.row, "deleted"), gone))


def check_deleted_teams(work: Work, entries: Sequence[Entry]) -> None:
    """A team by which the last administrator is one cannot be deleted."""
    gone = {entry.row.id for entry in entries}
    held = work.as_system.children("teamroles", "teamid", list(gone))

    def check(entry: Entry) -> None:
        if held[entry.row.id]:
            require_administrator_left(work, _last(entry.row, "deleted"), gone)

    each_entry(work, entries, check)


def _last(row: Row, what: str) -> Refused:
    name = name_of(row).capitalize() if row.table == "team" else f"User '{row['domainname']}'"
    text = (
        f"{name} cannot be {what}: nobody enabled would be System Administrator any more. Give that role to another "
        "user first."
    )
    return Refused(text, Code.CANNOT_DISABLE_LAST_ADMINISTRATOR, table=row.table, id=str(row.id))


def _require_administrator(work: Work, row: Row) -> None:
    require_administrator(work, f"give {name_of(row)} rights that no role grants ({' and '.join(_BY_ADMINISTRATORS)})")

"""What holds for the roles of users and teams: clients read them, but they cannot be assigned yet."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.crud.hooks import Entry
from handsel.engine.work import Work

ROLES_ARE_FIXED = (
    "Roles cannot be assigned or taken away yet: every user is System Administrator. Disable a user who shall not come "
    "in any more."
)


def give_role(work: Work, entries: Sequence[Entry]) -> None:
    """A new user is System Administrator."""
    for entry in entries:
        if entry.item.refusal is None:
            values = {"systemuserid": entry.row.id, "roleid": ADMINISTRATOR}
            work.insert(entry.item, "systemuserroles", values, root=entry.row.reference)

"""The role that a new user has."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.crud.hooks import Entry
from handsel.engine.work import Work


def give_role(work: Work, entries: Sequence[Entry]) -> None:
    """A new user is System Administrator."""
    for entry in entries:
        if entry.item.refusal is None:
            values = {"systemuserid": entry.row.id, "roleid": ADMINISTRATOR}
            work.insert(entry.item, "systemuserroles", values, root=entry.row.reference)

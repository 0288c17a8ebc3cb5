"""The shares of rows: one row of the table of shares for each row and user or team (security 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.hooks import Entry
from handsel.engine.rights.privileges import SHARED_RIGHTS
from handsel.engine.rights.sharing import SHARES
from handsel.engine.work import Work


class Shares:
    """The shares of some rows, read in one statement. Changes of them are audited under the row that is shared."""

    def __init__(self, work: Work, targets: Iterable[Reference]) -> None:
        self._work = work
        self._of = work.as_system.children(SHARES, "objectid", list(dict.fromkeys(target.id for target in targets)))

    def of(self, target: Reference) -> list[Row]:
        """The shares of one row."""
        return [share for share in self._of[target.id] if share["objecttypecode"] == target.table]

    def find(self, target: Reference, principal: Reference) -> Row | None:
        """The share that a user or team has of a row."""
        return next((share for share in self.of(target) if share["principalid"] == principal.id), None)

    def put(self, item: Item[object], target: Reference, principal: Reference, mask: int) -> None:
        """Let a user or team have these rights on a row, whatever they had before; 0 takes the share away."""
        share = self.find(target, principal)
        if share is None and mask:
            self._of[target.id].append(
                self._work.insert(
                    item,
                    SHARES,
                    {
                        "objectid": target.id,
                        "objecttypecode": target.table,
                        "principalid": principal.id,
                        "principaltypecode": principal.table,
                        "accessrightsmask": mask,
                        "changedon": self._work.now,
                    },
                    root=target,
                )
            )
        elif share is not None and not mask:
            self._of[target.id].remove(share)
            self._work.delete(item, share, root=target)
        elif share is not None and share["accessrightsmask"] != mask:
            self._work.update(item, share, {"accessrightsmask": mask, "changedon": self._work.now}, root=target)


def share_with_former_owners(work: Work, entries: Sequence[Entry]) -> None:
    """Leave former owners a share with all rights on what was assigned, where the organization wants it."""
    if not work.organization.settings.get("sharetopreviousowneronassign"):
        return
    assigned = [entry for entry in entries if entry.item.refusal is None and entry.changed("ownerid")]
    assigned = [entry for entry in assigned if _former(entry.row) is not None]
    if not assigned:
        return
    shares = Shares(work, [entry.row.reference for entry in assigned])
    for entry in assigned:
        former = _former(entry.row)
        assert former is not None
        shares.put(entry.item, entry.row.reference, former, SHARED_RIGHTS)


def _former(row: Row) -> Reference | None:
    """The owner that a row had before it was assigned."""
    before = row.change.before if row.change is not None and row.change.action == "update" else {}
    user, owner = before.get("owninguser"), before.get("ownerid")
    if owner is None:
        return None
    return Reference("systemuser" if user == owner else "team", owner)

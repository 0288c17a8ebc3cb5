"""What holds for accounts, contacts and their further addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from handsel.chain.party.cycles import looped
from handsel.database.row import Item, Row, referenced
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Refused

_ACCOUNT_BLOCKS, _CONTACT_BLOCKS = 2, 3
"""The number of addresses on the row itself (`address1_…`), which have the first numbers."""


def check_accounts(work: Work, entries: Sequence[Entry]) -> None:
    """No account is its own ancestor."""
    _refuse_loops(work, entries, "parentaccountid", "name")


def check_contacts(work: Work, entries: Sequence[Entry]) -> None:
    """No contact is its own ancestor."""
    _refuse_loops(work, entries, "parentcontactid", "fullname")


def _refuse_loops(work: Work, entries: Sequence[Entry], column: str, name: str) -> None:
    moved = [entry for entry in entries if entry.changed(column) and entry.row.get(column)]
    loops = looped(work, moved[0].row.table, column, [entry.row for entry in moved]) if moved else set()

    def check(entry: Entry) -> None:
        row = entry.row
        if row.id in loops:
            text = f"{work.info(row.table).label} '{row.get(name) or row.id}' would stand above itself."
            raise Refused(f"{text} Choose a parent that is not below it.", table=row.table, id=str(row.id))

    each_entry(work, moved, check)


def number_moved_addresses(work: Work, item: Item[object], parent: Row, moved: Sequence[Row]) -> None:
    """Addresses that come from another row are numbered after those that their new one has."""
    if not moved:
        return
    own = work.as_system.children("customeraddress", "parentid", [parent.id])[parent.id]
    arriving = {address.id for address in moved}
    floor = _ACCOUNT_BLOCKS if parent.table == "account" else _CONTACT_BLOCKS
    last = max([floor, *(address.get("addressnumber") or 0 for address in own if address.id not in arriving)])
    for number, address in enumerate(moved, last + 1):
        work.update(item, address, {"addressnumber": number})


def number_addresses(work: Work, drafts: Sequence[Draft]) -> None:
    """Further addresses are numbered after those on the row of the account or contact."""
    parents = {id for draft in drafts if (id := referenced(draft.values.get("parentid"))) is not None}
    if not parents:
        return
    accounts = work.as_system.load("account", parents)
    present = work.as_system.children("customeraddress", "parentid", sorted(parents))
    last: dict[UUID, int] = defaultdict(int)
    for parent, addresses in present.items():
        floor = _ACCOUNT_BLOCKS if parent in accounts else _CONTACT_BLOCKS
        last[parent] = max([floor, *(address.get("addressnumber") or 0 for address in addresses)])
    for draft in drafts:
        parent_id = referenced(draft.values.get("parentid"))
        if parent_id is None:
            continue
        number = draft.values.get("addressnumber")
        draft.values["addressnumber"] = last[parent_id] + 1 if number is None else number
        last[parent_id] = max(last[parent_id], draft.values["addressnumber"])

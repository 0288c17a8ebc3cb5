"""What holds for accounts, contacts and their further addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from handsel.chain.party.climbing import looped
from handsel.engine.crud.hooks import Draft, Entry
from handsel.engine.errors import Refused
from handsel.engine.row import Reference
from handsel.engine.work import Work

_ACCOUNT_BLOCKS, _CONTACT_BLOCKS = 2, 3
"""The addresses that stand on the row itself (`address1_…`), and take the first numbers."""


def check_accounts(work: Work, entries: Sequence[Entry]) -> None:
    """No account stands above itself."""
    _refuse_loops(work, entries, "parentaccountid", "name")


def check_contacts(work: Work, entries: Sequence[Entry]) -> None:
    """No contact stands above itself."""
    _refuse_loops(work, entries, "parentcontactid", "fullname")


def _refuse_loops(work: Work, entries: Sequence[Entry], column: str, name: str) -> None:
    moved = [entry for entry in entries if entry.changed(column) and entry.row.get(column)]
    if not moved:
        return
    table = moved[0].row.table
    loops = looped(work, table, column, [entry.row for entry in moved])
    for entry in moved:
        if entry.row.id in loops:
            label = work.info(table).label
            shown = entry.row.get(name) or entry.row.id
            text = f"{label} '{shown}' would stand above itself. Choose a parent that is not below it."
            work.refuse(entry.item, Refused(text, table=table, id=str(entry.row.id)))


def number_addresses(work: Work, drafts: Sequence[Draft]) -> None:
    """Further addresses are numbered behind those that stand on the account or contact itself."""
    parents = {id for draft in drafts if (id := _parent(draft)) is not None}
    if not parents:
        return
    accounts = work.load("account", parents)
    present = work.children("customeraddress", "parentid", sorted(parents))
    last: dict[UUID, int] = defaultdict(int)
    for parent, addresses in present.items():
        floor = _ACCOUNT_BLOCKS if parent in accounts else _CONTACT_BLOCKS
        last[parent] = max([floor, *(address.get("addressnumber") or 0 for address in addresses)])
    for draft in drafts:
        parent_id = _parent(draft)
        if parent_id is None:
            continue
        number = draft.values.get("addressnumber")
        draft.values["addressnumber"] = last[parent_id] + 1 if number is None else number
        last[parent_id] = max(last[parent_id], draft.values["addressnumber"])


def _parent(draft: Draft) -> UUID | None:
    value = draft.values.get("parentid")
    return value.id if isinstance(value, Reference) else value

"""Who can be made the owner of rows: an enabled user or an owner team, who may do with the table what it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handsel.database.row import Item, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.listing import capitalized
from handsel.engine.rights.denial import principal_called
from handsel.engine.rights.grants import ACCESS_TEAM
from handsel.engine.work import Work
from handsel.errors import Code, Refused
from handsel.tables.info import TableInfo

ASSIGNED = (Privilege.READ,)
"""What it takes to be given a row (security 3.4)."""
CREATED = (Privilege.CREATE, Privilege.READ)
"""What it takes to have a row created in one's name (security 1.4)."""


def check_owners(
    work: Work, info: TableInfo, owned: Iterable[tuple[Item[object], Mapping[str, Any]]], verbs: Sequence[Privilege]
) -> None:
    """Refuse each item whose values name an owner who cannot own the row.

    The values are resolved, so that the owners have been read. A disabled user is refused with 0x8004022b, somebody
    who lacks the privileges on the table with 0x80040220.
    """
    named = [(item, owner) for item, values in owned if item.refusal is None and (owner := _owner(work, info, values))]
    check_new_owners(work, info, named, verbs)


def check_new_owners(
    work: Work, info: TableInfo, named: Sequence[tuple[Item[object], Row]], verbs: Sequence[Privilege]
) -> None:
    """The same for rows of users and teams who are to own rows of a table."""
    owners = {owner.id: owner for _item, owner in named}
    needs = {id: [Need(verb, info.logical_name) for verb in verbs] for id in owners}
    lacked = access.lacked_privileges(work.actor, list(owners.values()), needs) if owners else {}
    what = (info.plural_label or info.label).lower()
    for item, owner in named:
        if item.refusal is not None:
            continue
        with work.refusing(item):
            _require_owner(owner, what)
            if owner.id in lacked:
                refused = f"{capitalized(principal_called(owner))} cannot own {what}"
                raise access.cannot_take(work.actor, owner, lacked[owner.id], info.logical_name, refused)


def _require_owner(owner: Row, what: str) -> None:
    whom = principal_called(owner)
    if owner.table == "systemuser" and owner.get("isdisabled"):
        raise Refused(
            f"{capitalized(whom)} is disabled and cannot be given {what}. Enable the user first, or choose another "
            "owner.",
            Code.CANNOT_ASSIGN_TO_DISABLED_USER,
            table="systemuser",
            id=str(owner.id),
        )
    if owner.table == "team" and owner.get("teamtype") == ACCESS_TEAM:
        raise Refused(
            f"{capitalized(whom)} is an access team, which owns nothing. Share the row with it, or choose an owner "
            "team or a user.",
            table="team",
            id=str(owner.id),
        )


def _owner(work: Work, info: TableInfo, values: Mapping[str, Any]) -> Row | None:
    """The user or team that resolved values name as owner."""
    for table, part in info.columns["ownerid"].split.items():
        if values.get(part) is not None:
            return work.as_system.row(table, values[part])
    return None

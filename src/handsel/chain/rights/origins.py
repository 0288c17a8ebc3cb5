"""Where a user's or team's access to a row comes from: ownership, shares, or the rows above it (security 3.1, 3.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.crud.shares import Shares
from handsel.engine.rights.sharing import above
from handsel.engine.work import Work
from handsel.tables.info import table_info

NOT_FOUND = "Access origin could not be found. Access does not come from POA table or object ownership."


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asked about: a user with the teams that the user belongs to, or a team."""

    id: UUID
    teams: frozenset[UUID]


def origin(work: Work, principal: Principal, row: Row) -> str:
    """The documented sentence for the first origin that is found: owner, share, owner or share of a row above."""
    info = table_info(row.table)
    if "ownerid" not in info.columns:
        organization = work.organization.settings.id
        return f"PrincipalId is member of organization ({organization}) who is object owner ({row.id})"
    for level, rows in enumerate(_upward(work, row)):
        owner = next((who for each in rows if (who := _who(principal, [each.get("ownerid")]))), None)
        if owner is not None:
            is_what = "is object owner" if level == 0 else "is owner of a parent entity of object"
            return f"{_subject(owner, is_what)} ({row.id})"
        shares = Shares(work, [each.reference for each in rows])
        sharing = [share["principalid"] for each in rows for share in shares.of(each.reference)]
        sharer = _who(principal, sharing)
        if sharer is not None:
            if level:
                return f"{_subject(sharer, _TO_ROOT)} ({row.id})"
            has_what = "has direct poa access to object" if sharer == _SELF else "has poa access to object"
            return f"{_subject(sharer, has_what)} ({row.id})"
    return NOT_FOUND


_SELF = "self"
_TO_ROOT = "has poa access to object's root entity"


def _who(principal: Principal, ids: Sequence[UUID | None]) -> str | None:
    """Whether one of some ids is the principal, or a team of theirs, which is then named."""
    if principal.id in ids:
        return _SELF
    return next((str(id) for id in ids if id in principal.teams), None)


def _subject(who: str, does: str) -> str:
    return f"PrincipalId {does}" if who == _SELF else f"PrincipalId is member of team ({who}) who {does}"


def _upward(work: Work, row: Row) -> Iterator[Sequence[Row]]:
    """The row, then the rows right above it, then those above these, until there are none: each row once."""
    seen, level = {row.reference}, [row]
    while level:
        yield level
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for each in level:
            for relation in above(each.table):
                id = each.get(relation.column)
                named = relation.parent if relation.type_column is None else each.get(relation.type_column)
                if id is not None and named == relation.parent:
                    wanted[relation.parent].add(id)
        level = []
        for table in sorted(wanted):
            level += [
                found for found in work.as_system.load(table, wanted[table]).values() if found.reference not in seen
            ]
        seen |= {each.reference for each in level}

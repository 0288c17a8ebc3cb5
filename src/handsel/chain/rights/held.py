"""Whether users may give what they want to give: nobody gives rights away that they do not hold themselves.

A privilege is held far enough when a grant of the giver reaches all that the given one reaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from handsel.chain.rights.role_copies import original_id
from handsel.database.row import Row
from handsel.engine.rights.grants import ADMINISTRATOR_TEMPLATE, Rights, rights_of
from handsel.engine.rights.privileges import Depth
from handsel.engine.work import Work
from handsel.errors import PrivilegeDenied, enumerated

_MOST_NAMED = 5

Granted = Mapping[str, Depth]
"""Privileges by name, and how far they reach."""


def granted_by(work: Work, originals: Sequence[UUID]) -> dict[UUID, Granted]:
    """What some roles grant, by the ids of the originals; two statements for all."""
    found = work.as_system.children("roleprivileges", "roleid", originals)
    ids = [row["privilegeid"] for rows in found.values() for row in rows]
    privileges = work.as_system.load("privilege", ids)
    return {
        role: {
            privileges[row["privilegeid"]]["name"]: Depth.of_mask(row["privilegedepthmask"])
            for row in rows
            if row["privilegeid"] in privileges
        }
        for role, rows in found.items()
    }


def beyond(rights: Rights, granted: Granted, unit: UUID) -> list[str]:
    """The privileges that a user does not hold as far as they are granted from a unit, by name.

    Of who acts for another one, those that one of both lacks.
    """
    both = (rights,) if rights.caller is None else (rights, rights.caller)
    return [
        name for name, depth in granted.items() if not all(_reaches_as_far(each, name, depth, unit) for each in both)
    ]


def _reaches_as_far(rights: Rights, name: str, depth: Depth, unit: UUID) -> bool:
    if rights.is_administrator:
        return True
    for grant in rights.grants.get(name, ()):
        if grant.depth is Depth.GLOBAL:
            return True
        if depth is Depth.BASIC and not grant.team_rows_only:
            return True
        if depth is Depth.LOCAL and (grant.depth, grant.unit) == (Depth.LOCAL, unit):
            return True
        if depth in (Depth.LOCAL, Depth.DEEP) and grant.depth is Depth.DEEP and unit in rights.tables.below(grant.unit):
            return True
    return False


def require_held(work: Work, granted: Granted, unit: UUID, doing: str) -> None:
    """Refuse to give privileges from a unit that the acting user does not hold as far. `doing`: `give role 'X' to …`.

    Raises PrivilegeDenied, which names all of them.
    """
    names = beyond(rights_of(work.actor), granted, unit)
    if not names:
        return
    listed = [f"{name} for {granted[name].word}" for name in names[:_MOST_NAMED]]
    listed += [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    raise PrivilegeDenied(
        f"User {work.actor.domain_name} may not {doing}: that would grant {enumerated(listed)}, which they do not hold "
        "that far themselves. Give what grants no more than your own roles, or ask an administrator.",
        missing=tuple(names),
    )


def require_roles_held(work: Work, roles: Sequence[Row], doing: str) -> None:
    """Refuse to give roles, each from its own unit, that grant what the acting user does not hold."""
    if any(role.get("roletemplateid") == ADMINISTRATOR_TEMPLATE for role in roles):
        require_administrator(work, doing)
    granted = granted_by(work, [original_id(role) for role in roles])
    for role in roles:
        require_held(work, granted[original_id(role)], role["businessunitid"], doing)


def require_administrator(work: Work, doing: str) -> None:
    """Refuse what only administrators may do, such as making others administrators."""
    if not rights_of(work.actor).is_administrator:
        raise PrivilegeDenied(
            f"User {work.actor.domain_name} may not {doing}: only a System Administrator may. Ask one."
        )

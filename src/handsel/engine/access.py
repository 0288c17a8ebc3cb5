"""The access door: which rows a user may see, and what a user may do (architecture 7, decision 0021).

`predicate` says which rows a user may read, and `rows` is the queryset that it narrows; `require` refuses what the user
may not do. Both follow from the roles that the user holds (`engine/rights`). A read says by whose rights it reads
(`ReadAs`): the rules of the system see all rows, for every user (decision 0013).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Sequence

from django.db import models

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.engine.predicate import ALL_ROWS, Predicate
from handsel.engine.rights import denial
from handsel.engine.rights.grants import rights_of
from handsel.engine.rights.privileges import Depth as Depth
from handsel.engine.rights.privileges import Privilege as Privilege
from handsel.engine.rights.privileges import RowsBy, coverage_of, privilege_name
from handsel.engine.rights.privileges import TablelessPrivilege as TablelessPrivilege
from handsel.engine.rights.reaching import reached
from handsel.engine.rights.requirements import Need as Need
from handsel.engine.rights.requirements import missing
from handsel.errors import PrivilegeDenied
from handsel.tables.info import table_info


class ReadAs(enum.Enum):
    """By whose rights rows are read."""

    SYSTEM = "system"
    """All rows: what the system must know to enforce its rules, for every user."""
    USER = "user"
    """The rows that the acting user may read: what a message names, and what its result contains."""


def predicate(actor: Actor, table: str) -> Predicate:
    """Which rows of `table` (logical name) the user may read."""
    return reached(rights_of(actor), Privilege.READ, table)


def predicate_of(read_as: ReadAs | Privilege, actor: Actor, table: str) -> Predicate:
    """Which rows of `table` a read by these rights finds; by a privilege, those on which the user has it."""
    if read_as is ReadAs.SYSTEM:
        return ALL_ROWS
    return predicate(actor, table) if isinstance(read_as, ReadAs) else reached(rights_of(actor), read_as, table)


def rows(actor: Actor, table: str) -> models.QuerySet[models.Model]:
    """The rows of `table` (logical name) that the user may read, as a queryset that only reads."""
    return predicate(actor, table).narrowed(all_rows(table))


def all_rows(table: str) -> models.QuerySet[models.Model]:
    """All rows of `table`, for what the system must know to enforce its rules, as a queryset that only reads."""
    queryset: models.QuerySet[models.Model] = table_info(table).model._default_manager.all()
    return queryset


_SINGLE: set[str] = set()


def granted_singly(name: str) -> TablelessPrivilege:
    """Declare a privilege that System Administrator lacks: users hold it by a role or name (`hs_privileges`)."""
    _SINGLE.add(name)
    return TablelessPrivilege(name)


def single_privileges() -> Collection[str]:
    """The privileges that System Administrator lacks."""
    return frozenset(_SINGLE)


def names_of_privileges(text: str | None) -> list[str]:
    """The names in a list of privileges, which are separated by commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def holds(actor: Actor, privilege: Privilege | TablelessPrivilege, table: str = "") -> bool:
    """Whether the user holds a privilege on at least some rows of a table, or one of no table."""
    rights = rights_of(actor)
    if privilege in _SINGLE:
        if privilege in rights.grants:
            return True
        granted = all_rows("systemuser").filter(pk=actor.user_id).values_list("hs_privileges", flat=True).first()
        return privilege in names_of_privileges(granted)
    return not missing(rights, [Need(privilege, table)])


def require_all(actor: Actor, needs: Sequence[Need], doing: str) -> None:
    """Refuse unless the user holds all of these privileges at some depth. `doing` says what takes them.

    Raises PrivilegeDenied (0x80040220; 0x80042f09 for a user without any role), which names all that are missing.
    """
    lacking = lacked(actor, needs)
    if lacking:
        raise denied(actor, lacking, doing)


def lacked(actor: Actor, needs: Iterable[Need]) -> list[Need]:
    """Those of some rights of which the user holds the privilege at no depth."""
    rights = rights_of(actor)
    return [] if rights.is_administrator else [need for need in needs if missing(rights, (need,))]


def denied(actor: Actor, lacking: Sequence[Need], doing: str) -> PrivilegeDenied:
    """The refusal of a user who lacks all of these privileges. `doing` says what takes them."""
    rights = rights_of(actor)
    names = missing(rights, lacking)
    return denial.lacks(actor, rights, names, next((need.table for need in lacking if need.table), ""), doing)


def reaches_everything(actor: Actor) -> bool:
    """Whether the user may do everything to every row, so that none has to be looked at."""
    return rights_of(actor).is_administrator


def require(actor: Actor, privilege: Privilege | TablelessPrivilege, table: str, rows: Iterable[Row] = ()) -> None:
    """Refuse unless the user holds `privilege` on `table`, and on each of `rows` when given.

    Raises PrivilegeDenied: 0x80040220 for a missing privilege, 0x80048306 for a row out of its reach.
    """
    if not isinstance(privilege, Privilege):
        require_all(actor, [Need(privilege, table)], "do that")
        return
    require_all(actor, [Need(privilege, table)], denial.doing(privilege, table))
    for row in unreached(actor, privilege, rows):
        raise out_of_reach(actor, privilege, row)


def out_of_reach(actor: Actor, verb: Privilege, row: Row) -> PrivilegeDenied:
    """The refusal for a row that the user may read, but on which the user lacks a right (0x80048306)."""
    [refusal] = out_of_reach_each(actor, [(verb, row)])
    return refusal


def out_of_reach_each(actor: Actor, lacked: Sequence[tuple[Privilege, Row]]) -> list[PrivilegeDenied]:
    """The same for many rows, with one statement for the names of owners and units in the sentences."""
    return denial.out_of_reach(actor, rights_of(actor), lacked)


def unreached(actor: Actor, verb: Privilege, rows: Iterable[Row]) -> list[Row]:
    """Those of some rows of one table on which the user lacks a right; one statement if any has to be looked up."""
    doubtful: list[Row] = []
    for row in rows:
        if not _is_plainly_reached(actor, verb, row):
            doubtful.append(row)
    if not doubtful:
        return []
    table = doubtful[0].table
    allowed = predicate_of(verb, actor, table)
    if not allowed.narrows:
        return []
    found = set(
        allowed.narrowed(all_rows(table)).filter(pk__in=[row.id for row in doubtful]).values_list("pk", flat=True)
    )
    return [row for row in doubtful if row.id not in found]


def _is_plainly_reached(actor: Actor, verb: Privilege, row: Row) -> bool:
    """Whether owner or unit of a row, as it is in memory, are in reach."""
    rights = rights_of(actor)
    if rights.is_administrator:
        return True
    covered = coverage_of(row.table)
    if covered.rows_by is not RowsBy.OWNER or rights.caller is not None:
        return False
    reach = rights.reach(privilege_name(verb, covered.stem))
    return reach.everything or row.get("ownerid") in reach.owners or row.get("owningbusinessunit") in reach.units

"""The access door: which rows a user may see, and what a user may do (architecture 7).

`predicate` says which rows a user may read, and `rows` is the queryset that it narrows; `require` refuses a privilege.
The only role so far is System Administrator, who may see and do everything; all functions have their final signature. A
read says by whose rights it reads (`ReadAs`): the rules of the system see all rows, for every user (decision 0013).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from typing import ClassVar

from django.db import models

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.engine.predicate import ALL_ROWS, NO_ROWS, Predicate
from handsel.errors import PrivilegeDenied
from handsel.tables.info import table_info


class Privilege(enum.StrEnum):
    """What can be done to a row of any table."""

    CREATE = "Create"
    READ = "Read"
    WRITE = "Write"
    DELETE = "Delete"
    APPEND = "Append"
    APPEND_TO = "AppendTo"
    ASSIGN = "Assign"
    SHARE = "Share"


class TablelessPrivilege(str):
    """A privilege that belongs to no single table, by its documented name. The chain defines further ones."""

    __slots__ = ()

    OVERRIDE_DELETE: ClassVar[TablelessPrivilege]
    CUSTOMIZE: ClassVar[TablelessPrivilege]
    ACT_ON_BEHALF: ClassVar[TablelessPrivilege]


TablelessPrivilege.OVERRIDE_DELETE = TablelessPrivilege("prvQOIOverrideDelete")
TablelessPrivilege.CUSTOMIZE = TablelessPrivilege("prvCreateAttribute")
TablelessPrivilege.ACT_ON_BEHALF = TablelessPrivilege("prvActOnBehalfOfAnotherUser")


_SINGLE: set[str] = set()


def granted_singly(name: str) -> TablelessPrivilege:
    """Declare a privilege that no role includes: users hold it by name (`systemuser.hs_privileges`)."""
    _SINGLE.add(name)
    return TablelessPrivilege(name)


def single_privileges() -> Collection[str]:
    """The privileges that no role includes."""
    return frozenset(_SINGLE)


class Role(enum.Enum):
    """The roles that exist so far."""

    SYSTEM_ADMINISTRATOR = "System Administrator"


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles a user holds. Every enabled user is System Administrator until roles can be assigned."""
    return frozenset((Role.SYSTEM_ADMINISTRATOR,))


class ReadAs(enum.Enum):
    """By whose rights rows are read."""

    SYSTEM = "system"
    """All rows: what the system must know to enforce its rules, for every user."""
    USER = "user"
    """The rows that the acting user may read: what a message names, and what its result contains."""


def predicate(actor: Actor, table: str) -> Predicate:
    """Which rows of `table` (logical name) the user may read."""
    return ALL_ROWS if Role.SYSTEM_ADMINISTRATOR in roles_of(actor) else NO_ROWS


def predicate_of(read_as: ReadAs, actor: Actor, table: str) -> Predicate:
    """Which rows of `table` a read by these rights finds."""
    return ALL_ROWS if read_as is ReadAs.SYSTEM else predicate(actor, table)


def rows(actor: Actor, table: str) -> models.QuerySet[models.Model]:
    """The rows of `table` (logical name) that the user may read, as a queryset that only reads."""
    return predicate(actor, table).narrowed(all_rows(table))


def all_rows(table: str) -> models.QuerySet[models.Model]:
    """All rows of `table`, for what the system must know to enforce its rules, as a queryset that only reads."""
    queryset: models.QuerySet[models.Model] = table_info(table).model._default_manager.all()
    return queryset


def holds(actor: Actor, privilege: Privilege | TablelessPrivilege) -> bool:
    """Whether the user holds a privilege on at least some rows."""
    if privilege not in _SINGLE:
        return Role.SYSTEM_ADMINISTRATOR in roles_of(actor)
    granted = all_rows("systemuser").filter(pk=actor.user_id).values_list("hs_privileges", flat=True).first()
    return privilege in names_of_privileges(granted)


def names_of_privileges(text: str | None) -> list[str]:
    """The names in a list of privileges, which are separated by commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def require(actor: Actor, privilege: Privilege | TablelessPrivilege, table: str, rows: Iterable[Row] = ()) -> None:
    """Refuse unless the user holds `privilege` on `table`, and on each of `rows` when given.

    Raises PrivilegeDenied (0x80040220), which names the user, the privilege and the table.
    """
    if holds(actor, privilege):
        return
    raise PrivilegeDenied(
        f"User {actor.domain_name} lacks the {privilege} privilege on {table}. Ask an administrator for a role that "
        "has it.",
        table=table,
        privilege=str(privilege),
    )

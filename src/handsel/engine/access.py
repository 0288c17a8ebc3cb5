"""The only door to rows: what a user may see, and what a user may do (architecture 7).

`rows` narrows a queryset to what the user may read; `require` refuses a privilege. The only role so far is System
Administrator, who may see and do everything; both functions have their final signature.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

from django.db import models

from handsel.database.context import Actor
from handsel.database.row import Row
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


class TablelessPrivilege(enum.StrEnum):
    """Privileges that belong to no single table, by their documented names."""

    OVERRIDE_PRICE_OPPORTUNITY = "prvOverridePriceEngineOpportunity"
    OVERRIDE_PRICE_QUOTE = "prvOverridePriceEngineQuote"
    OVERRIDE_PRICE_ORDER = "prvOverridePriceEngineOrder"
    OVERRIDE_PRICE_INVOICE = "prvOverridePriceEngineInvoice"
    OVERRIDE_DELETE = "prvQOIOverrideDelete"
    CUSTOMIZE = "prvCreateAttribute"
    ACT_ON_BEHALF = "prvActOnBehalfOfAnotherUser"


class Role(enum.Enum):
    """The roles there are so far."""

    SYSTEM_ADMINISTRATOR = "System Administrator"


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles a user holds. Every enabled user is System Administrator until roles can be assigned."""
    return frozenset((Role.SYSTEM_ADMINISTRATOR,))


def scope(actor: Actor, table: str) -> str:
    """A name for the predicate that `rows` applies: equal names, equal SQL. Lets readers keep compiled statements."""
    return "all" if Role.SYSTEM_ADMINISTRATOR in roles_of(actor) else f"user {actor.user_id}"


def rows(actor: Actor, table: str) -> models.QuerySet[Any]:
    """The rows of `table` (logical name) that the user may read, as a queryset that only reads."""
    queryset: models.QuerySet[Any] = table_info(table).model._default_manager.all()
    if Role.SYSTEM_ADMINISTRATOR in roles_of(actor):
        return queryset
    return queryset.none()


def require(actor: Actor, privilege: Privilege | TablelessPrivilege, table: str, rows: Iterable[Row] = ()) -> None:
    """Refuse unless the user holds `privilege` on `table`, and on each of `rows` when given.

    Raises PrivilegeDenied (0x80040220), which names the user, the privilege and the table.
    """
    if Role.SYSTEM_ADMINISTRATOR in roles_of(actor):
        return
    raise PrivilegeDenied(
        f"User {actor.domain_name} lacks the {privilege} privilege on {table}. Ask an administrator for a role that "
        "has it.",
        table=table,
        privilege=str(privilege),
    )

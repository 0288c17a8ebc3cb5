"""Users as they are found for a request, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from handsel.engine.context import Actor, current
from handsel.engine.statements import run

COLUMNS = "u.systemuserid, u.domainname, u.businessunitid, u.isintegrationuser, u.isdisabled"
"""What `actor_from` takes, of the table `systemuser AS u`."""


def user_with(id: UUID) -> Actor | None:
    """The enabled user with an id."""
    found = run(f"SELECT {COLUMNS} FROM systemuser AS u WHERE u.systemuserid = {mark()}", (key(id),))
    return actor_from(found[0]) if found else None


def actor_from(values: Sequence[Any]) -> Actor | None:
    """The user of a row of COLUMNS; None for a disabled one."""
    id, domain_name, business_unit, is_integration, is_disabled = values
    if is_disabled:
        return None
    return Actor(_uuid(id), domain_name, None if business_unit is None else _uuid(business_unit), bool(is_integration))


def mark() -> str:
    """The placeholder of the current driver."""
    return "%s" if current().vendor == "postgresql" else "?"


def key(id: UUID) -> UUID | str:
    """An id as the current driver takes it."""
    return id if current().vendor == "postgresql" else id.hex


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

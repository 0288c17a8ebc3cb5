"""Finding the user of a request, in one statement."""

from __future__ import annotations

from uuid import UUID

from handsel.database.context import Actor
from handsel.database.statements import key_value, mark, run

COLUMNS = "u.systemuserid, u.domainname, u.businessunitid, u.isintegrationuser, u.isdisabled"
"""The columns that `actor_from` takes, of the table `systemuser AS u`."""


def user_with(id: UUID) -> Actor | None:
    """The enabled user with an id."""
    found = run(f"SELECT {COLUMNS} FROM systemuser AS u WHERE u.systemuserid = {mark()}", (key_value(id),))
    return actor_from(*found[0]) if found else None


def user_with_object_id(id: UUID) -> Actor | None:
    """The enabled user with an id in the directory; if no user has it, the user with it as `systemuserid`.

    None for an id that several users have, or a disabled one.
    """
    sql = f"SELECT {COLUMNS} FROM systemuser AS u WHERE u.azureactivedirectoryobjectid = {mark()}"
    found = run(sql, (key_value(id),))
    if not found:
        return user_with(id)
    return actor_from(*found[0]) if len(found) == 1 else None


def actor_from(
    id: UUID | str, domain_name: str, business_unit: UUID | str | None, is_integration: int, is_disabled: int
) -> Actor | None:
    """The user of a row of COLUMNS, as the driver gives it; None for a disabled one."""
    if is_disabled:
        return None
    return Actor(_uuid(id), domain_name, None if business_unit is None else _uuid(business_unit), bool(is_integration))


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)

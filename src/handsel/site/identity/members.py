"""The user of this database for a signed token."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from handsel.database.context import Actor, current
from handsel.database.dialect import Rows
from handsel.database.statements import key_value, mark, run
from handsel.errors import Code, PrivilegeDenied
from handsel.http.errors import Unauthorized, shown
from handsel.site.identity.issuers import Issuer
from handsel.site.identity.users import COLUMNS, actor_from
from handsel.tables.fold_case import fold_case

_IDS = ("azureactivedirectoryobjectid", "applicationid")
_PROGRAMS = ("appid", "azp")


def member(issuer: Issuer, claims: Mapping[str, object]) -> Actor:
    """The enabled user that the claims name. Raises PrivilegeDenied (0x80072560) for none and for several."""
    claim, value = issuer.user_claim, claims.get(issuer.user_claim)
    if not isinstance(value, str) or not value or not value.isprintable():
        raise Unauthorized(f"The token of {issuer.issuer} lacks the claim {claim}, which names the user.")
    if claim == "email" and claims.get("email_verified", True) not in (True, "true"):
        raise Unauthorized(f"The token of {issuer.issuer} has an email address that its issuer did not verify.")
    if claim in _PROGRAMS and "scp" in claims:
        raise Unauthorized(f"The token of {issuer.issuer} is a person's who uses a program: {claim} names the program.")
    named = issuer.users.get(value)
    column = "domainname" if named is not None else issuer.column
    found = [] if column is None else _rows(column, value if named is None else named)
    enabled = [actor for row in found if (actor := actor_from(*row))]
    if len(enabled) == 1:
        return enabled[0]
    why = "more than one user is" if enabled else "that user is disabled" if found else "no user is"
    where = (
        f"'{named}' in the configuration" if named is not None else f"in the column {column}" if column else "listed"
    )
    raise PrivilegeDenied(
        f"The user is not a member of the organization: {claim} is '{shown(value)}', and {why} ({where}).",
        Code.USER_NOT_MEMBER_OF_ORGANIZATION,
    )


def _rows(column: str, value: str) -> Rows:
    """The users with a value in a column. Names and addresses are compared case-insensitively.

    Case folding also turns a dotted İ into i and the kelvin sign into k. Such a name belongs to another user, so the
    upper case is compared as well.
    """
    if column not in _IDS:
        dialect = current().dialect
        case_folded = dialect.query.lower.format(f"u.{column}")
        sql = f"SELECT u.{column}, {COLUMNS} FROM systemuser AS u WHERE {case_folded} = {mark()}"
        return [row[1:] for row in run(sql, (fold_case(value),)) if row[0].upper() == value.upper()]
    try:
        id = UUID(value)
    except ValueError:
        return []
    return run(f"SELECT {COLUMNS} FROM systemuser AS u WHERE u.{column} = {mark()}", (key_value(id),))

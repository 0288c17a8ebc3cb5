"""Bearer tokens: made once, shown once, kept as a SHA-256 hash and found by it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from handsel.engine.context import Actor, current
from handsel.engine.errors import InvalidArgument, NotFound
from handsel.engine.statements import run
from handsel.site.tables import Token
from handsel.tables.keys import new_key

PREFIX = "hs_"
"""So that a token is recognised as one wherever it turns up."""


def create_token(user_id: UUID, *, name: str = "", days: int | None = None) -> str:
    """A new token of a user, without an end or for so many days. It cannot be shown again."""
    if days is not None and not 1 <= days <= 36_500:
        raise InvalidArgument(f"A token lives 1 to 36500 days, not {days}.")
    token = PREFIX + secrets.token_urlsafe(32)
    now = datetime.now(UTC).replace(microsecond=0)
    ends = None if days is None else now + timedelta(days=days)
    Token(
        token_id=new_key(), hash=_hash(token), user_id=user_id, name=name[:100], created_on=now, expires_on=ends
    ).save(force_insert=True)
    return token


def tokens() -> list[Token]:
    """Every token, oldest first."""
    return list(Token.objects.order_by("token_id"))


def revoke_token(token_id: UUID) -> None:
    """Make a token useless. Raises NotFound."""
    deleted, _ = Token.objects.filter(token_id=token_id).delete()
    if not deleted:
        raise NotFound(f"There is no token {token_id}. `handsel token list` shows them all.")


def actor_of(token: str) -> Actor | None:
    """The enabled user of a token; None for a token that is unknown or has ended.

    The index is asked for the hash, so how long that takes says nothing about the token.
    """
    found = run(
        f"SELECT {_columns()}, t.expireson FROM hs_token AS t JOIN systemuser AS u ON u.systemuserid = t.userid "
        f"WHERE t.hash = {_mark()}",
        (_hash(token),),
    )
    if not found:
        return None
    *user, ends = found[0]
    if ends is not None and _moment(ends) <= datetime.now(UTC):
        return None
    return _actor(user)


def user_with(id: UUID) -> Actor | None:
    """The enabled user with an id."""
    key = id if current().vendor == "postgresql" else id.hex
    found = run(f"SELECT {_columns()} FROM systemuser AS u WHERE u.systemuserid = {_mark()}", (key,))
    return _actor(found[0]) if found else None


def _columns() -> str:
    return "u.systemuserid, u.domainname, u.businessunitid, u.isintegrationuser, u.isdisabled"


def _mark() -> str:
    return "%s" if current().vendor == "postgresql" else "?"


def _actor(values: Any) -> Actor | None:
    id, domain_name, business_unit, is_integration, is_disabled = values
    if is_disabled:
        return None
    return Actor(_uuid(id), domain_name, None if business_unit is None else _uuid(business_unit), bool(is_integration))


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: Any) -> datetime:
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()

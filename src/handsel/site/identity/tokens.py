"""Bearer tokens: shown once, stored as a SHA-256 hash and found by it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.statements import mark, run
from handsel.errors import InvalidArgument, NotFound
from handsel.site.identity.tables import Token
from handsel.site.identity.users import COLUMNS, actor_from
from handsel.tables.keys import new_key

PREFIX = "hs_"
"""The prefix of every token, so that it can be recognised wherever it turns up."""


def create_token(user_id: UUID, *, name: str = "", days: int | None = None) -> str:
    """A new token of a user, for `days` or without an end. It cannot be shown again."""
    return insert_token(user_id, name=name, ends=end_after(days, "token"))


def end_after(days: int | None, what: str) -> datetime | None:
    """The moment `days` from now; None for no end. Raises InvalidArgument."""
    if days is None:
        return None
    if not 1 <= days <= 36_500:
        raise InvalidArgument(f"A {what} lives 1 to 36500 days, not {days}.")
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


def insert_token(user_id: UUID, *, name: str, ends: datetime | None, client_id: UUID | None = None) -> str:
    """Store a new token of a user, or of a client that acts as the user, and return it."""
    token = PREFIX + secrets.token_urlsafe(32)
    Token(
        token_id=new_key(),
        hash=digest(token),
        user_id=user_id,
        client_id=client_id,
        name=name[:100],
        created_on=datetime.now(UTC).replace(microsecond=0),
        expires_on=ends,
    ).save(force_insert=True)
    return token


def tokens() -> list[Token]:
    """Every token that was made with `handsel token`, oldest first; not the short-lived ones of clients."""
    return list(Token.objects.filter(client_id=None).order_by("token_id"))


def revoke_token(token_id: UUID) -> None:
    """Revoke a token. Raises NotFound."""
    deleted, _ = Token.objects.filter(token_id=token_id, client_id=None).delete()
    if not deleted:
        raise NotFound(f"There is no token {token_id}. `handsel token list` shows them all.")


def actor_of(token: str) -> Actor | None:
    """The enabled user of a token; None for a token that is unknown or expired.

    The lookup is by hash, so its duration says nothing about the token.
    """
    found = run(
        f"SELECT {COLUMNS}, t.expireson FROM hs_token AS t JOIN systemuser AS u ON u.systemuserid = t.userid "
        f"WHERE t.hash = {mark()}",
        (digest(token),),
    )
    if not found:
        return None
    *user, ends = found[0]
    if ends is not None and _moment(ends) <= datetime.now(UTC):
        return None
    return actor_from(*user)


def _moment(value: Any) -> datetime:
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def digest(secret: str) -> str:
    """The stored form of a token or secret. Both are 256 random bits, which no slow hash would make safer."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()

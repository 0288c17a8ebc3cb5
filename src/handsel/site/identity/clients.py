"""OAuth2 clients: programs that get short-lived access tokens with an id and a secret, and act as one user."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import transaction

from handsel.database.context import current
from handsel.errors import NotFound
from handsel.site.identity.tables import Client, Token
from handsel.site.identity.tokens import digest, end_after, insert_token
from handsel.site.identity.users import user_with
from handsel.tables.keys import new_key

SECONDS = 3600
"""The lifetime of an access token, unless its client expires before."""

_PREFIX = "hsc_"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The id and the secret of a new client, shown once."""

    client_id: UUID
    secret: str


def create_client(user_id: UUID, *, name: str = "", days: int | None = None) -> Credentials:
    """A new client that acts as a user, for `days` or without an end. Its secret cannot be shown again."""
    made = Credentials(new_key(), _PREFIX + secrets.token_urlsafe(32))
    Client(
        client_id=made.client_id,
        hash=digest(made.secret),
        user_id=user_id,
        name=name[:100],
        created_on=datetime.now(UTC).replace(microsecond=0),
        expires_on=end_after(days, "client"),
    ).save(force_insert=True)
    return made


def clients() -> list[Client]:
    """Every client, oldest first."""
    return list(Client.objects.order_by("client_id"))


def revoke_client(client_id: UUID) -> None:
    """Revoke a client and every token that it holds. Raises NotFound."""
    with transaction.atomic(using=current().alias):
        # The client first: a request that is making a token locks this row, so no token is left over.
        deleted, _ = Client.objects.filter(client_id=client_id).delete()
        if not deleted:
            raise NotFound(f"There is no client {client_id}. `handsel client list` shows them all.")
        Token.objects.filter(client_id=client_id).delete()


def authenticated(client_id: str, secret: str) -> Client | None:
    """The client with this id and secret; None for a wrong one, and for an expired client."""
    try:
        found = Client.objects.filter(client_id=UUID(client_id)).first()
    except ValueError:
        return None
    if found is None or not compare_digest(found.hash, digest(secret)):
        return None
    return None if found.expires_on is not None and found.expires_on <= datetime.now(UTC) else found


def may_act(client: Client) -> bool:
    """Whether the user of a client exists and is enabled."""
    return user_with(client.user_id) is not None


def lifetime(client: Client) -> int:
    """The lifetime in seconds of a token of this client: no token outlives the client."""
    if client.expires_on is None:
        return SECONDS
    return max(1, min(SECONDS, int((client.expires_on - datetime.now(UTC)).total_seconds())))


def give_token(client: Client, seconds: int) -> str | None:
    """A new access token of a client; its expired ones are deleted. None for a client revoked meanwhile."""
    now = datetime.now(UTC)
    with transaction.atomic(using=current().alias):
        if not Client.objects.select_for_update().filter(client_id=client.client_id).exists():
            return None
        Token.objects.filter(client_id=client.client_id, expires_on__lte=now).delete()
        return insert_token(
            client.user_id, name=client.name, ends=now + timedelta(seconds=seconds), client_id=client.client_id
        )

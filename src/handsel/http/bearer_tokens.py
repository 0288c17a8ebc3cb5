"""Authentication of programs: a bearer token with every request, and perhaps the id of a user to act for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handsel.database.context import Actor
from handsel.errors import Code
from handsel.http.errors import TooManyRequests, Unauthorized
from handsel.http.failure_throttle import FailureThrottle
from handsel.http.impersonation import Impersonation
from handsel.http.request import Request


@dataclass(frozen=True, slots=True)
class BearerTokens:
    """Authentication by bearer token. `actor_of` gives the user of a token, or None."""

    actor_of: Callable[[str], Actor | None]
    impersonation: Impersonation
    throttle: FailureThrottle
    """Limits the number of wrong tokens from one address."""
    authorization_uri: str = ""
    """The address for signing in, in the challenge of a 401 response; empty for this server."""

    def actor(self, request: Request) -> Actor:
        """The user of the request's token, or the user it acts for. Raises Unauthorized without a valid token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthorized("The request carries no bearer token. Make one with `handsel token create`.")
        try:
            caller = self.actor_of(token.strip())
            if caller is None:
                raise Unauthorized("The bearer token is unknown or expired. Make one with `handsel token create`.")
        except Unauthorized:
            self._count_failure(request.address)
            raise
        return self.impersonation.actor(caller, request.headers)

    def challenge(self, request: Request) -> str:
        """Tells a client without a token where to get one (Web API 2). Libraries expect a tenant, not `common`."""
        asked = self.authorization_uri or f"{request.origin}/handsel/oauth2/authorize"
        return f"Bearer authorization_uri={asked}, resource_id={request.origin}/"

    def _count_failure(self, address: str) -> None:
        wait = self.throttle.failed(address)
        if wait:
            raise TooManyRequests(
                f"Too many requests with an unknown or expired token came from your address. Try again in {wait} s "
                "with a valid one.",
                Code.THROTTLING_BURST_REQUEST_LIMIT_EXCEEDED,
                limit="tokens",
                retry_after=wait,
            )

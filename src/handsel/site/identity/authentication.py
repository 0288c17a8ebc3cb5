"""Authentication of callers by token, and the public paths at which they get one.

The paths are those of Handsel and those of Entra (`/<tenant>/oauth2/…`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from handsel.database.context import Actor
from handsel.http.failure_throttle import FailureThrottle
from handsel.http.request import Request
from handsel.http.response import Response
from handsel.site.identity import discovery, tokens
from handsel.site.identity.issuers import Issuer
from handsel.site.identity.reached import Database
from handsel.site.identity.token_endpoint import FAILURES, WINDOW, TokenEndpoint

_PATH = re.compile(
    r"(?P<tenant>/[A-Za-z0-9][A-Za-z0-9._~\-]{0,99})?"
    r"(?:(?P<version>/v2\.0)?/\.well-known/(?P<document>openid-configuration)"
    r"|/oauth2(?:/v2\.0)?/(?P<endpoint>token|authorize)"
    r"|/discovery(?:/v2\.0)?/(?P<keys>keys))"
)
"""Every tenant means this server: programs written for Entra name one and need no change."""


class Authenticator:
    """Finds the user of a token, and answers the requests that get a token."""

    def __init__(self, issuers: Sequence[Issuer], database: Database) -> None:
        self._tokens = TokenEndpoint(FailureThrottle(FAILURES, WINDOW), database)
        self._database = database
        self._signed: Callable[[str], Actor] | None = None
        if issuers:
            from handsel.site.identity.external import Issuers  # the cryptography is slow to load

            self._signed = Issuers(issuers, database).actor_of

    def actor_of(self, token: str) -> Actor | None:
        """The user of a bearer token; None for a token of Handsel that is unknown or expired.

        Raises Unauthorized, PrivilegeDenied or IssuerUnavailable for a token of another issuer.
        """
        if self._signed is not None and looks_signed(token):
            return self._signed(token)
        with self._database.reading():
            return tokens.actor_of(token)

    def respond(self, request: Request) -> Response | None:
        """The response to a request of the sign-in; None for any other path."""
        found = _PATH.fullmatch(request.path)
        if found is None:
            return None
        response = self._response(request, found)
        request.route = "identity"
        return response

    def _response(self, request: Request, found: re.Match[str]) -> Response:
        if found["endpoint"] == "token":
            return self._tokens.respond(request)
        if request.method not in ("GET", "HEAD"):
            refusal = {"error": "invalid_request", "error_description": "Send a GET."}
            return Response(
                405, {"Content-Type": "application/json", "Allow": "GET, HEAD"}, msgspec.json.encode(refusal)
            )
        if found["endpoint"]:
            return discovery.no_authorization()
        if found["keys"]:
            return discovery.keys()
        return discovery.configuration(f"{request.origin}{found['tenant'] or ''}", found["version"] or "")


def looks_signed(token: str) -> bool:
    """Whether a token is a JWT: three parts, of which the first is a JSON object."""
    return token.startswith("ey") and token.count(".") == 2

"""The two doors of the server: whose token a request shows, and the paths at which nobody needs one.

The paths are Handsel's own and those of Entra (`/<tenant>/oauth2/…`).
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
from handsel.site.identity.token_endpoint import FAILURES, WINDOW, TokenEndpoint

_PATH = re.compile(
    r"(?P<tenant>/[A-Za-z0-9][A-Za-z0-9._~\-]{0,99})?"
    r"(?:(?P<version>/v2\.0)?/\.well-known/(?P<document>openid-configuration)"
    r"|/oauth2(?:/v2\.0)?/(?P<endpoint>token|authorize)"
    r"|/discovery(?:/v2\.0)?/(?P<keys>keys))"
)
"""Every tenant is this server: programs written for Entra name one, and need not be changed."""


class Authenticator:
    """Who calls, and how one becomes a caller."""

    def __init__(self, issuers: Sequence[Issuer] = ()) -> None:
        self._tokens = TokenEndpoint(FailureThrottle(FAILURES, WINDOW))
        self._signed: Callable[[str], Actor] | None = None
        if issuers:
            from handsel.site.identity.external import Issuers  # the cryptography is slow to load

            self._signed = Issuers(issuers).actor_of

    def actor_of(self, token: str) -> Actor | None:
        """The user of a bearer token; None for one of Handsel's own that is unknown or has ended.

        Raises Unauthorized, PrivilegeDenied or IssuerUnavailable for one of another issuer.
        """
        if self._signed is not None and looks_signed(token):
            return self._signed(token)
        return tokens.actor_of(token)

    def answer(self, request: Request) -> Response | None:
        """The answer to a request for signing in; None for any other path."""
        found = _PATH.fullmatch(request.path)
        if found is None:
            return None
        answer = self._answered(request, found)
        request.route = "identity"
        return answer

    def _answered(self, request: Request, found: re.Match[str]) -> Response:
        if found["endpoint"] == "token":
            return self._tokens.answer(request)
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

"""The client credentials grant (RFC 6749, 4.4): oauthlib checks the request, this module finds the client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from oauthlib.common import Request
from oauthlib.oauth2 import BearerToken, ClientCredentialsGrant, RequestValidator
from oauthlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidScopeError,
    UnauthorizedClientError,
    UnsupportedGrantTypeError,
)

from handsel.json_value import JsonObject
from handsel.site.identity.clients import authenticated, give_token, lifetime, may_act
from handsel.site.identity.form import Secret
from handsel.site.identity.tables import Client

_SCOPE = re.compile(r"\S*/(\.default|user_impersonation)|https?://\S+")
"""The scope that programs request for Dataverse. Its address is not checked: behind a proxy the server may not know its
own, and a token is valid for this server only."""


def granted(form: Mapping[str, str], secret: Secret | None) -> JsonObject:
    """The body of the response to a request for a token. Raises OAuth2Error."""
    asked = {name: value for name, value in form.items() if name in ("grant_type", "scope", "resource")}
    if secret is not None:
        asked |= {"client_id": secret.client_id, "client_secret": secret.value}
    if asked.get("grant_type", "client_credentials") != "client_credentials":
        raise UnsupportedGrantTypeError("The only grant type here is client_credentials.")
    request = Request("", "POST", asked)
    _grant.validate_token_request(request)
    return {
        name: value for name, value in _bearer.create_token(request).items() if value
    }  # no scope if none was requested


class _Rules(RequestValidator):
    """The callbacks of oauthlib."""

    def authenticate_client(self, request: Request, *_args: object, **_options: object) -> bool:
        if not request.client_id or not request.client_secret:
            raise InvalidClientError("Send client id and secret: in the form, or by HTTP Basic.")
        request.client = authenticated(request.client_id, request.client_secret)
        if request.client is None:
            raise InvalidClientError(
                "The client is unknown, has ended, or has another secret. Make one with `handsel client create`."
            )
        request.client_id = request.client.client_id  # in the form that the library compares
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Request, *_args: object, **_options: object
    ) -> bool:
        if not may_act(client):
            raise UnauthorizedClientError("The user of this client is disabled. Ask an administrator.")
        return True

    def get_default_scopes(self, client_id: str, request: Request, *_args: object, **_options: object) -> list[str]:
        return []

    def validate_scopes(
        self, client_id: str, scopes: list[str] | None, client: Any, request: Request, *_args: object, **_more: object
    ) -> bool:
        if not all(_SCOPE.fullmatch(scope) for scope in scopes or ()):
            raise InvalidScopeError("Ask for the scope <address of the server>/.default, or for none.")
        return True


def _new_token(request: Request) -> str:
    token = give_token(_client(request), lifetime(_client(request)))
    if token is None:
        raise InvalidClientError("The client was revoked.")
    return token


def _client(request: Request) -> Client:
    return cast("Client", request.client)


_grant = ClientCredentialsGrant(_Rules())
_bearer = BearerToken(token_generator=_new_token, expires_in=lambda request: lifetime(_client(request)))

"""The discovery documents for OpenID clients: the addresses of the endpoints, and the signing keys (none)."""

from __future__ import annotations

from typing import Any

import msgspec

from handsel.http.response import Response

_JSON = {"Content-Type": "application/json"}


def configuration(authority: str, version: str) -> Response:
    """The discovery document of an authority: `https://host`, or `https://host/tenant`; version is "" or "/v2.0".

    The issuer and the address of the document agree, as clients check (OpenID Connect Discovery, 4.3).
    """
    oauth2 = f"{authority}/oauth2{version}"
    return _json(
        {
            "issuer": f"{authority}{version}",
            "authorization_endpoint": f"{oauth2}/authorize",
            "token_endpoint": f"{oauth2}/token",
            "jwks_uri": f"{authority}/discovery{version}/keys",
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "response_types_supported": ["none"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [
                "RS256"
            ],  # required in every document, though nothing is ever signed
        }
    )


def keys() -> Response:
    """No keys: access tokens are stored, not signed, and there are no id tokens."""
    return _json({"keys": []})


def no_authorization() -> Response:
    """The error of the authorization endpoint, which a discovery document must name."""
    text = (
        "Nobody signs in here by browser: this server gives tokens for client credentials only, at its token endpoint. "
        "Make a client with `handsel client create`."
    )
    return _json({"error": "unsupported_response_type", "error_description": text}, 400)


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(status, dict(_JSON), msgspec.json.encode(value))

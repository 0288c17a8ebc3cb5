"""Access tokens by OAuth2 client credentials, as Microsoft Entra gives them for Business Central (erp 8.7)."""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote

import msgspec

from handsel.testing.businesscentral.service import Answer

_JSON = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}


class Tokens:
    """The tokens that were given out, all of one client."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self._ends: dict[str, float] = {}

    def answer(self, body: bytes, headers: Mapping[str, str], seconds: int) -> Answer:
        """The answer of the token endpoint: a token that is valid for `seconds`, or an error of OAuth2."""
        form = {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}
        if form.get("grant_type") != "client_credentials":
            return _error(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.")
        client_id, secret = _basic(headers) or (form.get("client_id", ""), form.get("client_secret", ""))
        if not form.get("scope", "").endswith("/.default"):
            return _error(400, "invalid_scope", "AADSTS1002012: The value for scope must end with /.default.")
        if not hmac.compare_digest(client_id.encode(), self.client_id.encode()):
            return _error(400, "unauthorized_client", "AADSTS700016: The application was not found in the directory.")
        if not hmac.compare_digest(secret.encode(), self.client_secret.encode()):
            return _error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        self._ends = {known: end for known, end in self._ends.items() if end > now}
        self._ends[token] = now + seconds
        given = {"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "access_token": token}
        return Answer(200, msgspec.json.encode(given), _JSON)

    def is_valid(self, authorization: str) -> bool:
        """Whether a header holds a token that has not expired."""
        kind, _, token = authorization.partition(" ")
        return kind.lower() == "bearer" and self._ends.get(token, 0.0) > time.monotonic()

    def expire(self) -> None:
        """Let all tokens expire now."""
        self._ends.clear()


def _basic(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Client and secret in a header, as OAuth2 allows too."""
    kind, _, text = headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(text).decode().partition(":")
    except ValueError:
        return None
    return unquote(name), unquote(secret)


def _error(status: int, error: str, description: str) -> Answer:
    return Answer(status, msgspec.json.encode({"error": error, "error_description": description}), _JSON)

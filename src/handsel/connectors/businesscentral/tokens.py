"""Access tokens by OAuth2 client credentials (erp 8.7): kept until shortly before they end, shared by all threads."""

from __future__ import annotations

import json
import time
from threading import Lock
from urllib.parse import urlencode

from handsel.connectors.businesscentral.wire import Wire, sentence
from handsel.connectors.contract import Unreachable

SCOPE = "https://api.businesscentral.dynamics.com/.default"
EARLY = 60.0
"""Seconds before its end from which on a token is not used any more; at most a tenth of its life."""


class Tokens:
    """The tokens of one client."""

    def __init__(self, wire: Wire, address: str, client_id: str, secret: str) -> None:
        self._wire, self._address, self._client_id, self._secret = wire, address, client_id, secret
        self._lock = Lock()
        self._token = ""
        self._until = 0.0

    def token(self, refused: str = "") -> str:
        """A token that is valid and not the `refused` one. Raises Unreachable."""
        with self._lock:
            if not self._token or self._token == refused or time.monotonic() >= self._until:
                self._token = ""
                self._renew()
            return self._token

    def _renew(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret,
            "scope": SCOPE,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        answer = self._wire.ask("POST", self._address, headers, urlencode(form).encode(), repeatable=True)
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise Unreachable(f"{self._address} answers {answer.status} without JSON, not with an access token.")
        token, seconds = said.get("access_token"), said.get("expires_in")
        if answer.status != 200 or not isinstance(token, str) or not token:
            reason = said.get("error_description") or said.get("error") or f"status {answer.status}"
            raise Unreachable(sentence(f"{self._address} gives no access token: {reason}"))
        life = float(seconds) if isinstance(seconds, int | float | str) and str(seconds).isdigit() else 0.0
        self._token, self._until = token, time.monotonic() + life - min(EARLY, life / 10)

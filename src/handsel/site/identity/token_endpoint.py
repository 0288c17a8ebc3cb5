"""The token endpoint: a form in, an access token or an error of RFC 6749 out."""

from __future__ import annotations

import logging

import msgspec
from oauthlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError, OAuth2Error

from handsel.http.errors import PayloadTooLarge
from handsel.http.failure_throttle import FailureThrottle
from handsel.http.request import Request
from handsel.http.response import Response
from handsel.json_value import JsonObject
from handsel.site.identity import form
from handsel.site.identity.grant import granted
from handsel.site.identity.reached import Database

_PLAIN = {"Content-Type": "application/json", "Cache-Control": "no-store", "Pragma": "no-cache"}

WINDOW = 60
"""The window in which failures are counted, in seconds, from the first one on."""

FAILURES = 10
"""The number of failures of one client id or address in a window, before it must wait."""

log = logging.getLogger("handsel.identity")


class TokenEndpoint:
    """Answers POST /oauth2/token, with a throttle for failures."""

    def __init__(self, throttle: FailureThrottle, database: Database) -> None:
        self._throttle = throttle
        self._database = database

    def respond(self, request: Request) -> Response:
        """A response with a token, or with the reason why there is none."""
        if request.method != "POST":
            return _failure(405, "invalid_request", "Send a POST.", {"Allow": "POST"})
        try:
            return self._given(request)
        except PayloadTooLarge as error:
            return _failure(413, "invalid_request", error.message)
        except OAuth2Error as error:
            return _failure(error.status_code, error.error or "invalid_request", error.description)

    def _given(self, request: Request) -> Response:
        if request.query:
            raise InvalidRequestError("Parameters belong into the body, not into the address, which servers log.")
        request.max_body = min(request.max_body, form.MAX_BYTES)
        fields = form.fields(request.headers["content-type"], request.body())
        secret = form.secret(request.headers.get("authorization", ""), fields)
        try:
            with self._database.writing():
                return _response(200, granted(fields, secret))
        except InvalidClientError:
            client_id = secret.client_id[:60] if secret else ""
            log.warning("A client could not prove who it is: %r from %s", client_id, request.address)
            seconds = self._throttle.failed(request.address, client_id)
            if not seconds:
                raise
            text = f"Too many requests with a wrong id or secret. Wait {seconds} s and send the right ones."
            return _failure(429, "temporarily_unavailable", text, {"Retry-After": str(seconds)})


def _failure(status: int, error: str, text: str, headers: dict[str, str] | None = None) -> Response:
    more = {"WWW-Authenticate": 'Basic realm="Handsel"'} if status == 401 else {}
    return _response(status, {"error": error, "error_description": text}, {**more, **(headers or {})})


def _response(status: int, body: JsonObject, headers: dict[str, str] | None = None) -> Response:
    return Response(status, {**_PLAIN, **(headers or {})}, msgspec.json.encode(body))

"""The request to the token endpoint: the form in the body, and the name and secret in the header."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus

from oauthlib.oauth2.rfc6749.errors import InvalidRequestError

FORM = "application/x-www-form-urlencoded"

MAX_BYTES = 64 * 1024
"""The largest form that is read."""

_MOST_FIELDS = 50


@dataclass(frozen=True, slots=True)
class Secret:
    """The id of the client and its secret. Never printed."""

    client_id: str
    value: str

    def __repr__(self) -> str:
        return f"Secret({self.client_id[:60]!r})"


def fields(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of a form; one without a value is as good as missing (RFC 6749, 3.2). Raises InvalidRequestError."""
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise InvalidRequestError(f"The body must be a form: Content-Type {FORM}.")
    try:
        pairs = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:  # the base of UnicodeError, whose text would quote the body
        raise InvalidRequestError("The body cannot be read as a form in UTF-8 of at most 50 fields.") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidRequestError("The body names a field twice.")
    return {name: value for name, value in pairs if value}


def secret(authorization: str, form: dict[str, str]) -> Secret | None:
    """The name and secret of a client, from the header or the form; None if missing. Raises InvalidRequestError."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        if "client_id" in form and "client_secret" in form:
            return Secret(form["client_id"], form["client_secret"])
        return None
    if "client_secret" in form:
        raise InvalidRequestError("The client secret came twice: send it in the header or in the body.")
    try:
        name, colon, value = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError:  # the base of both decoders' errors
        raise InvalidRequestError("The Authorization header cannot be read: Basic, then base64 of id:secret.") from None
    if not colon:
        return None
    found = Secret(unquote_plus(name), unquote_plus(value))  # RFC 6749, 2.3.1
    if form.get("client_id", found.client_id) != found.client_id:
        raise InvalidRequestError("The header names another client than the body.")
    return found

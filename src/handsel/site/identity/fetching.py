"""Fetching an issuer's discovery document and keys, over https, in bounded time and size."""

from __future__ import annotations

import http.client
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, RSAKey

from handsel.http.errors import WebError, shown
from handsel.site.identity.issuers import Issuer, is_at_home, require_secure

PublicKey = RSAKey | ECKey

SECONDS = 5.0
"""The time limit for an issuer's response."""

_KINDS = ("RSA", "EC")
"""Key pairs, of which only the public key is published."""

_MOST_BYTES = 1024 * 1024


class IssuerUnavailable(WebError):
    """The keys of an issuer cannot be fetched, so its token cannot be checked."""

    status = 503


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirect: at another address another server may answer."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def keys_of(issuer: Issuer) -> tuple[PublicKey, ...]:
    """The public keys with which an issuer signs. Raises IssuerUnavailable."""
    try:
        return _usable(_fetched(issuer.jwks_uri or _keys_address(issuer.issuer)))
    except HTTPError as error:
        error.close()
        reason = f"status {error.code}"
    except (OSError, http.client.HTTPException) as error:
        reason = str(getattr(error, "reason", None) or error) or type(error).__name__
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        reason = str(error)
    raise IssuerUnavailable(
        f"The keys of the issuer {issuer.issuer} cannot be fetched ({shown(reason)}), so its tokens cannot be checked. "
        "Try again."
    )


def _keys_address(issuer: str) -> str:
    document = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:  # OpenID Connect Discovery, 4.3
        raise ValueError("its discovery document names another issuer")
    address = document.get("jwks_uri")
    if not isinstance(address, str):
        raise ValueError("its discovery document names no jwks_uri")
    require_secure(address, at_home=is_at_home(issuer))
    return address


def _fetched(address: str) -> dict[str, Any]:
    request = Request(address, headers={"Accept": "application/json"})
    deadline, body = time.monotonic() + SECONDS, b""
    with build_opener(_NoRedirects).open(request, timeout=SECONDS) as answer:
        # The timeout is that of a single read; a response that comes byte by byte would never end.
        while chunk := answer.read1(_MOST_BYTES):
            body += chunk
            if len(body) > _MOST_BYTES:
                raise ValueError(f"{address} answers with more than {_MOST_BYTES:,} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError(f"{address} takes longer than {SECONDS:.0f} s")
    return msgspec.json.decode(body, type=dict[str, Any])


def _usable(document: dict[str, Any]) -> tuple[PublicKey, ...]:
    found = document.get("keys")
    keys = tuple(key for each in found if (key := _key(each))) if isinstance(found, list) else ()
    if not keys:
        raise ValueError("its key set holds no key for signatures")
    return keys


def _key(values: Any) -> PublicKey | None:
    """A key for signatures; None for a key of another kind, which a set may contain (RFC 7517, 5)."""
    if not isinstance(values, dict) or values.get("kty") not in _KINDS or values.get("use", "sig") != "sig":
        return None
    try:
        key: Key = JWKRegistry.import_key(values)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, (RSAKey, ECKey)) else None

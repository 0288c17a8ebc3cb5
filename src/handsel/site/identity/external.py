"""Tokens of other issuers: signed, checked against the issuer's keys, and mapped to a user of this database."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from joserfc import jws
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError, MissingClaimError
from joserfc.jwt import JWTClaimsRegistry

from handsel.database.context import Actor
from handsel.http.errors import Unauthorized, shown
from handsel.site.identity.fetching import keys_of
from handsel.site.identity.issuers import Issuer
from handsel.site.identity.keys import Keys
from handsel.site.identity.members import member
from handsel.site.identity.reached import Database

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Only asymmetric signatures: who knows the public key must not be able to sign."""

LEEWAY = 60
"""Seconds by which the issuer's clock may differ."""

_registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
_registry.max_header_length = 4096  # some issuers include a certificate


class _Payload(msgspec.Struct):
    iss: str


class Issuers:
    """The issuers of the configuration, with their keys."""

    def __init__(self, issuers: Sequence[Issuer], database: Database) -> None:
        self._database = database
        self._known = {issuer.issuer: (issuer, Keys(partial(keys_of, issuer))) for issuer in issuers}

    def actor_of(self, token: str) -> Actor:
        """The user of a signed token. Raises Unauthorized, PrivilegeDenied or IssuerUnavailable."""
        named = _issuer_named_in(token)
        if named not in self._known:
            raise Unauthorized(f"The token comes from {shown(named)}, an issuer that this server does not accept.")
        issuer, keys = self._known[named]
        claims = _checked_claims(token, issuer, keys)  # may wait for the issuer, and so holds no connection
        with self._database.reading():
            return member(issuer, claims)


def _issuer_named_in(token: str) -> str:
    payload = token.split(".")[1]
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)), type=_Payload).iss
    except (ValueError, msgspec.MsgspecError, RecursionError):
        raise Unauthorized("The bearer token cannot be read: it is no JWT that names its issuer.") from None


def _checked_claims(token: str, issuer: Issuer, keys: Keys) -> dict[str, Any]:
    """The claims of a token that its issuer signed for this server and that is valid now."""
    whose = f"The token of {issuer.issuer}"
    try:
        signed = jws.extract_compact(token.encode(), registry=_registry)
        header = signed.headers()
        algorithm, kid = header["alg"], header.get("kid")
        if algorithm not in ALGORITHMS:
            raise Unauthorized(f"{whose} is signed by {shown(str(algorithm))}. What counts is {', '.join(ALGORITHMS)}.")
        key = keys.find(None if kid is None else str(kid), algorithm)
        if key is None:
            raise Unauthorized(f"{whose} is signed by a key that its issuer does not publish: {shown(str(kid))}.")
        if not jws.validate_compact(signed, key, registry=_registry):
            raise Unauthorized(f"{whose} has a signature that does not fit.")
        claims = msgspec.json.decode(signed.payload, type=dict[str, Any])
        _rules_of(issuer).validate(claims)
        return claims
    except ClaimError as error:
        raise Unauthorized(f"{whose} {_reason(error, issuer)}") from None
    except (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise Unauthorized(f"{whose} cannot be read. Fetch a new one.") from None


def _rules_of(issuer: Issuer) -> JWTClaimsRegistry:
    return JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer.issuer},
        aud={"essential": True, "values": list(issuer.audiences)},
        exp={"essential": True},
    )


def _reason(error: ClaimError, issuer: Issuer) -> str:
    if isinstance(error, ExpiredTokenError):
        return "has expired. Fetch a new one."
    if isinstance(error, MissingClaimError):
        return f"lacks the claim {error.claim}."
    if error.claim == "aud":
        return f"is for another audience. This server is {' or '.join(issuer.audiences)}."
    return "is not valid yet." if error.claim in ("nbf", "iat") else f"has a claim {error.claim} that makes no sense."

"""`[[issuers]]` in the configuration: other issuers whose tokens are accepted, and the user of each token."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

Claim = Literal["sub", "oid", "email", "upn", "preferred_username", "appid", "azp"]
Column = Literal["domainname", "internalemailaddress", "azureactivedirectoryobjectid", "applicationid"]

_COLUMNS: dict[str, Column] = {
    "oid": "azureactivedirectoryobjectid",
    "email": "internalemailaddress",
    "upn": "domainname",
    "preferred_username": "domainname",
    "appid": "applicationid",
    "azp": "applicationid",
}
"""The column of systemuser that a claim is compared with, unless the configuration names another. `sub` has none."""

_UNQUOTED = re.compile(r"[^!#-+\--~]")
"""Characters that would end an address in a challenge, which has no quotes around it."""

_AT_HOME = ("localhost", "127.0.0.1", "::1")


class Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An OpenID issuer whose signed tokens are accepted."""

    issuer: str
    """Its address, exactly as in the claim `iss` of its tokens."""
    audience: str | Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """One of these must be in the claim `aud`."""
    authorization_uri: str = ""
    """The address for signing in. A 401 response names the first one among the issuers; without any, this server."""
    jwks_uri: str = ""
    """The address of its keys; by default the one in its discovery document."""
    user_claim: Claim = "preferred_username"
    """The claim that names the user."""
    user_column: Column | None = None
    """The column of systemuser that holds the claim's value; by default the one that belongs to the claim."""
    users: dict[str, str] = {}
    """The user names (domainname) of single values of the claim. They are checked before the column."""

    def __post_init__(self) -> None:
        require_secure(self.issuer)
        for address in (self.jwks_uri, self.authorization_uri):
            if address:
                require_secure(address)
        if _UNQUOTED.search(self.authorization_uri):
            raise ValueError(f'"{self.authorization_uri}" cannot stand in a header: no spaces, commas or quotes')
        if not self.column and not self.users:
            raise ValueError('for user_claim = "sub" name a user_column, or the users one by one')
        if not all(self.audiences):
            raise ValueError("an audience is empty")

    @property
    def audiences(self) -> tuple[str, ...]:
        """All audiences."""
        return (self.audience,) if isinstance(self.audience, str) else self.audience

    @property
    def column(self) -> Column | None:
        """The column that the claim is compared with; None if only `users` is used."""
        return self.user_column or _COLUMNS.get(self.user_claim)


def require_secure(address: str, *, at_home: bool = True) -> None:
    """Raise ValueError for an address that is not https; on this machine http is accepted, if `at_home` allows that."""
    parts = urlsplit(address)
    if not parts.hostname or not (
        parts.scheme == "https" or (at_home and parts.scheme == "http" and is_at_home(address))
    ):
        raise ValueError(f'"{address}" is no https address')


def is_at_home(address: str) -> bool:
    """Whether an address is on this machine. Only the documents of such an issuer may name such addresses."""
    return urlsplit(address).hostname in _AT_HOME


def require_distinct(issuers: Iterable[Issuer]) -> None:
    """Raise ValueError for two issuers with one address: a token could mean either."""
    seen = set()
    for each in issuers:
        if each.issuer in seen:
            raise ValueError(f'"{each.issuer}" stands twice among the issuers')
        seen.add(each.issuer)

"""Under which name callers know the server: the Host header is theirs, and may be a lie."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from django.http.request import split_domain_port, validate_host

LOOPBACK = ("localhost", ".localhost", "127.0.0.1", "[::1]")
"""Names that only this machine has."""

_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9._\-]{1,253})(?::[0-9]{1,5})?\Z")
_NAME = re.compile(r"(?:\*|\.?[a-z0-9._\-]{1,253}|\[[0-9a-f:.]{2,45}\])\Z")


@dataclass(frozen=True, slots=True)
class Naming:
    """What links and discovery documents name: `public`, or without it a Host among `allowed`."""

    public: str = ""
    """Scheme, host and port, as in "https://sales.example"; empty to go by the Host header."""
    allowed: tuple[str, ...] = LOOPBACK
    """Names in lower case, without port; ".example.com" stands for its subdomains too, "*" for all."""

    def believes(self, host: str, *, is_reported: bool = False) -> bool:
        """Whether a Host header is believed. One that a trusted proxy reports is, unless names are set."""
        if is_reported and self.allowed == LOOPBACK:
            return True
        domain, _ = split_domain_port(host)
        return bool(domain) and (validate_host(domain, self.allowed) or self._is_loopback(domain))

    def instead(self) -> str:
        """The name to take instead of one that is not believed; empty if none is known."""
        return next((name for name in self.allowed if name not in LOOPBACK and not name.startswith((".", "*"))), "")

    def _is_loopback(self, domain: str) -> bool:
        return "127.0.0.1" in self.allowed and is_loopback(domain.strip("[]"))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host, by its name or address."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def public_url(text: str) -> str:
    """The origin of a public URL. Raises ValueError for something else."""
    match = _ORIGIN.match(text.strip().lower().removesuffix("/"))
    if match is None:
        raise ValueError(f"'{text}' is no address like https://sales.example")
    return match[0]


def allowed_hosts(text: str) -> tuple[str, ...]:
    """Names joined by commas. Raises ValueError for something that is no name."""
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    for name in names:
        if not _NAME.match(name):
            raise ValueError(f"'{name}' is no name of a host. Write it without scheme and port")
    return names

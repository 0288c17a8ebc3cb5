"""The server's configuration, a TOML file: `handsel serve --config handsel.toml`, or HANDSEL_CONFIG.

Every section may be missing. A file that cannot be read, or an unknown name in it, stops the server at its start.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec

from handsel.errors import SetupError
from handsel.http.forwarded import networks_of
from handsel.http.limits import Allowance
from handsel.http.logs import LogSettings
from handsel.site.identity.issuers import Issuer, require_distinct
from handsel.site.server.limits import ConnectionLimits

_ORIGIN = re.compile(r"[a-z][a-z0-9+.\-]*://[^/?#@\s,]+\Z")
_ENTRY = re.compile(r"(.*) - at `\$\.?([^`]*)`\Z", re.DOTALL)


class CorsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[cors]`: the web pages that may call the Web API from a browser."""

    origins: tuple[str, ...] = ()
    """Exact origins, as in "https://app.example"; "*" stands for all. Without an entry, no web page may call."""
    max_age: Annotated[int, msgspec.Meta(ge=0)] = 7200
    """How long a browser may cache the permission, in seconds."""

    def __post_init__(self) -> None:
        for origin in self.origins:
            if origin != "*" and not _ORIGIN.match(origin):
                raise ValueError(f'"{origin}" is no origin. Write it as in "https://app.example", without a path')


class MetricsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[metrics]`: who may read /metrics."""

    allow: tuple[str, ...] = ("127.0.0.0/8", "::1")
    """Addresses and networks. With an empty list, /metrics may not be read at all."""

    def __post_init__(self) -> None:
        networks_of(self.allow)


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file; without one, all defaults."""

    connections: ConnectionLimits = ConnectionLimits()
    cors: CorsSettings = CorsSettings()
    issuers: tuple[Issuer, ...] = ()
    limits: Allowance = Allowance()
    log: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()

    def __post_init__(self) -> None:
        require_distinct(self.issuers)


def read_configuration(file: Path | None) -> Configuration:
    """The configuration in a file, or the defaults. Raises SetupError, which names file and entry."""
    if file is None:
        return Configuration()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Configuration)
    except OSError as error:
        raise SetupError(f"The configuration {file} cannot be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"The configuration {file} cannot be read: {_sentence(str(error))}.") from error


def _sentence(text: str) -> str:
    """The error of msgspec, with the entry in front: `limits.requests: Expected …`."""
    return _ENTRY.sub(lambda found: f"{found[2]}: {found[1]}" if found[2] else found[1], text)

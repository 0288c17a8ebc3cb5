"""Environment variables: those a server must not inherit, and those with which this process's clients reach it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from handsel.testing.certificate import NAMES, Certificate

TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
"""Variables with the file of authorities for requests and for clients of OpenSSL (httpx, urllib, aiohttp)."""

_FOREIGN = ("DJANGO_SETTINGS_MODULE", "PYTHONWARNINGS", "PYTHONPROFILEIMPORTTIME")
"""Variables meant for the program under test: its Django project, its warnings."""


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which a server finds only the settings that it is started with."""
    remaining = {name: value for name, value in environment.items() if not name.startswith("HANDSEL_")}
    for name in _FOREIGN:
        remaining.pop(name, None)
    return {**remaining, "PYTHONIOENCODING": "utf-8"}


@contextmanager
def reachable(certificate: Certificate | None) -> Iterator[None]:
    """Let clients in this process and its children reach the server: past any proxy, and trusting its certificate."""
    changes = {name: _with_custom_names(os.environ.get(name, "")) for name in ("NO_PROXY", "no_proxy")}
    if certificate is not None:
        bundle = certificate.authority.with_name("trusted.pem")
        bundle.write_bytes(_trusted_so_far() + certificate.authority.read_bytes())
        changes |= dict.fromkeys(TRUST, str(bundle))
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _with_custom_names(hosts: str) -> str:
    return ",".join([*filter(None, [hosts]), *NAMES])


def _trusted_so_far() -> bytes:
    """The authorities that clients trust already: a test may also call servers on the internet."""
    known = [os.environ.get(name) for name in TRUST]
    if find_spec("certifi") is not None:
        import certifi

        known.append(certifi.where())
    known.append(ssl.get_default_verify_paths().cafile)
    for name in known:
        if name and Path(name).is_file():
            return Path(name).read_bytes().rstrip() + b"\n"
    return b""

"""Environment variables: what a server must not inherit, and what lets this process's clients reach it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from handsel.testing.certificate import NAMES, Certificate

TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
"""Where requests, and what goes by OpenSSL's habits (httpx, urllib, aiohttp), look for authorities."""

_FOREIGN = ("DJANGO_SETTINGS_MODULE", "PYTHONWARNINGS", "PYTHONPROFILEIMPORTTIME")
"""Meant for the program that tests: its Django project, its strictness."""


def without_own_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which a server finds no settings but those it is started with."""
    kept = {name: value for name, value in environment.items() if not name.startswith("HANDSEL_")}
    for name in _FOREIGN:
        kept.pop(name, None)
    return {**kept, "PYTHONIOENCODING": "utf-8"}


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
    """The authorities that clients know already: a test may also call the world outside."""
    known = [os.environ.get(name) for name in TRUST]
    if find_spec("certifi") is not None:
        import certifi

        known.append(certifi.where())
    known.append(ssl.get_default_verify_paths().cafile)
    for name in known:
        if name and Path(name).is_file():
            return Path(name).read_bytes().rstrip() + b"\n"
    return b""

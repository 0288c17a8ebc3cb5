"""If-Match and If-None-Match: which change may happen to which row (Web API 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handsel.webapi.protocol.call import Call

_TAG = re.compile(r'(?:W/)?"?(\d{1,18})"?\Z')


@dataclass(frozen=True, slots=True)
class Conditions:
    """`must_exist`: only change. `must_not_exist`: only create. `version`: only while it is at this version."""

    must_exist: bool = False
    must_not_exist: bool = False
    version: int | None = None
    known: frozenset[int] = frozenset()
    """The versions that a reader holds already."""


def conditions_of(call: Call) -> Conditions:
    """The conditions of a call. `If-None-Match: null` means nothing."""
    match, none_match = _tags(call.headers.get("if-match")), _tags(call.headers.get("if-none-match"))
    versions = [_version(tag) for tag in match]
    return Conditions(
        must_exist=bool(match),
        must_not_exist="*" in none_match and not match,
        version=None if not versions or "*" in match else versions[0],
        known=frozenset(_version(tag) for tag in none_match if tag != "*"),
    )


def _tags(text: str | None) -> list[str]:
    tags = [tag.strip() for tag in (text or "").split(",")]
    return [tag for tag in tags if tag and tag.lower() != "null"]


def _version(tag: str) -> int:
    """The version in a tag; one that no row ever has for a tag of somebody else."""
    match = _TAG.match(tag)
    return int(match[1]) if match else -1

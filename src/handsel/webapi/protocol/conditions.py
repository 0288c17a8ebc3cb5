"""If-Match and If-None-Match: the conditions on a change of a row (Web API 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handsel.webapi.protocol.call import Call

_TAG = re.compile(r'(?:W/)?"?(\d{1,18})"?\Z')


@dataclass(frozen=True, slots=True)
class Conditions:
    """`must_exist`: only change. `must_not_exist`: only create. `version`: only if the row has this version."""

    must_exist: bool = False
    must_not_exist: bool = False
    version: int | None = None
    known: frozenset[int] = frozenset()
    """The versions that a reader has already."""


def conditions_of(call: Call) -> Conditions:
    """The conditions of a call. `If-None-Match: null` is ignored."""
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
    """The version in a tag; for a tag of another server, a version that no row has."""
    match = _TAG.match(tag)
    return int(match[1]) if match else -1

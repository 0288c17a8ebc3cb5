"""What no caller may do to rows of a table, whoever asks: the chain declares it, and why."""

from __future__ import annotations

from typing import Literal

Verb = Literal["create", "update", "delete"]

_forbidden: dict[tuple[Verb, str], str] = {}


def forbid(table: str, reason: str, *verbs: Verb) -> None:
    """Declare that no caller may use these verbs (create, update, delete) on a table; `reason` says why."""
    for verb in verbs:
        _forbidden[(verb, table)] = reason


def forbidden_verb(verb: Verb, table: str) -> str | None:
    """Why no caller may use a verb on a table; None where callers may."""
    return _forbidden.get((verb, table))

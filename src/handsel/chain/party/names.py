"""A person's full name, derived from first and last name."""

from __future__ import annotations

from handsel.tables.facts import Derivation


def joined_name(first: str | None, last: str | None) -> str | None:
    """First and last name (`organization.fullnameconventioncode` 1); an empty one is skipped."""
    return " ".join(part for part in (first, last) if part) or None


def full_name_of(first: str, last: str) -> Derivation:
    """The derivation of a full name from the two columns with these logical names."""
    return Derivation(joined_name, (first, last))

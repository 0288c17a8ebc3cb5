"""What one user or role is granted and another is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handsel.engine.rights import denial
from handsel.engine.rights.grants import Rights
from handsel.engine.rights.privileges import Depth, all_privileges

Held = Mapping[str, frozenset[str]]
"""By privilege: how far it reaches, as people say it; several where several roles give it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One privilege that two users or roles hold differently. Empty is: not at all."""

    privilege: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    def as_object(self) -> Mapping[str, object]:
        """For JSON."""
        return {"privilege": self.privilege, "first": list(self.first), "second": list(self.second)}


def held_by_user(rights: Rights) -> Held:
    """What a user holds, whichever roles give it."""
    if rights.is_administrator:
        return {each.name: _EVERYTHING for each in all_privileges()}
    found: dict[str, frozenset[str]] = {}
    for privilege, grants in rights.grants.items():
        reaches = frozenset(denial.reach_of(rights, grant) for grant in grants)
        found[privilege] = _EVERYTHING if reaches >= _EVERYTHING else reaches
    return found


_EVERYTHING = frozenset((Depth.GLOBAL.word,))


def held_by_role(privileges: Mapping[str, Depth]) -> Held:
    """What a role holds."""
    return {name: frozenset((depth.word,)) for name, depth in privileges.items()}


def differences(first: Held, second: Held) -> Sequence[Difference]:
    """The privileges that are held differently, by name."""
    return [
        Difference(name, tuple(sorted(first.get(name, ()))), tuple(sorted(second.get(name, ()))))
        for name in sorted({*first, *second})
        if first.get(name) != second.get(name)
    ]

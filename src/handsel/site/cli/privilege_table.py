"""What a user or role may do, as a table: a line for each table, a column for each verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from handsel.engine.rights.privileges import Depth, Privilege, all_privileges, coverage_of, privilege_name
from handsel.site.cli.display import columns, console
from handsel.site.cli.people import DEPTHS

if TYPE_CHECKING:
    from handsel.chain.rights.explaining.differences import Difference

_WORDS = {Depth[name.upper()]: word for word, name in DEPTHS.items()}


def print_privileges(held: Mapping[str, Depth]) -> None:
    """How far each privilege reaches at its farthest."""
    by_stem: dict[str, dict[Privilege, Depth]] = {}
    left = dict(held)
    for each in all_privileges():
        if each.tables and each.name in left:
            stem = coverage_of(each.tables[0]).stem
            verb = next(verb for verb in Privilege if privilege_name(verb, stem) == each.name)
            by_stem.setdefault(stem, {})[verb] = left.pop(each.name)
    shown = columns("", *(verb.value for verb in Privilege))
    for stem, depths in sorted(by_stem.items()):
        shown.add_row(stem, *(_WORDS[depths[verb]] if verb in depths else "" for verb in Privilege))
    if by_stem:
        console().print(shown)
        print("own: own rows; unit: those of the unit; units: the unit and those below it; all: every row.")
    if left:
        print(f"Further: {', '.join(sorted(left))}.")


def print_differences(first: str, second: str, found: Sequence[Difference]) -> None:
    """The privileges that two hold differently."""
    if not found:
        print(f"{first} and {second} may do the same.")
        return
    shown = columns("Privilege", first, second)
    for each in found:
        shown.add_row(each.privilege, ", ".join(each.first) or "–", ", ".join(each.second) or "–")
    console().print(shown)

"""Which table of a query a name means: an alias, or the name of a linked table (Web API 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handsel.errors import BadRequest, Code


@dataclass(frozen=True, slots=True)
class Named:
    """A table of a query under its alias; that of the table asked is empty. `given` says that the query chose it."""

    alias: str
    table: str
    given: bool


def alias_of(name: str, own: str, near: Sequence[Named], tables: Sequence[Named]) -> str:
    """The alias of the table that `name` means where columns without a name belong to the table with alias `own`.

    An alias comes first, then the name of a link without an alias of its own, then that of any table. `near` are the
    links around the place that ask only whether there are rows, from the outside in; `tables` are the table asked and
    those joined to it. A name that nothing has is returned as it is. Raises BadRequest (0x80060888) for a table that is
    linked more than once.
    """
    if any(each.alias == name for each in (*near, *tables) if each.alias):
        return name
    inside = [each.alias for each in near if each.table == name]
    if inside:
        return inside[-1]
    unnamed = [each.alias for each in tables if each.table == name and not each.given]
    if unnamed:
        return _only(name, own, unnamed)
    named = [each.alias for each in tables if each.table == name]
    if own in named or "" in named:
        return own if own in named else ""
    return _only(name, own, named) if named else name


def _only(name: str, own: str, found: Sequence[str]) -> str:
    if own in found:
        return own
    if len(found) > 1:
        raise BadRequest(
            f"The query links {name} more than once, so '{name[:40]}' could be {' or '.join(found)}. Give the links "
            "aliases, and name the one that is meant.",
            Code.QUERY_SYNTAX,
            name=name,
        )
    return found[0]

"""Which privileges an action takes, and which of them a user lacks (security 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handsel.engine.rights.grants import Rights
from handsel.engine.rights.privileges import (
    Privilege,
    RowsBy,
    TablelessPrivilege,
    coverage_of,
    privilege_name,
    verbs_of,
)
from handsel.tables.info import table_info


class Need(NamedTuple):
    """One right that an action takes: a verb on rows of a table, or a privilege of no table."""

    privilege: Privilege | TablelessPrivilege
    table: str = ""


def ways(need: Need) -> Sequence[tuple[str, ...]]:
    """The privileges that give a right, by name: any of the lists is enough. None is needed where everybody has it.

    What works through the rows it belongs to is read with these, and changed by who may write and append to them.
    """
    if isinstance(need.privilege, TablelessPrivilege):
        return [(str(need.privilege),)]
    covered = coverage_of(need.table)
    if covered.rows_by is RowsBy.PARENT:
        verbs = (need.privilege,) if need.privilege is Privilege.READ else (Privilege.WRITE, Privilege.APPEND_TO)
        columns = table_info(need.table).columns
        parents = (parent for lookup in covered.parents for parent in columns[lookup].targets)
        return [tuple(name for verb in verbs for name in _named(Need(verb, parent))) for parent in parents]
    return [_named(need)]


def _named(need: Need) -> tuple[str, ...]:
    verb = Privilege(need.privilege)
    covered = coverage_of(need.table)
    if covered.rows_by is RowsBy.PARENT:
        return next(iter(ways(need)), ())
    if covered.rows_by is RowsBy.OPEN and verb in (Privilege.READ, Privilege.APPEND_TO):
        return ()
    if verb not in verbs_of(covered.stem, [covered]):
        return ()
    return (privilege_name(verb, covered.stem),)


def missing(rights: Rights, needs: Iterable[Need]) -> list[str]:
    """The privileges that a user lacks for an action, by name, in the order of the needs."""
    lacking: dict[str, None] = {}
    for need in needs:
        found = [[name for name in way if not rights.holds(name)] for way in ways(need)]
        if found and all(found):
            _size, _position, fewest = min((len(names), position, names) for position, names in enumerate(found))
            lacking.update(dict.fromkeys(fewest))
    return list(lacking)

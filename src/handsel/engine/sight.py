"""What a user's view of a table rests on, kept as ids: for change tracking, which asks what was seen at another time.

A row is seen by its owner, its unit, a share, or a row above it (security 1.4). As long as these ids stay the same,
whether a row was seen follows from the values that it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.database.context import Actor, current
from handsel.database.statements import run
from handsel.engine.rights.grants import Reach, Rights, rights_of
from handsel.engine.rights.privileges import Privilege, RowsBy, coverage_of, privilege_name
from handsel.engine.rights.sharing import above, ids_above, ids_shared
from handsel.tables.info import table_info


@dataclass(frozen=True, slots=True)
class Sight:
    """By what the rows of one table, which are reached by owner or unit, are seen by one user.

    shared  the rows of the table that are shared with the user
    above   by table: the rows above that hand a right down
    """

    table: str
    reach: Reach
    shared: frozenset[UUID]
    above: Mapping[str, frozenset[UUID]]

    def covers(self, id: UUID, values: Mapping[str, object]) -> bool:
        """Whether a row with these values is seen."""
        covered, reach = coverage_of(self.table), self.reach
        if reach.everything or (covered.rows_by in (RowsBy.TABLE, RowsBy.OPEN) and not reach.nothing):
            return True
        if covered.rows_by is RowsBy.UNIT:
            return values.get(covered.unit) in reach.units or id in reach.owners
        if values.get("ownerid") in reach.owners or values.get("owningbusinessunit") in reach.units:
            return True
        return id in self.shared or any(
            values.get(each.column) in self.above[each.parent]
            and (each.type_column is None or values.get(each.type_column) == each.parent)
            for each in above(self.table)
        )

    def parts(self, left_out: frozenset[UUID]) -> Iterable[str]:
        """Everything it consists of, as text in one order."""
        reach = self.reach
        yield f"{self.table} {reach.everything} {reach.nothing}"
        for name, ids in (("owners", reach.owners), ("units", reach.units), ("shared", self.shared)):
            yield f"{name} {sorted(map(str, ids))}"
        for table, ids in sorted(self.above.items()):
            yield f"{table} {sorted(map(str, ids - left_out))}"


def sights(actor: Actor, table: str) -> Sequence[Sequence[Sight]]:
    """By what a user sees a table: for the user and for who acts as that user, a sight of each table that counts.

    For lines and other parts, these are the tables of the rows they belong to.
    """
    rights = rights_of(actor)
    both = [rights] if rights.caller is None else [rights, rights.caller]
    return [[_sight(each, name) for name in counting(table)] for each in both]


def counting(table: str) -> Sequence[str]:
    """The tables whose rows count for those of a table: itself, or what it works through."""
    covered = coverage_of(table)
    if covered.rows_by is not RowsBy.PARENT:
        return [table]
    columns = table_info(table).columns
    parents = (parent for lookup in covered.parents for parent in columns[lookup].targets)
    return list(dict.fromkeys(name for parent in parents for name in counting(parent)))


def digest(seen: Sequence[Sequence[Sight]], left_out: frozenset[UUID] = frozenset()) -> str:
    """A text that is the same as long as the sights are; rows above that are `left_out` do not count."""
    parts = (part for sights in seen for sight in sights for part in sight.parts(left_out))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _sight(rights: Rights, table: str) -> Sight:
    covered = coverage_of(table)
    reach = rights.reach(privilege_name(Privilege.READ, covered.stem))
    if reach.everything or reach.nothing or covered.rows_by is not RowsBy.OWNER:
        return Sight(table, reach, frozenset(), {})
    parents = dict.fromkeys(each.parent for each in above(table))
    found = {parent: _ids(rights, *ids_above(current().dialect, Privilege.READ, parent)) for parent in parents}
    return Sight(table, reach, _ids(rights, *ids_shared(current().dialect, Privilege.READ, table)), found)


def _ids(rights: Rights, sql: str, marks: int) -> frozenset[UUID]:
    principals = current().dialect.keys(sorted(rights.principals))
    return frozenset(id if isinstance(id, UUID) else UUID(id) for (id,) in run(sql, [principals] * marks))

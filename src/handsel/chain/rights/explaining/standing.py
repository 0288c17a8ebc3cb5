"""What a row has shares and owners from: itself, and the rows above it (security 3.2, 3.3).

The relationships are those of the predicate (`rights/sharing.py`): they cascade both Share and Reparent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.rights.privileges import Privilege
from handsel.engine.rights.sharing import SHARES, above
from handsel.engine.row_reader import RowReader
from handsel.tables.info import table_info


@dataclass(frozen=True, slots=True)
class Source:
    """A row whose shares and owner count for a row: itself, or one above. `through` are the lookups that lead to it."""

    row: Row
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """The rights that a user or team was given on a source."""

    principal: UUID
    mask: int
    source: Source


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the rights on a row can come from, besides roles."""

    sources: Sequence[Source]
    shares: Sequence[Share]

    def shares_with(self, principals: frozenset[UUID], verb: Privilege) -> Iterator[Share]:
        """The shares that give somebody a right."""
        return (each for each in self.shares if each.principal in principals and each.mask & verb.right)

    def owned_above(self, principals: frozenset[UUID]) -> Iterator[Source]:
        """The rows above that somebody owns."""
        return (each for each in self.sources if each.through and each.row.get("ownerid") in principals)


def standing_of(reader: RowReader, row: Row) -> Standing:
    """The sources of a row and their shares. `reader` is the system's door."""
    sources = list(_sources(reader, row))
    found = reader.children(SHARES, "objectid", [source.row.id for source in sources])
    shares = [
        Share(share["principalid"], share["accessrightsmask"], source)
        for source in sources
        for share in found[source.row.id]
        if table_info(row.table).is_view or share["objecttypecode"] == source.row.table
    ]
    return Standing(sources, shares)


def _sources(reader: RowReader, row: Row) -> Iterator[Source]:
    seen = {row.id}
    queue: list[tuple[Source, tuple[str, ...]]] = [(Source(row), ())]
    for source, tables in queue:
        yield source
        for each in above(source.row.table):
            id = source.row.get(each.column)
            is_of_table = each.type_column is None or source.row.get(each.type_column) == each.parent
            # A table above hands down its own rights, and those of rows of the same table above; never in a circle.
            if id is None or not is_of_table or each.parent in tables[:-1] or id in seen:
                continue
            parent = reader.load(each.parent, [id]).get(id)
            if parent is not None:
                seen.add(id)
                path = tables if each.parent in tables else (*tables, each.parent)
                queue.append((Source(parent, (*source.through, _lookup(source.row.table, each.column))), path))


def _lookup(table: str, part: str) -> str:
    """The lookup that a column belongs to: `parentcustomerid`, of which `accountid` is the part for one table."""
    columns = table_info(table).columns
    return next((name for name, column in columns.items() if part in column.split.values()), part)

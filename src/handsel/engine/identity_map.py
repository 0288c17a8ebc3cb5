"""The rows that a round knows: each of them once, by whichever rights it was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from typing import Any
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.organization import Organization


class IdentityMap:
    """Rows by table and id, and the rows below a parent as they were listed.

    The system knows all of them. Which of them the acting user may see is decided by the reader (`RowReader`).
    """

    def __init__(self, organization: Organization) -> None:
        self.rows: dict[str, dict[UUID, Row]] = defaultdict(dict)
        self.children: dict[tuple[str, str, str], dict[Any, list[Row]]] = defaultdict(dict)
        """By the key of the predicate they were read with, table and column: the rows of each parent."""
        self._organization = organization

    def keep(self, table: str, found: Iterable[Row], *, refresh: bool) -> None:
        """Remember rows read by id. `refresh` replaces known rows by those just read, except changed ones."""
        found = list(found)
        self._organization.revive(table, found)
        known = self.rows[table]
        for row in found:
            present = known.get(row.id)
            if present is None or (refresh and present.change is None):
                known[row.id] = row

    def keep_children(
        self, read_with: str, table: str, column: str, parents: Collection[Hashable], found: list[Row]
    ) -> None:
        """Remember the rows of some parents, those included that are about to be created."""
        self._organization.revive(table, found)
        known = self.rows[table]
        listed = self.children[(read_with, table, column)]
        listed.update({parent: [] for parent in parents})
        for row in found:
            listed[row[column]].append(known.setdefault(row.id, row))
        unread = set(parents)
        for row in known.values():
            if is_new(row) and row.get(column) in unread:
                listed[row[column]].append(row)

    def add(self, row: Row) -> None:
        """Remember a row that is about to be created."""
        self.rows[row.table][row.id] = row
        for listed, column in self._lists_of(row):
            listed[row[column]].append(row)

    def forget(self, row: Row) -> None:
        """Undo `add`."""
        self.rows[row.table].pop(row.id, None)
        for listed, column in self._lists_of(row):
            listed[row[column]] = [other for other in listed[row[column]] if other is not row]

    def _lists_of(self, row: Row) -> Iterable[tuple[dict[Any, list[Row]], str]]:
        """The lists of children that contain the row, each with the lookup."""
        for (_read_with, table, column), listed in self.children.items():
            if table == row.table and row.get(column) in listed:
                yield listed, column


def is_new(row: Row) -> bool:
    """Whether a row is about to be created, so that the database does not know it yet."""
    return row.change is not None and row.change.action == "create"

"""Related rows of lookups, read together: their names, and the currencies of amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from handsel.database.row import Row
from handsel.tables.info import declared_names, table_info

Reader = Callable[[str, Iterable[UUID | None]], Mapping[UUID, Row]]
"""Reads rows of a table by id, through one of the two reading doors."""


class RelatedRows:
    """Rows by table and id. A missing row, or one that the reader does not return, has no name."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._found: dict[str, dict[UUID, Row]] = {}

    def prefetch(self, wanted: Mapping[str, Iterable[UUID | None]]) -> None:
        """Read the rows with these ids of each table, at most one statement a table."""
        for table, ids in wanted.items():
            if table in declared_names():
                self._found.setdefault(table, {}).update(self._read(table, ids))

    def get(self, table: str, id: UUID | None) -> Row | None:
        """A row read before."""
        return self._found.get(table, {}).get(id) if id is not None else None

    def name(self, table: str, id: UUID | None) -> str | None:
        """The primary name of a row read before; empty for one without."""
        row = self.get(table, id)
        return None if row is None else row.get(table_info(table).primary_name) or ""

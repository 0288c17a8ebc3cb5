"""For rules: which columns an update changes, and checking the rows of one list against each other, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handsel.database.row import Row
from handsel.engine.crud.hooks import Entry


def was(entry: Entry, *columns: str) -> bool:
    """Whether an existing row changes one of the columns."""
    change = entry.row.change
    return change is not None and change.action == "update" and any(column in change.before for column in columns)


class Rivals:
    """The rows that an entry must agree with: the stored ones, and those of the same list accepted before it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._waiting = {entry.row.id for entry in entries}

    def of(self, entry: Entry, rows: Iterable[Row]) -> list[Row]:
        """Those of `rows` that come before the entry."""
        return [row for row in rows if row.id not in self._waiting and row.id != entry.row.id]

    def accept(self, entry: Entry) -> None:
        """Add the entry to the rows that later ones must agree with."""
        self._waiting.discard(entry.row.id)

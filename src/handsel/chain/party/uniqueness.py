"""Names and numbers that only one row of a table may have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.access import ReadAs
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.reading import fetch
from handsel.engine.work import Work
from handsel.errors import DuplicateRecord


def require_unique(work: Work, entries: Sequence[Entry], column: str) -> None:
    """Refuse rows whose value in a text column another row has already (0x80040237), in one statement for all."""
    asked = [entry for entry in entries if entry.changed(column) and entry.row.get(column)]
    if not asked:
        return
    table = asked[0].row.table
    own = {entry.row.id for entry in asked}
    holders: dict[str, dict[UUID, Row]] = defaultdict(dict)
    for row in fetch(table, column, sorted({entry.row[column] for entry in asked}), read_as=ReadAs.SYSTEM):
        present = work.as_system.row(table, row.id) or row
        if row.id not in own and (present.change is None or present.change.action != "delete"):
            holders[present.get(column) or ""][row.id] = present
    label = work.info(table).label.lower()

    def check(entry: Entry) -> None:
        value = entry.row[column]
        for id, row in holders[value].items():
            text = f"There is already a {label} whose {column} is '{value}'. Choose another."
            raise DuplicateRecord(text, table=table, id=str(id) if work.as_user.sees(row) else None)
        holders[value][entry.row.id] = entry.row

    each_entry(work, asked, check)

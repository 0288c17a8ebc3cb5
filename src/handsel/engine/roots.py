"""The row that a message works on."""

from __future__ import annotations

from handsel.database.row import Item, Row
from handsel.engine.work import Work


def root_row(work: Work, item: Item[object]) -> Row:
    """The row that an item's message names first in `locks`, as it was read under lock."""
    table, id = item.locks[0]
    row = work.as_user.row(table, id)
    assert row is not None
    return row

"""What leaves a message: rows without the columns that the acting user may not read (security 7).

The rules of the system read real values, and the rows of a round are the same objects for it and for the user. So
values are not taken out of those rows; whoever gives a row away gives a copy without them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from handsel.database import result
from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.database.storage import CUSTOM
from handsel.engine import access


def shown(actor: Actor, row: Row) -> Row:
    """A row as the user may see it: itself, or a copy in which secured columns are null."""
    hidden = access.hidden_columns(actor, row.table)
    if not hidden or hidden.isdisjoint(row):
        return row
    copy = result.Row(row.table, row.id, row)
    copy.notices = row.notices
    blank(copy, hidden)
    return copy


def blank(row: Row, hidden: Collection[str]) -> None:
    """Make columns of a row null, where the row has them."""
    if not hidden:
        return
    for name in hidden:
        if name in row:
            row[name] = None
    custom = row.get(CUSTOM)
    if custom:
        row[CUSTOM] = {name: value for name, value in custom.items() if name not in hidden}


def shown_result(actor: Actor, given: Any) -> Any:
    """The result of a message as the user may see it: a row, or rows in a list; anything else stays as it is."""
    if isinstance(given, Row):
        return shown(actor, given)
    if isinstance(given, list) and any(isinstance(each, Row) for each in given):
        return [shown_result(actor, each) for each in given]
    return given

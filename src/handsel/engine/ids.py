"""Ids that callers give: the empty one names no row, and a row never gets another one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from handsel.engine.parameters import as_uuid
from handsel.engine.values import parse
from handsel.errors import InvalidArgument
from handsel.tables.info import TableInfo

NO_ID = UUID(int=0)
"""The empty id, which names no row: a given row with it as its id has none yet."""


def require_id(info: TableInfo, id: object) -> UUID:
    """The id of a row that may have to be created. Raises InvalidArgument for the empty one."""
    found = as_uuid(info.label, info.primary_key, id)
    if found == NO_ID:
        raise InvalidArgument(f"{info.label}: {NO_ID} is the empty id, which names no row. Take another one.")
    return found


def require_same_id(info: TableInfo, id: UUID, values: Mapping[str, object]) -> None:
    """Refuse values that carry the id of another row."""
    column = info.columns[info.primary_key]
    given = parse(info, column, values.get(info.primary_key))
    if given not in (None, NO_ID, id):
        raise InvalidArgument(
            f"{info.label} {id} cannot become {given}: an id never changes. Leave {info.primary_key} out, or name the "
            "other row.",
            table=info.logical_name,
            column=info.primary_key,
        )

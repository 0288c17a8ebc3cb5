"""Lookups to tables that Handsel does not have: the id is kept and travels, but leads nowhere (tables 8)."""

from __future__ import annotations

from typing import Any

from handsel.tables import django_fields
from handsel.tables.columns import Column
from handsel.tables.info import ColumnInfo


class Elsewhere(Column, django_fields.UUIDField):
    """The id of a row of a table that Handsel does not have. `entity_set` is the name of its rows in an address."""

    kind = "Lookup"

    def __init__(self, target: str, entity_set: str, label: str = "", **rest: Any) -> None:
        self.entity_set = entity_set
        super().__init__(label, facts={"targets": (target,)}, **rest)


def set_elsewhere(column: ColumnInfo) -> str | None:
    """The entity set that a lookup to a table elsewhere names rows of; None for every other column."""
    return column.field.entity_set if isinstance(column.field, Elsewhere) else None

"""`stringmap`: the labels of choice columns as rows, for clients that read them there. They follow from the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from handsel.database.context import current
from handsel.database.row import Row
from handsel.database.statements import mark, run, send
from handsel.engine.customization.columns import extended_tables
from handsel.tables.info import all_tables

TABLE = "stringmap"
_IDS = UUID("6f0a2b44-0f57-5d52-9a6b-0d2f5c3a7e19")
_ENGLISH = 1033


def rewrite_labels(organization: UUID) -> None:
    """Write the labels of all columns, declared and custom ones, in place of those that are there."""
    [[version]] = run("SELECT coalesce(hs_metadataversion, 0) FROM organization")
    rows = [
        row
        for info in all_tables()
        for column in info.columns.values()
        if column.parent_column is None
        for row in _rows(info.logical_name, column.logical_name, column.labels, organization, 0)
    ]
    for table, found in extended_tables(current().alias, version).items():
        for column in found.custom:
            rows += _rows(table, column.logical_name, column.labels, organization, 0)
    send(f"DELETE FROM {TABLE}")
    _insert(rows)


def add_labels(table: str, column: str, labels: Mapping[int, str], organization: UUID, version: int) -> None:
    """Write the labels of a new column."""
    _insert(_rows(table, column, labels, organization, version))


def remove_labels(table: str, column: str) -> None:
    """Remove the labels of a column."""
    send(f"DELETE FROM {TABLE} WHERE objecttypecode = {mark()} AND attributename = {mark()}", (table, column))


def _rows(table: str, column: str, labels: Mapping[int, str], organization: UUID, version: int) -> list[Row]:
    shared = {"objecttypecode": table, "attributename": column, "langid": _ENGLISH}
    rows = []
    for order, (value, label) in enumerate(labels.items(), 1):
        id = uuid5(_IDS, f"{table}/{column}/{value}")
        own = {"stringmapid": id, "attributevalue": value, "value": label, "displayorder": order}
        rows.append(Row(TABLE, id, {**shared, **own, "organizationid": organization, "versionnumber": version}))
    return rows


def _insert(rows: Sequence[Row]) -> None:
    if rows:
        current().dialect.storage(TABLE).insert(tuple(rows[0]), rows)

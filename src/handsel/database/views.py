"""Views of the database: tables that only show the rows of others. They follow from the declarations, like indexes.

No migration states them. Every one drops them before it changes tables, and makes them anew at the end.
"""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.database.dialect import dialect_of
from handsel.tables.info import TableInfo, all_tables, table_info
from handsel.tables.table import AsId


def drop_views(connection: BaseDatabaseWrapper) -> None:
    """Drop all views, so that the tables below them can be changed."""
    for info in _views():
        _execute(connection, f'DROP VIEW IF EXISTS "{info.logical_name}"')


def create_views(connection: BaseDatabaseWrapper) -> None:
    """Create all views, as they are declared."""
    for info in _views():
        selects = " UNION ALL ".join(_select(connection, info, model) for model in _below(info))
        _execute(connection, f'CREATE VIEW "{info.logical_name}" AS {selects}')


def _views() -> list[TableInfo]:
    return [info for info in all_tables() if info.is_view]


def _below(view: TableInfo) -> list[type[models.Model]]:
    """The models of the tables whose rows a view shows."""
    if view.shows:
        return [model for model in apps.get_models() if model._meta.db_table == view.shows]
    return [table_info(table).model for table in view.united]


def _select(connection: BaseDatabaseWrapper, view: TableInfo, model: type[models.Model]) -> str:
    """The rows of one table with the columns of the view; those that the table lacks are empty."""
    present = {field.column for field in model._meta.concrete_fields}
    fields: list[models.Field[object, object]] = list(view.model._meta.concrete_fields)
    listed = []
    for field in fields:
        name = str(field.column)
        empty = f"CAST(NULL AS {field.db_type(connection)})"
        value = view.model.table.computed.get(name) or (f'"{name}"' if field.column in present else empty)
        if isinstance(value, AsId):
            value = dialect_of(connection.vendor).as_id.format(value.column)
        listed.append(f'{value} AS "{name}"')
    return f'SELECT {", ".join(listed)} FROM "{model._meta.db_table}"'


def _execute(connection: BaseDatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)

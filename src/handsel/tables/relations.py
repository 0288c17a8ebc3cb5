"""Facts that follow from several declarations: collections of child rows, unique keys, states of status reasons."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from django.db import models

from handsel.tables.info import ColumnInfo, TableInfo, all_tables, table_info


@functools.cache
def collections_of(table: str) -> Mapping[str, tuple[str, str]]:
    """The declared collections of a table's rows: name → child table and its lookup column."""
    found: dict[str, tuple[str, str]] = {}
    for info in all_tables():
        for column in info.columns.values():
            name = column.collection.get(table)
            if name is not None:
                found[name] = (info.logical_name, column.logical_name)
    return MappingProxyType(found)


def all_collections_of(info: TableInfo) -> Mapping[str, tuple[str, str]]:
    """The collections of a table's rows, including those of lookups that the organization added."""
    declared = collections_of(info.logical_name)
    return {**info.custom_collections, **declared} if info.custom_collections else declared


@functools.cache
def keys_of(table: str) -> tuple[tuple[str, ...], ...]:
    """The declared unique keys of a table besides its id, each as logical names."""
    model = table_info(table).model
    by_name = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return tuple(
        tuple(by_name[name] for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    )


def all_keys_of(info: TableInfo) -> tuple[tuple[str, ...], ...]:
    """The unique keys of a table besides its id, including those that the organization added."""
    return (*keys_of(info.logical_name), *(key.columns for key in info.custom_keys))


def status_states(column: ColumnInfo) -> dict[int, int | None]:
    """Each status reason of a status column, with the state it belongs to."""
    options = column.options
    if options is None or isinstance(options, Mapping):
        return {}
    return {int(option): option.state for option in options}

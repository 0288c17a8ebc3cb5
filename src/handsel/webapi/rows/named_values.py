"""Annotations of values under names from the query: columns of links, aliases, groups, computed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handsel.json_value import JsonObject
from handsel.query.formatting.formatter import CURRENCY_COLUMN, Field, Formatter
from handsel.query.run.pages import Page
from handsel.query.tree.request import ALL, Function, Request
from handsel.webapi.protocol.annotations import FORMATTED, TABLE
from handsel.webapi.protocol.call import Call

_COMPUTED = (Function.SUM, Function.AVERAGE)


def annotate(
    call: Call,
    request: Request,
    page: Page,
    names: Iterable[str],
    rows: Sequence[Mapping[str, Any]],
    found: Sequence[JsonObject],
) -> None:
    """Put the requested annotations of `names` of `rows`, those of the page, into the JSON objects in `found`.

    If an id may belong to several tables, they are queried once each.
    """
    wants = call.prefer.wants
    with_text, with_table = wants(FORMATTED), wants(TABLE)
    if not (with_text or with_table) or not rows:
        return
    fields = [field for field in _fields(request, page) if field.name in set(names)]
    work = call.work
    formatter = Formatter(work.as_user.load, work.as_system.load, call.organization.settings)
    formatter.prefetch(fields, rows)
    for row, entity in zip(rows, found, strict=True):
        for field in fields:
            value = row[field.name]
            if value is None:
                continue
            text = formatter.text(field, row, value) if with_text else None
            if text is not None:
                entity[f"{field.name}@{FORMATTED}"] = text
            table = formatter.table(field, row, value) if with_table else None
            if table is not None:
                entity[f"{field.name}@{TABLE}"] = table


def _fields(request: Request, page: Page) -> list[Field]:
    columns, paths = page.columns, page.paths
    if not request.is_grouped:
        return [Field(name, column, _currency_beside(request, name)) for name, column in columns.items()]
    currencies = {
        (path.source, path.steps): name
        for name, path in paths.items()
        if path is not None and path.column == CURRENCY_COLUMN
    }
    computed = {each.name for each in request.aggregates if each.function in _COMPUTED}
    parts = {each.name for each in request.groups if each.part is not None}
    found = []
    for name, column in columns.items():
        path = paths[name]
        currency = None if path is None else currencies.get((path.source, path.steps))
        found.append(Field(name, column, currency, is_computed=name in computed, is_part=name in parts))
    return found


def _currency_beside(request: Request, name: str) -> str:
    """The name of the currency of an amount in the row; a linked table has its own currency column."""
    for output in request.outputs or ():
        whole = output.path.column == ALL and name.startswith(output.name.removesuffix(ALL))
        if output.path.source and (output.name == name or whole):
            return f"{output.path.source}.{CURRENCY_COLUMN}"
    return CURRENCY_COLUMN

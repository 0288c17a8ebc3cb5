"""Annotations of values that stand under names of their own: columns of links, aliases, groups, what is computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.database.row import Row
from handsel.query.tree.request import ALL, Aggregate, Function, Group, Output, Request
from handsel.tables.info import ColumnInfo
from handsel.webapi.protocol.annotations import FORMATTED, TABLE
from handsel.webapi.protocol.call import Call
from handsel.webapi.rows.formatted import CURRENCY, amount_text, number_text, targets_of, value_text

_CURRENCY_COLUMN = "transactioncurrencyid"
_COMPUTED = (Function.SUM, Function.AVERAGE)


@dataclass(frozen=True, slots=True)
class _Named:
    """One name of an answer. `column` is what its values are of: None for a count or a part of a date.

    `currency` is the name in the row under which the currency of an amount stands. `is_computed` values are numbers of
    their own; a `is_part` of a date is no quantity.
    """

    name: str
    column: ColumnInfo | None
    currency: str | None
    is_computed: bool = False
    is_part: bool = False


def annotate(
    call: Call,
    request: Request,
    columns: Mapping[str, ColumnInfo | None],
    names: Iterable[str],
    rows: Sequence[Mapping[str, Any]],
    found: Sequence[dict[str, Any]],
) -> None:
    """Put what the caller asked to be told about `names` of `rows` into the JSON objects in `found`.

    `columns` is that of the page. Which table an id belongs to is looked up, once a table, where it may be of several.
    """
    wants = call.prefer.wants
    with_text, with_table = wants(FORMATTED), wants(TABLE)
    if not (with_text or with_table) or not rows:
        return
    named = [each for each in _named(request, columns) if each.name in set(names)]
    known = _Known(call, named, rows)
    for row, entity in zip(rows, found, strict=True):
        for each in named:
            value = row[each.name]
            if value is None:
                continue
            text = known.text(each, row, value) if with_text else None
            if text is not None:
                entity[f"{each.name}@{FORMATTED}"] = text
            if with_table and (each.name, value) in known.tables:
                entity[f"{each.name}@{TABLE}"] = known.tables[(each.name, value)]


def _named(request: Request, columns: Mapping[str, ColumnInfo | None]) -> list[_Named]:
    if not request.is_grouped:
        return [_Named(name, column, _beside(request, name)) for name, column in columns.items()]
    asked: list[Group | Aggregate | Output] = [*request.groups, *request.aggregates, *(request.outputs or ())]
    paths = {each.name: each.path for each in asked}
    currencies = {
        (path.source, path.steps): name
        for name, path in paths.items()
        if path is not None and path.column == _CURRENCY_COLUMN
    }
    computed = {each.name for each in request.aggregates if each.function in _COMPUTED}
    parts = {each.name for each in request.groups if each.part is not None}
    found = []
    for name, column in columns.items():
        path = paths[name]
        currency = None if path is None else currencies.get((path.source, path.steps))
        found.append(_Named(name, column, currency, name in computed, name in parts))
    return found


def _beside(request: Request, name: str) -> str:
    """The name under which a row holds the currency of an amount: what is linked brings its own along."""
    for output in request.outputs or ():
        whole = output.path.column == ALL and name.startswith(output.name.removesuffix(ALL))
        if output.path.source and (output.name == name or whole):
            return f"{output.path.source}.{_CURRENCY_COLUMN}"
    return _CURRENCY_COLUMN


class _Known:
    """What the texts of some rows need: the names of the rows that lookups lead to, and currencies."""

    def __init__(self, call: Call, named: Sequence[_Named], rows: Sequence[Mapping[str, Any]]) -> None:
        self.work = call.work
        self.base_currency: UUID | None = call.organization.settings.get("basecurrencyid")
        self.tables: dict[tuple[str, UUID], str] = {}
        self.names: dict[tuple[str, UUID], str] = {}
        self._look_up(named, rows)
        self.currencies: Mapping[UUID, Row] = {}
        amounts = [each for each in named if each.column is not None and each.column.kind == "Money"]
        if amounts:
            used = {row.get(each.currency) for each in amounts if each.currency for row in rows}
            self.currencies = self.work.as_system.load(CURRENCY, [*used, self.base_currency])

    def _look_up(self, named: Sequence[_Named], rows: Sequence[Mapping[str, Any]]) -> None:
        wanted: dict[str, dict[str, set[UUID]]] = defaultdict(dict)
        for each in named:
            ids = {row[each.name] for row in rows if row[each.name] is not None}
            for table in targets_of(each.column) if each.column is not None and ids else ():
                wanted[table][each.name] = ids
        for table, ids_by_name in wanted.items():
            primary_name = self.work.info(table).primary_name
            found = self.work.as_user.load(table, set().union(*ids_by_name.values()))
            for name, ids in ids_by_name.items():
                for id in ids & found.keys():
                    self.tables[(name, id)] = table
                    self.names[(name, id)] = found[id].get(primary_name) or ""

    def text(self, each: _Named, row: Mapping[str, Any], value: Any) -> str | None:
        """The text of a value; None where there is nothing to add."""
        column = each.column
        if column is None:
            return str(value) if each.is_part else number_text(value)
        if targets_of(column):
            return self.names.get((each.name, value))
        if column.kind == "Money":
            id = self.base_currency if column.base_of else row.get(each.currency) if each.currency else None
            return amount_text(value, self.currencies.get(id) if id is not None else None)
        if each.is_computed and column.kind not in ("Decimal", "Double"):
            return number_text(value)
        return value_text(column, value)

"""Reading rows set-based: the access door's queryset, compiled once per shape and then sent as it is.

Compiling a queryset costs more than running it, and a message reads the same shapes every time; only the list of keys
differs. So the SQL that Django compiled for a shape is kept, with one parameter for all keys.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.expressions import Expression

from handsel.database.context import current
from handsel.database.row import Row
from handsel.database.statements import connection, driver_sql, run, run_each
from handsel.database.storage import TableStorage
from handsel.engine import access

_KEYS = object()
"""Stands for the list of keys among the parameters of a compiled statement."""


class AnyOf(models.Func):
    """`column = one of the keys`, with one parameter however many keys there are."""

    output_field = models.BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        return current().dialect.any_of(column, "%s"), [*params, _KEYS]


_compiled: dict[tuple[Any, ...], tuple[str, list[Any]]] = {}


def fetch(
    table: str,
    column: str,
    keys: Collection[Any],
    *,
    order: Sequence[str] = (),
    lock: bool = False,
) -> list[Row]:
    """The rows of `table` the current user may read whose `column` is one of `keys`, in one statement.

    `column` and `order` are logical names; the default order is the key's. `lock` keeps the rows from being changed by
    others until the transaction ends (PostgreSQL; on SQLite the writing transaction already holds the database).
    """
    if not keys:
        return []
    stored, sql, params = _statement(table, column, keys, order, lock)
    return stored.rows(run(sql, params))


@dataclass(frozen=True, slots=True)
class Query:
    """What `fetch` takes, for several statements that do not wait for each other."""

    table: str
    column: str
    keys: Collection[Any]
    order: Sequence[str] = ()


def fetch_each(queries: Sequence[Query]) -> list[list[Row]]:
    """The rows of each query, which has keys, as `fetch` finds them; sent together."""
    made = [_statement(query.table, query.column, query.keys, query.order, lock=False) for query in queries]
    answers = run_each([(sql, params) for _stored, sql, params in made])
    return [stored.rows(found) for (stored, _sql, _params), found in zip(made, answers, strict=True)]


def _statement(
    table: str, column: str, keys: Collection[Any], order: Sequence[str], lock: bool
) -> tuple[TableStorage, str, list[Any]]:
    context = current()
    stored = context.dialect.storage(table)
    shape = (context.dialect, access.scope(context.actor, table), table, column, tuple(order), lock)
    compiled = _compiled.get(shape)
    if compiled is None:
        compiled = _compiled[shape] = _compile(stored, column, order, lock)
    sql, params = compiled
    parameter = context.dialect.keys(keys)
    return stored, sql, [parameter if value is _KEYS else value for value in params]


def _compile(stored: TableStorage, column: str, order: Sequence[str], lock: bool) -> tuple[str, list[Any]]:
    attribute = dict(zip(stored.names, stored.attributes, strict=True))
    condition: Expression = AnyOf(models.F(attribute[column]))
    queryset = access.rows(current().actor, stored.info.logical_name).filter(condition)
    queryset = queryset.order_by(*(attribute[name] for name in order or (stored.key,)))
    if lock:
        queryset = queryset.select_for_update(of=("self",), no_key=True)
    query = queryset.values_list(*stored.attributes).query
    sql, params = query.get_compiler(connection=connection()).as_sql()
    return driver_sql(sql), list(params)

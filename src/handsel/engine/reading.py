"""Reading rows set-based: the access door's queryset, compiled once per shape and then sent as it is.

Compiling a queryset costs more than running it, and a message reads the same shapes every time; only the keys and the
user's values in a predicate differ. So the SQL that Django compiled for a shape is cached, with a placeholder for each
of them. Users with the same predicate share it, and the least recently used statements are dropped.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from handsel.database.context import current
from handsel.database.dialect import Dialect
from handsel.database.row import Row
from handsel.database.statements import connection, driver_sql, run, run_each
from handsel.database.storage import TableStorage
from handsel.engine import access
from handsel.engine.access import ReadAs
from handsel.engine.predicate import KEYS, AnyOf, Parameter, Placeholder, Predicate, driver_value

MOST_COMPILED = 1_024
"""How many compiled statements are cached. Today's tables and rules need some three hundred for one predicate."""


def fetch(
    table: str,
    column: str,
    keys: Collection[object],
    *,
    read_as: ReadAs,
    order: Sequence[str] = (),
) -> list[Row]:
    """The rows of `table` whose `column` is one of `keys`, in one statement: all of them, or those the user may read.

    `column` and `order` are logical names; the default order is the key's.
    """
    if not keys:
        return []
    stored, sql, params = _statement(Query(table, column, keys, read_as, order))
    return stored.rows(run(sql, params))


class Lock(enum.Enum):
    """Whether the rows of a statement are locked, and whether it waits for those that another transaction holds."""

    NONE = enum.auto()
    WAIT = enum.auto()
    NOW = enum.auto()


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of `fetch`, for several statements that are sent together."""

    table: str
    column: str
    keys: Collection[object]
    read_as: ReadAs
    order: Sequence[str] = ()


def fetch_locked(query: Query, *, waits: bool) -> list[Row]:
    """The rows of a query, which has keys; no other transaction can change them until this one ends.

    Without `waits` the driver raises an error at once when another transaction holds one of them. Only for
    `engine.lock_order`, which knows when waiting is safe.
    """
    stored, sql, params = _statement(query, Lock.WAIT if waits else Lock.NOW)
    return stored.rows(run(sql, params))


def fetch_each(queries: Sequence[Query]) -> list[list[Row]]:
    """The rows of each query, which has keys, as `fetch` finds them; sent together."""
    made = [_statement(query) for query in queries]
    answers = run_each([(sql, params) for _stored, sql, params in made])
    return [stored.rows(found) for (stored, _sql, _params), found in zip(made, answers, strict=True)]


def _statement(query: Query, lock: Lock = Lock.NONE) -> tuple[TableStorage, str, list[Any]]:
    context = current()
    predicate = access.predicate_of(query.read_as, context.actor, query.table)
    sql, params = _compiled(context.dialect, predicate, query.table, query.column, tuple(query.order), lock)
    keys = context.dialect.keys(query.keys)
    return context.dialect.storage(query.table), sql, [_value(param, keys, predicate) for param in params]


def _value(param: Any, keys: Any, predicate: Predicate) -> Any:
    """A parameter as it is sent: the value of a placeholder, any other as it was compiled."""
    if param is KEYS:
        return keys
    return driver_value(predicate.parameters[param.name]) if isinstance(param, Placeholder) else param


@functools.lru_cache(maxsize=MOST_COMPILED)
def _compiled(
    dialect: Dialect, predicate: Predicate, table: str, column: str, order: tuple[str, ...], lock: Lock
) -> tuple[str, tuple[Any, ...]]:
    """SQL in the driver's style and its parameters. Predicates with the same key are equal."""
    stored = dialect.storage(table)
    lock = Lock.NONE if stored.info.is_view else lock  # a view is only read
    attribute = dict(zip(stored.names, stored.attributes, strict=True))
    queryset = predicate.template(access.all_rows(table))
    queryset = queryset.filter(AnyOf(models.F(attribute[column]), Parameter(KEYS)))
    queryset = queryset.order_by(*(attribute[name] for name in order or (stored.key,)))
    if lock is not Lock.NONE:
        queryset = queryset.select_for_update(of=("self",), no_key=True, nowait=lock is Lock.NOW)
    query = queryset.values_list(*stored.attributes).query
    sql, params = query.get_compiler(connection=connection()).as_sql()
    return driver_sql(sql), tuple(params)

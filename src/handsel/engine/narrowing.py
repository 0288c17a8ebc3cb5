"""The access door's condition on one table of a statement that is put together from text: written once, then reused.

What Django makes of a predicate is the same for all users with the same kind of rights, whatever the table is called in
the statement. So it is compiled once under a name of its own, and each use puts the alias and the user's values in.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from handsel.database.context import Actor, current
from handsel.database.dialect import Dialect
from handsel.database.statements import connection
from handsel.engine import access
from handsel.engine.predicate import Placeholder, Predicate, driver_value
from handsel.tables.info import table_info

MOST_CONDITIONS = 1_024
"""How many conditions are cached: one for each table and kind of rights."""
_ALIAS = "hs_narrowed"


class Narrowing(NamedTuple):
    """A condition in SQL of Django's kind (`%s`), and its parameters as the driver takes them."""

    sql: str
    params: tuple[Any, ...]


def narrowing(actor: Actor, table: str, alias: str) -> Narrowing | None:
    """What limits `table` under an alias to the rows that the user may read; None where that is every row.

    Call it inside the user's context.
    """
    predicate = access.predicate(actor, table)
    return _narrowing(predicate, table, alias) if predicate.narrows else None


def ways(actor: Actor, table: str, alias: str) -> list[Narrowing]:
    """The alternatives of that limit, where the first rows of a list are best found in each; none where they are not.

    Call it inside the user's context.
    """
    return [_narrowing(each, table, alias) for each in access.predicate(actor, table).ways]


def _narrowing(predicate: Predicate, table: str, alias: str) -> Narrowing:
    sql, params = _compiled(current().dialect, predicate, table)
    given = {name: driver_value(value) for name, value in predicate.parameters.items()}
    values = tuple([given[each.name] if isinstance(each, Placeholder) else each for each in params])
    return Narrowing(sql.replace(f"{_ALIAS}.", f'"{alias}".'), values)


@functools.lru_cache(maxsize=MOST_CONDITIONS)
def _compiled(dialect: Dialect, predicate: Predicate, table: str) -> tuple[str, tuple[Any, ...]]:
    """Predicates with the same key are equal, and their SQL differs between databases alone."""
    narrowed = predicate.template(access.all_rows(table)).order_by()
    query = narrowed.query
    alias = query.get_initial_alias()
    if any(count for name, count in query.alias_refcount.items() if name != alias):
        # It joins other tables, which a condition cannot: the rows are then listed by their keys.
        sql, params = narrowed.values("pk").query.get_compiler(connection=connection()).as_sql()
        return f'({_ALIAS}."{table_info(table).primary_key}" IN ({sql}))', tuple(params)
    query.change_aliases({alias: _ALIAS})
    sql, params = query.get_compiler(connection=connection()).compile(query.where)
    return f"({sql})", tuple(params)

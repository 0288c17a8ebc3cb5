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
    if not predicate.narrows:
        return None
    sql, params = _compiled(current().dialect, predicate, table)
    return Narrowing(sql.replace(f"{_ALIAS}.", f'"{alias}".'), tuple(_value(predicate, each) for each in params))


def _value(predicate: Predicate, param: Any) -> Any:
    return driver_value(predicate.parameters[param.name]) if isinstance(param, Placeholder) else param


@functools.lru_cache(maxsize=MOST_CONDITIONS)
def _compiled(dialect: Dialect, predicate: Predicate, table: str) -> tuple[str, tuple[Any, ...]]:
    """Predicates with the same key are equal, and their SQL differs between databases alone."""
    query = predicate.template(access.all_rows(table)).order_by().query
    query.change_aliases({query.get_initial_alias(): _ALIAS})
    used = [alias for alias, count in query.alias_refcount.items() if count]
    assert used == [_ALIAS], f"the predicate of {table} joins {used}"
    compiler = query.get_compiler(connection=connection())
    sql, params = compiler.compile(query.where)
    return f"({sql})", tuple(params)

"""The one write path: each table's inserts, updates and deletes of a round as one statement each (architecture 4).

Fills what no caller may set: row version, who and when, split lookups, derived texts, exchange rate and base amounts,
custom columns.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import Change, Row, set_column
from handsel.database.statements import send
from handsel.database.storage import CUSTOM, TableStorage
from handsel.engine.exchange import exchange, exchange_lines, load_currencies, money_of
from handsel.engine.lock_order import needs
from handsel.engine.work import Work
from handsel.errors import Refused
from handsel.tables.info import ColumnInfo, TableInfo, table_info


def write(work: Work) -> None:
    """Write every pending change of a round. An item whose values do not fit is refused before anything is written."""
    load_currencies(work)
    documents = [change for change in work.changes if table_info(change.row.table).parent is None]
    _fill_all(work, documents)
    exchange_lines(work, documents)
    # Lines take the exchange rate of their document, so they come second.
    _fill_all(work, [change for change in work.changes if table_info(change.row.table).parent is not None])
    changes: dict[str, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in work.changes:
        changes[change.row.table][change.action].append(change)
    # A row that gives up a unique value is written before the row that takes it: the closed revision before its
    # successor. Foreign keys are checked at commit, so no other order is needed.
    for table, actions in changes.items():
        for action in ("delete", "update"):
            if action in actions:
                needs(table, [change.row.id for change in actions[action]])
    for table, actions in changes.items():
        if "delete" in actions:
            delete(work, table, [change.row.id for change in actions["delete"]])
    for table, actions in changes.items():
        if "update" in actions:
            update(table, [change for change in actions["update"] if change.before])
    for table, actions in changes.items():
        if "create" in actions:
            insert(table, [change.row for change in actions["create"]])


def _fill_all(work: Work, changes: Iterable[Change]) -> None:
    for change in changes:
        if change.item.refusal is None:
            try:
                _fill(work, change)
            except Refused as error:
                work.refuse(change.item, error)


def _fill(work: Work, change: Change) -> None:
    """What no caller may set: row version, who and when, split lookups, derived texts, rate and base amounts."""
    row = change.row
    facts = _facts(row.table)
    if change.action == "delete":
        return
    is_new = change.action == "create"
    row["versionnumber"] = work.organization.version
    if facts.audited:
        row["modifiedon"], row["modifiedby"] = work.now, work.actor.user_id
        if is_new:
            stated = row.get("overriddencreatedon")
            row["createdon"], row["createdby"] = stated or work.now, work.actor.user_id
            row["createdonbehalfby"] = work.actor.caller_id
            if stated:
                row["overriddencreatedon"] = work.now
        else:
            row["modifiedonbehalfby"] = work.actor.caller_id
    _derive(facts, row, None if is_new else change)
    if facts.has_money:
        exchange(work, row, None if is_new else change)


def insert(table: str, rows: Sequence[Row]) -> None:
    """Insert filled rows of one table in one statement."""
    _insert(current().dialect.storage(table), rows)


def update(table: str, changes: Sequence[Change]) -> None:
    """Write the changed columns of filled rows of one table in one statement."""
    columns: dict[str, None] = {}
    for change in changes:
        columns.update(dict.fromkeys(change.before))
    if not changes:
        return
    columns["versionnumber"] = None
    if _facts(table).audited:
        columns.update(dict.fromkeys(("modifiedon", "modifiedby", "modifiedonbehalfby")))
    stored = current().dialect.storage(table)
    has_custom = any(column not in stored.name_set for column in columns)
    listed = tuple(column for column in columns if column in stored.name_set) + ((CUSTOM,) if has_custom else ())
    _update(stored, listed, [change.row for change in changes])


def delete(work: Work, table: str, ids: Sequence[UUID]) -> None:
    """Delete rows of one table and leave a tombstone for each, one statement each."""
    dialect = current().dialect
    doomed = dialect.any_of(f'"{table_info(table).primary_key}"', dialect.mark)
    send(f'DELETE FROM "{table}" WHERE {doomed}', (dialect.keys(ids),))
    dialect.bury(table, ids, work.organization.version, work.now)


def _insert(stored: TableStorage, rows: Sequence[Row]) -> None:
    names = stored.name_set
    present: dict[str, Any] = {}
    for row in rows:
        if not row.keys() <= names:
            extra = {name: value for name, value in row.items() if name not in names and value is not None}
            if extra:
                row[CUSTOM] = extra
        present.update(row)
    columns = [name for name in stored.names if name in present and any(row.get(name) is not None for row in rows)]
    stored.insert(tuple(columns), rows)
    if CUSTOM in columns:
        for row in rows:
            row.pop(CUSTOM, None)


def _update(stored: TableStorage, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    names = stored.name_set
    if CUSTOM in columns:
        for row in rows:
            row[CUSTOM] = {name: value for name, value in row.items() if name not in names and value is not None}
    stored.update(columns, rows)


class _Facts:
    """What persist fills on rows of one table, computed once."""

    def __init__(self, info: TableInfo) -> None:
        self.audited = "modifiedon" in info.columns and info.columns["modifiedon"].field is not None
        self.has_money = bool(money_of(info.logical_name).amounts)
        self.split: list[tuple[str, tuple[str, ...]]] = [
            (column.logical_name, tuple(column.split.values()))
            for column in info.columns.values()
            if column.split and column.field
        ]
        self.derived: list[ColumnInfo] = [column for column in info.columns.values() if column.derived is not None]


@functools.cache
def _facts(table: str) -> _Facts:
    return _Facts(table_info(table))


def _derive(facts: _Facts, row: Row, change: Change | None) -> None:
    for whole, parts in facts.split:
        if change is None or any(part in change.before for part in parts):
            set_column(row, change, whole, next((row[part] for part in parts if row.get(part) is not None), None))
    for column in facts.derived:
        assert column.derived is not None
        sources = column.derived.sources
        if change is None or any(source in change.before for source in sources):
            set_column(
                row, change, column.logical_name, column.derived.function(*(row.get(source) for source in sources))
            )

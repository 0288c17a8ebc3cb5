"""The largest and smallest value of every exact number column, written and read on both databases (architecture 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from handsel import Session
from handsel.database.row import Row
from handsel.database.statements import run
from handsel.engine import organization, persist
from handsel.engine.access import ReadAs
from handsel.engine.reading import fetch
from handsel.engine.work import Work
from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT
from handsel.tables.info import ColumnInfo, TableInfo, all_tables, table_info
from handsel.tables.keys import new_key

EXACT = ("Money", "Decimal")
TABLES = sorted(
    info.logical_name
    for info in all_tables()
    if not info.is_view and any(column.kind in EXACT and column.field is not None for column in info.columns.values())
)
WHOLE = {"Integer": (-(2**31), 2**31 - 1), "BigInt": (-(2**63), 2**63 - 1)}


def extremes(column: ColumnInfo) -> tuple[Any, Any] | None:
    """The smallest and the largest value a column must hold, to its last decimal."""
    if column.field is None or column.parent_column is not None:
        return None
    if column.kind in WHOLE:
        return WHOLE[column.kind]
    if column.kind == "Money":
        return LOWEST_AMOUNT, HIGHEST_AMOUNT
    if column.kind != "Decimal":
        return None
    assert column.minimum is not None, column.logical_name
    assert column.maximum is not None, column.logical_name
    smallest = Decimal(1).scaleb(-(column.precision or 0))
    low = column.minimum if column.minimum else smallest
    return low, column.maximum - (smallest if column.maximum != column.minimum else 0)


@contextmanager
def unhindered(session: Session) -> Iterator[Work]:
    """A transaction at engine level that is rolled back, so that foreign keys are never checked."""
    from django.db import transaction

    with session.entered(), transaction.atomic(using=session.context.alias):
        work = Work(session.context, organization.begin_transaction(session.context), collect=False)
        if session.context.dialect.name == "sqlite":
            run("PRAGMA ignore_check_constraints = 1")
        yield work
        transaction.set_rollback(True, using=session.context.alias)


def a_row(info: TableInfo, index: int) -> Row:
    """A row whose exact number columns all hold their smallest (0) or largest (1) value."""
    values: dict[str, Any] = {info.primary_key: new_key()}
    for name, column in info.columns.items():
        found = extremes(column)
        if found is not None and name != "versionnumber":
            values[name] = found[index]
    return Row(info.logical_name, values[info.primary_key], values)


@pytest.mark.parametrize("index", [0, 1], ids=["smallest", "largest"])
def test_every_number_column_holds_its_extremes(session: Session, index: int) -> None:
    wrong = []
    for table in TABLES:
        info = table_info(table)
        row = a_row(info, index)
        required = {
            name: filler(column)
            for name, column in info.columns.items()
            if column.field is not None and not column.field.null and name not in row
        }
        with unhindered(session) as work:
            written = Row(table, row.id, {**required, **row, "versionnumber": work.organization.version})
            stored = session.context.dialect.storage(table)
            persist._insert(stored, [written])
            wrong += changed(info, row)
            other = a_row(info, 1 - index)
            other[info.primary_key] = row.id
            persist._update(stored, tuple(name for name in other if name != info.primary_key), [other])
            wrong += changed(info, other)
    assert wrong == []


@pytest.mark.parametrize("index", [0, 1], ids=["smallest", "largest"])
def test_many_rows_at_once_hold_them_too(session: Session, index: int) -> None:
    """A long list may be written by other statements than a short one."""
    info = table_info("uom")
    with unhindered(session) as work:
        rows = [a_row(info, index) for _ in range(300)]
        shared = {"name": "x", "versionnumber": work.organization.version, "uomscheduleid": new_key()}
        persist._insert(session.context.dialect.storage("uom"), [Row("uom", row.id, {**shared, **row}) for row in rows])
        assert [problem for row in rows for problem in changed(info, row)] == []


def changed(info: TableInfo, row: Row) -> list[str]:
    """The differences between a stored row and the values it was given."""
    (read,) = fetch(info.logical_name, info.primary_key, [row[info.primary_key]], read_as=ReadAs.SYSTEM)
    return [
        f"{info.logical_name}.{name}: wrote {value}, read {read[name]!r}"
        for name, value in row.items()
        if read[name] != value or type(read[name]) is not type(value)
    ]


def filler(column: ColumnInfo) -> Any:
    """A value for a column that must not be empty and is not what is tested."""
    if column.default is not None:
        return column.default
    return {"Boolean": False, "String": "x", "Memo": "x", "Lookup": new_key(), "Uniqueidentifier": new_key()}.get(
        column.kind, 0
    )


def test_money_and_rates_are_swept() -> None:
    kinds = {column.kind for info in all_tables() for column in info.columns.values() if extremes(column) is not None}
    assert {"Money", "Decimal", "Integer"} <= kinds
    assert "transactioncurrency" in TABLES

"""The exchange rate of a row and its base amounts, filled when the row is written (pricing 6).

A row takes its currency's rate when it is created, and anew when its currency, one of its amounts or its state changes.
A changed rate of a currency alone touches no row. Three things hold besides (behaviour 7.1):

* What was agreed keeps its rate: a row made from another one, a row whose prices are locked, a row that passes from one
  read-only state to another. So it makes no difference in how many steps a document is converted.
* A line has the rate of its document, and gets a new one together with it.
* A base amount follows its amount: as long as amount and rate stay, so does the base amount.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from decimal import Decimal

from handsel.database.row import Change, Row, set_column
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.work import Work
from handsel.errors import Code, Refused
from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT
from handsel.money.exchange import to_base
from handsel.tables.info import table_info

KeepsRate = Callable[[Row], bool]

_keepers: dict[str, KeepsRate] = {}


def keeps_rate(table: str, when: KeepsRate) -> None:
    """Declare which rows of a table keep the exchange rate they have, as long as they keep their currency."""
    _keepers[table] = when


class MoneyColumns:
    """What a table has to do with money: its amounts with their base amounts, and where its rate comes from."""

    def __init__(self, table: str) -> None:
        info = table_info(table)
        self.label = info.label
        self.amounts = [
            (column.logical_name, column.base_column)
            for column in info.columns.values()
            if column.base_column and column.field is not None
        ]
        self.names = frozenset(name for name, _ in self.amounts)
        self.has_rate = "exchangerate" in info.columns and info.logical_name != "transactioncurrency"
        self.parent = info.parent
        self.document = info.columns[info.parent].targets[0] if info.parent else None
        self.lines = [(line, parent) for line in info.line_tables if (parent := table_info(line).parent) is not None]


@functools.cache
def money_of(table: str) -> MoneyColumns:
    """The money of a table, worked out once."""
    return MoneyColumns(table)


def load_currencies(work: Work) -> None:
    """Read the currencies of all rows with amounts that are about to be written, in one statement."""
    wanted = {
        change.row.get("transactioncurrencyid")
        for change in work.changes
        if change.action != "delete" and money_of(change.row.table).amounts
    }
    work.as_system.load("transactioncurrency", wanted)


def exchange_lines(work: Work, documents: Sequence[Change]) -> None:
    """Give the lines of documents whose rate changes the new rate, as pending changes of their own.

    Costs a statement for each table of lines, and none where no rate changes.
    """
    moved: dict[str, list[Change]] = {}
    for change in documents:
        if change.action == "update" and "exchangerate" in change.before and change.item.refusal is None:
            moved.setdefault(change.row.table, []).append(change)
    for table, changes in moved.items():
        for lines, parent in money_of(table).lines:
            found = work.as_system.children(lines, parent, [change.row.id for change in changes])
            for change in changes:
                for line in found[change.row.id]:
                    if line.change is None or line.change.action != "create":
                        work.update(
                            change.item, line, {"exchangerate": change.row["exchangerate"]}, root=change.row.reference
                        )


_RATE_TRIGGERS = frozenset(("transactioncurrencyid", "statecode", "exchangerate"))


def exchange(work: Work, row: Row, change: Change | None) -> None:
    """Fill the rate and the base amounts of a row to be written; `change` is None for a new row.

    Raises Refused for a base amount that does not fit (0x80048cec, 0x80048ceb), and for amounts without a currency
    (0x80048cfb).
    """
    money = money_of(row.table)
    if change is not None and not (change.before.keys() & money.names or change.before.keys() & _RATE_TRIGGERS):
        return
    rate = _rate(work, money, row, change)
    if money.has_rate:
        set_column(row, change, "exchangerate", rate)
    moved = change is None or not money.has_rate or "exchangerate" in change.before
    precision = work.organization.settings.get("basecurrencyprecision")
    places = 2 if precision is None else precision
    for name, base_name in money.amounts:
        value, present = row.get(name), row.get(base_name)
        if value is None:
            if change is not None:
                set_column(row, change, base_name, None)
            continue
        if present is not None and (change is None or not (moved or name in change.before)):
            continue  # only a row that it was made from gives a new row a base amount
        if rate is None:
            raise _no_currency(money, row, name)
        base = to_base(value, rate, places)
        if not LOWEST_AMOUNT <= base <= HIGHEST_AMOUNT:
            raise _too_large(money, row, name, value, rate, base)
        set_column(row, change, base_name, base)


def _rate(work: Work, money: MoneyColumns, row: Row, change: Change | None) -> Decimal | None:
    present: Decimal | None = row.get("exchangerate") if money.has_rate else None
    if present is not None and (change is None or _keeps(money, row, change)):
        return present
    if money.document is not None and money.parent is not None:
        document = work.as_system.row(money.document, row.get(money.parent))
        if document is not None and document.get("exchangerate") is not None:
            return Decimal(document["exchangerate"])
    currency = work.as_system.row("transactioncurrency", row.get("transactioncurrencyid"))
    return currency["exchangerate"] if currency is not None else None


def _keeps(money: MoneyColumns, row: Row, change: Change) -> bool:
    if "transactioncurrencyid" in change.before:
        return False
    keeps = _keepers.get(row.table)
    if keeps is not None and keeps(row):
        return True
    if "statecode" not in change.before or change.before.keys() & money.names:
        return False
    lifecycle = lifecycle_of(row.table)
    if lifecycle is None:
        return False
    return not any(lifecycle.state(state).editable for state in (change.before["statecode"], row["statecode"]))


def _no_currency(money: MoneyColumns, row: Row, name: str) -> Refused:
    return Refused(
        f"{money.label} '{row.get('name') or row.id}' has an amount in {name}, so it needs a currency. "
        "Give it one in transactioncurrencyid, or empty its amounts.",
        Code.CURRENCY_MISSING,
    )


def _too_large(money: MoneyColumns, row: Row, name: str, value: Decimal, rate: Decimal, base: Decimal) -> Refused:
    code = Code.BASE_CURRENCY_OVERFLOW if base > HIGHEST_AMOUNT else Code.BASE_CURRENCY_UNDERFLOW
    return Refused(
        f"{money.label} '{row.get('name') or row.id}': {name} of {value} at exchange rate {rate} does not fit "
        "the base currency. Check the amount or the currency's exchange rate.",
        code,
    )

"""Changing rows: parse, check version and editability, apply, move to another state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from handsel.database.row import Item, Row
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.assigning import assign_along
from handsel.engine.crud.creating import lookups_in, require_values, resolve, round_money
from handsel.engine.crud.hooks import Entry, check_duplicates, refuse_forbidden, rules
from handsel.engine.crud.owning import ASSIGNED, check_owners
from handsel.engine.crud.permitting import permit_columns, permit_links, permit_rows, permit_verb
from handsel.engine.crud.shares import share_with_former_owners
from handsel.engine.ids import require_same_id
from handsel.engine.lifecycle import UPDATE, Lifecycle, Move, lifecycle_of, move, parent_lifecycle
from handsel.engine.listing import capitalized, one
from handsel.engine.values import columns_given, parse_values
from handsel.engine.work import Work
from handsel.errors import Code, InvalidState, StatusNotValidForState, VersionMismatch
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.relations import status_states

STATE_COLUMNS = frozenset(("statecode", "statuscode"))

Asked = tuple[Item[object], Row, Mapping[str, Any]]
"""A row to change: its item, the row under lock, the values a caller gives."""


def update_rows(work: Work, wanted: Sequence[Asked]) -> None:
    """Change rows of any tables."""
    by_table: dict[str, list[Asked]] = defaultdict(list)
    for entry in wanted:
        by_table[entry[1].table].append(entry)
    for table, entries in by_table.items():
        _update(work, table, entries)


def check_version(row: Row, version: int | None) -> None:
    """Refuse a stale row (0x80060882). None skips the check."""
    if version is not None and row.get("versionnumber") != version:
        yours = f"you have version {version}" if version >= 0 else "what you sent names no version"
        raise VersionMismatch(
            f"{row.table} {row.id} was changed since you read it: {yours}, it is at {row.get('versionnumber')}. Read "
            "it again and repeat your change.",
            table=row.table,
            id=str(row.id),
        )


def _update(work: Work, table: str, entries: Sequence[Asked]) -> None:
    info = work.info(table)
    work.require(Privilege.WRITE, table)
    permit_rows(work, Privilege.WRITE, [(item, row) for item, row, _ in entries])
    refuse_forbidden(work, "update", table, [item for item, _, _ in entries])
    permit_columns(work, Privilege.WRITE, table, [(item, columns_given(info, values)) for item, _, values in entries])
    parsed: list[tuple[Item[object], Row, dict[str, Any]]] = []
    for item, row, values in entries:
        if item.refusal is None:
            with work.refusing(item):
                require_same_id(info, row.id, values)
                parsed.append((item, row, parse_values(info, values, stored=row)))
    _permit_links(work, info, parsed)
    lifecycle = lifecycle_of(table)
    if lifecycle is not None:
        _require_nothing_along(work, info, lifecycle, parsed)
    _apply(work, info, lifecycle, parsed)
    _move(work, info, lifecycle, parsed)


def _permit_links(work: Work, info: TableInfo, entries: Sequence[tuple[Item[object], Row, dict[str, Any]]]) -> None:
    """Refuse new links and owners that the user may not set, and replace the references by ids.

    A lookup or owner that keeps its value may come along: clients send whole rows back.
    """
    named = [
        {name: link for name, link in lookups_in(values).items() if row.get(name) != link.id}
        for _, row, values in entries
    ]
    assigned = [(item, row) for (item, row, _), links in zip(entries, named, strict=True) if "ownerid" in links]
    if any(named):
        further = [Need(Privilege.ASSIGN, info.logical_name)] if assigned else []
        permit_verb(work, Privilege.WRITE, info, named, further=further)
    permit_rows(work, Privilege.ASSIGN, assigned)
    resolve(work, [(item, info, values, lookups_in(values)) for item, _, values in entries])
    if assigned:
        owned = [(item, values) for (item, _, values), links in zip(entries, named, strict=True) if "ownerid" in links]
        check_owners(work, info, owned, ASSIGNED)
    permit_links(work, [(item, row, links) for (item, row, _), links in zip(entries, named, strict=True)])


def _require_nothing_along(
    work: Work, info: TableInfo, lifecycle: Lifecycle, entries: Sequence[tuple[Item[object], Row, dict[str, Any]]]
) -> None:
    """Refuse columns sent along with a change of state that the row's state does not allow (behaviour 3.15).

    Columns that keep their values may come along: clients send whole rows back.
    """
    moving = [
        (item, row, values)
        for item, row, values in entries
        if item.refusal is None
        and values.get("statecode") not in (None, row.get("statecode"))
        and not values.keys() <= STATE_COLUMNS
    ]
    if not moving:
        return
    _load_currencies(work, info, [row for _, row, _ in moving])
    for item, row, values in moving:
        with work.refusing(item):
            lifecycle.transition(row, values["statecode"], UPDATE)
            given = {name: value for name, value in values.items() if name not in STATE_COLUMNS}
            round_money(work, info, given, given.get("transactioncurrencyid", row.get("transactioncurrencyid")))
            changed = [name for name, value in given.items() if row.get(name) != value]
            if changed:
                named = [name for name in changed if info.columns[name].writable] or changed
                lifecycle.require_nothing_along(work, row, values["statecode"], named)
            else:
                for name in given:
                    del values[name]


def _load_currencies(work: Work, info: TableInfo, rows: Sequence[Row]) -> None:
    """Read the currencies of rows: amounts are rounded to the decimals of the row's currency (pricing 1.1)."""
    if info.money_columns and "transactioncurrencyid" in info.columns:
        work.as_system.load("transactioncurrency", [row.get("transactioncurrencyid") for row in rows])


def _apply(
    work: Work,
    info: TableInfo,
    lifecycle: Lifecycle | None,
    entries: Sequence[tuple[Item[object], Row, dict[str, Any]]],
) -> None:
    done: list[Entry] = []
    _load_currencies(work, info, [row for _, row, _ in entries])
    parent_rule = parent_lifecycle(info.logical_name)
    for item, row, values in entries:
        plain = {name: value for name, value in values.items() if name not in STATE_COLUMNS}
        if item.refusal is not None or not plain:
            continue
        with work.refusing(item):
            if lifecycle is not None:
                lifecycle.require_editable(work, row)
            if parent_rule is not None and info.parent is not None:
                parent = work.as_system.row(info.columns[info.parent].targets[0], row.get(info.parent))
                if parent is not None:
                    parent_rule.require_editable(work, parent, line=True)
                _keep_parent(info, row, plain)
            currency_id = plain.get("transactioncurrencyid", row.get("transactioncurrencyid"))
            round_money(work, info, plain, currency_id)
            require_values(info, plain, among=plain)
            work.update(item, row, plain)
            done.append(Entry(item, row, frozenset(plain)))
    for check in rules("update", info.logical_name):
        check(work, [entry for entry in done if entry.item.refusal is None])
    check_duplicates(work, done)
    if "ownerid" in info.columns:
        assign_along(work, done)
        share_with_former_owners(work, done)


def _keep_parent(info: TableInfo, row: Row, values: dict[str, Any]) -> None:
    if info.parent in values and values[info.parent] != row.get(info.parent):
        raise InvalidState(
            f"{capitalized(one(info.label))} cannot move to another document. Delete it there and add it here.",
            Code.INVALID_ARGUMENT,
        )


def _move(
    work: Work,
    info: TableInfo,
    lifecycle: Lifecycle | None,
    entries: Sequence[tuple[Item[object], Row, dict[str, Any]]],
) -> None:
    moves: list[Move] = []
    for item, row, values in entries:
        if item.refusal is not None or not STATE_COLUMNS & values.keys():
            continue
        with work.refusing(item):
            if lifecycle is None:
                _set_plain_state(work, info, item, row, values)
                continue
            entry = _wanted_move(lifecycle, item, row, values)
            if entry is not None:
                moves.append(entry)
            elif values.get("statuscode") is not None:
                rule = lifecycle.state(row.get("statecode"))
                work.update(item, row, {"statuscode": lifecycle.status_for(rule, values["statuscode"])})
    if lifecycle is not None and moves:
        move(work, lifecycle, moves, UPDATE)


def _wanted_move(lifecycle: Lifecycle, item: Item[object], row: Row, values: Mapping[str, Any]) -> Move | None:
    """The move that the given state and status require; None when the row stays in its state."""
    status = values.get("statuscode")
    target = values.get("statecode")
    if target is None:
        if status not in (None, -1):
            owner = lifecycle.state_of_status(status)
            if owner is None or owner.value != row.get("statecode"):
                state = lifecycle.state(row.get("statecode"))
                raise StatusNotValidForState(
                    f"{lifecycle.name(row)} is {state.label.lower()}; status reason {status} belongs to "
                    f"{owner.label.lower() if owner else 'no state'}. Give statecode and statuscode together."
                )
        return None
    if target == row.get("statecode"):
        if status is not None:
            lifecycle.status_for(lifecycle.state(target), status)
        return None
    return Move(item, row, target, status)


def _named(column: ColumnInfo | None, value: int) -> str:
    """The value of an option with its label, for a sentence: `2 Inactive`."""
    label = column.labels.get(value) if column is not None else None
    return str(value) if label is None else f"{value} {label}"


def _set_plain_state(work: Work, info: TableInfo, item: Item[object], row: Row, values: Mapping[str, Any]) -> None:
    """State and status of a table without a lifecycle: any state, and a status that belongs to it."""
    state = values.get("statecode", row.get("statecode"))
    status = values.get("statuscode")
    column = info.columns.get("statuscode")
    by_state = status_states(column) if column is not None else {}
    fitting = [value for value, owner in by_state.items() if owner == state]
    if status in (None, -1):
        status = row.get("statuscode") if row.get("statuscode") in fitting else next(iter(fitting), None)
    elif fitting and status not in fitting:
        raise StatusNotValidForState(
            f"{info.label}: {_named(column, status)} is no status reason of state {_named(info.state_column, state)}. "
            f"It can be {', '.join(_named(column, value) for value in fitting)}."
        )
    work.update(item, row, {"statecode": state, "statuscode": status})

"""Deleting rows: what is deleted along with them, and what prevents it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import Item, Reference, Row
from handsel.database.statements import run
from handsel.engine.access import Privilege, TablelessPrivilege
from handsel.engine.crud.hooks import Entry, cascades, refuse_forbidden, rules
from handsel.engine.lifecycle import lifecycle_of, parent_lifecycle
from handsel.engine.work import Work
from handsel.errors import Code, Refused
from handsel.tables.info import all_tables, table_info


def delete_rows(work: Work, wanted: Sequence[tuple[Item[object], Row]]) -> None:
    """Delete rows with what belongs to them. Refuses read-only documents, and rows that others refer to."""
    for table in dict.fromkeys(row.table for _, row in wanted):
        group = [(item, row) for item, row in wanted if row.table == table]
        work.require(Privilege.DELETE, table, [row for _, row in group])
        refuse_forbidden(work, "delete", table, [item for item, _ in group])
        for item, row in group:
            if item.refusal is None:
                with work.refusing(item):
                    _require_deletable(work, row)
        entries = [Entry(item, row) for item, row in group if item.refusal is None]
        for check in rules("delete", table):
            check(work, [entry for entry in entries if entry.item.refusal is None])
        live = [(entry.item, entry.row) for entry in entries if entry.item.refusal is None]
        doomed = {row.id for _, row in live}
        blocked = _dependents(table, doomed)
        for item, row in live:
            if row.id in blocked:
                work.refuse(item, _association(row, blocked[row.id]))
        remove(work, [(item, row, row.reference) for item, row in live if item.refusal is None])


def remove(work: Work, doomed: Sequence[tuple[Item[object], Row, Reference]]) -> None:
    """Delete rows and what belongs to them, audited under the given root, without checking whether it is allowed."""
    for item, row, root in doomed:
        work.delete(item, row, root=root if table_info(row.table).parent is None else None)
    for table in dict.fromkeys(row.table for _, row, _ in doomed):
        owners = {row.id: (item, root) for item, row, root in doomed if row.table == table}
        for child, column in cascades(table):
            children = work.as_system.children(child, column, list(owners))
            below = [(*_owner(owners, parent), row) for parent, rows in children.items() for row in rows]
            if below:
                remove(work, [(item, row, root) for item, root, row in below])


def _owner(owners: Mapping[UUID, tuple[Item[object], Reference]], parent: UUID) -> tuple[Item[object], Reference]:
    return owners[parent]


def _require_deletable(work: Work, row: Row) -> None:
    lifecycle = lifecycle_of(row.table)
    if lifecycle is not None and row.get("statecode") in lifecycle.deletable_states:
        work.require(TablelessPrivilege.OVERRIDE_DELETE, row.table, [row])  # behaviour 3.10
    elif lifecycle is not None:
        lifecycle.require_editable(work, row, deleting=True)
    parent_rule = parent_lifecycle(row.table)
    info = table_info(row.table)
    if parent_rule is not None and info.parent is not None:
        parent = work.as_system.row(info.columns[info.parent].targets[0], row.get(info.parent))
        if parent is not None:
            parent_rule.require_editable(work, parent, line=True)


_UNCOUNTED = frozenset(("createdby", "createdonbehalfby", "modifiedby", "modifiedonbehalfby"))


def _references(table: str) -> Iterable[tuple[str, str]]:
    """Every lookup column that may refer to rows of `table` and is not deleted along with them."""
    cascaded = set(cascades(table))
    for info in all_tables():
        for column in info.columns.values():
            if table not in column.targets or column.parent_column is not None or column.field is None:
                continue
            if column.kind != "Lookup" or column.type_column or column.split or column.logical_name in _UNCOUNTED:
                continue
            if (info.logical_name, column.logical_name) not in cascaded and column.logical_name != info.primary_key:
                yield info.logical_name, column.logical_name


def _dependents(table: str, ids: set[UUID]) -> dict[UUID, list[tuple[str, int]]]:
    """Rows that refer to the ids, counted by table, in one statement."""
    parts = list(_references(table))
    if not ids or not parts:
        return {}
    dialect = current().dialect
    key = dialect.keys(sorted(ids))
    counted = ((child, f'"{column}"', dialect.any_of(f'"{column}"', dialect.mark)) for child, column in parts)
    sql = " UNION ALL ".join(
        f"SELECT '{child}', {column}, count(*) FROM \"{child}\" WHERE {condition} GROUP BY {column}"
        for child, column, condition in counted
    )
    found: dict[UUID, list[tuple[str, int]]] = {}
    for child, parent, count in run(sql, [key] * len(parts)):
        found.setdefault(parent if isinstance(parent, UUID) else UUID(parent), []).append((child, count))
    return {
        parent: [entry for entry in entries if (entry[0] != table or parent not in ids)] or entries
        for parent, entries in found.items()
    }


def _association(row: Row, dependents: Sequence[tuple[str, int]]) -> Refused:
    counted: dict[str, int] = {}
    for child, count in dependents:
        counted[child] = counted.get(child, 0) + count
    listed = ", ".join(
        f"{count} {table_info(child).label.lower()} row{'s' if count > 1 else ''}" for child, count in counted.items()
    )
    info = table_info(row.table)
    name = row.get(info.primary_name) or row.id
    return Refused(
        f"{info.label} '{name}' cannot be deleted: {listed} still refer to it. Delete or change those first.",
        Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
        table=row.table,
        id=str(row.id),
    )

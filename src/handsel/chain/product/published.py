"""The values of a product when its revision began: read from the audit and restored (RevertProduct)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.chain.product.states import UNDER_REVISION, shown
from handsel.database.row import Item, Reference, Row
from handsel.database.storage import from_json
from handsel.database.tables import AuditEntry
from handsel.engine.values import parse
from handsel.engine.work import Work
from handsel.errors import InvalidState
from handsel.tables.info import TableInfo

Recorded = Mapping[str, Any]
"""One row's entry in the audit: table, id, action, and values or changed columns."""

_STATE = ("statecode", "statuscode")


def changes_since_revision(ids: Iterable[UUID]) -> dict[UUID, list[Recorded]]:
    """All changes to products and what belongs to them since their revision began, oldest first."""
    history = AuditEntry.objects.filter(row_id__in=list(ids), table_name="product")
    found: dict[UUID, list[Recorded]] = {}
    for id, text in history.order_by("version_number", "audit_id").values_list("row_id", "changes"):
        recorded: list[Recorded] = from_json(text)
        if any(_begins_revision(change, id) for change in recorded):
            found[id] = []
        elif id in found:
            found[id] += recorded
    return found


def _begins_revision(change: Recorded, product: UUID) -> bool:
    if change["action"] != "update" or UUID(change["id"]) != product:
        return False
    moved = change["changed"].get("statecode")
    return moved is not None and moved[1] == UNDER_REVISION


def put_back(work: Work, reverted: Sequence[tuple[Item[object], Row]]) -> None:
    """Undo every change of a revision: the product's values, its parts, its properties and their options."""
    history = changes_since_revision([row.id for _, row in reverted])
    wanted: dict[UUID, dict[Reference, dict[str, Any] | None]] = {}
    for item, row in reverted:
        if row.id in history:
            wanted[row.id] = _undone(history[row.id])
        else:
            text = "cannot be reverted: its audit no longer says how it was published. Correct it and publish it."
            work.refuse(item, InvalidState(f"{shown(row)} {text}", table="product", id=str(row.id)))
    present: dict[str, set[UUID]] = defaultdict(set)
    for states in wanted.values():
        for reference in states:
            present[reference.table].add(reference.id)
    for table in sorted(present):
        work.as_system.load(table, present[table])
    for item, row in reverted:
        for reference, values in wanted.get(row.id, {}).items() if item.refusal is None else ():
            _restore(work, item, row, reference, values)


def _undone(recorded: Sequence[Recorded]) -> dict[Reference, dict[str, Any] | None]:
    """The values that each row had at first, computed backwards; None for a row that did not exist."""
    states: dict[Reference, dict[str, Any] | None] = {}
    for change in reversed(recorded):
        reference = Reference(change["table"], UUID(change["id"]))
        if change["action"] == "create":
            states[reference] = None
        elif change["action"] == "delete":
            states[reference] = dict(change["values"])
        else:
            before = states.get(reference) or {}
            states[reference] = before | {column: old for column, (old, _new) in change["changed"].items()}
    return states


def _restore(work: Work, item: Item[object], product: Row, reference: Reference, values: dict[str, Any] | None) -> None:
    info, root = work.info(reference.table), product.reference
    row = work.as_system.row(reference.table, reference.id)
    if values is None:
        if row is not None:
            work.delete(item, row, root=root)
        return
    held = {name: _revived(info, name, value) for name, value in values.items() if name in info.columns}
    if row is None:
        if info.primary_key in held:
            work.insert(item, reference.table, held, root=root)
        return
    work.update(item, row, {name: value for name, value in held.items() if name not in _STATE}, root=root)


def _revived(info: TableInfo, name: str, value: Any) -> Any:
    """A JSON value of the audit as its column holds it."""
    column = info.columns[name]
    if value is None:
        return None
    if column.kind in ("Lookup", "Owner", "Customer", "Uniqueidentifier"):
        return UUID(value)
    return parse(info, column, value)

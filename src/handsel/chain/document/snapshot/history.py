"""What was done to a document, by whom and when, from its audit rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Action, ColumnValue, Reference
from handsel.database.storage import from_json
from handsel.database.tables import AuditEntry
from handsel.engine import access
from handsel.engine.work import Work
from handsel.errors import not_found
from handsel.tables.info import ColumnInfo, TableInfo


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column by its logical name; `old` is None for a created row, `new` for a deleted one."""

    name: str
    old: ColumnValue
    new: ColumnValue


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What a message did to the document's header."""

    action: Action
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True)
class OtherChanges:
    """The number of rows of another table, such as lines, that a message created, changed or deleted."""

    table: str
    action: Action
    count: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One message that changed a document. `user` is the domain name, empty for one who may not be seen."""

    moment: datetime
    user_id: UUID | None
    user: str
    message: str
    changes: tuple[DocumentChange, ...]
    others: tuple[OtherChanges, ...]


def read_history(work: Work, document: Reference) -> tuple[HistoryEntry, ...]:
    """All changes of a document, oldest first. Raises NotFound for a document that the acting user may not see."""
    if document.id not in work.as_user.load(document.table, [document.id]):
        raise not_found(document.table, document.id)
    entries = AuditEntry.objects.using(work.context.alias).filter(row_id=document.id)
    found = list(entries.order_by("version_number", "audit_id"))
    users = work.as_user.load("systemuser", {entry.user_id for entry in found})
    names = {id: str(row["domainname"]) for id, row in users.items()}
    info, hidden = work.info(document.table), access.hidden_columns(work.actor, document.table)
    return tuple(_entry(info, entry, document, names, hidden) for entry in found)


def _entry(
    info: TableInfo, entry: AuditEntry, document: Reference, names: Mapping[UUID, str], hidden: Collection[str]
) -> HistoryEntry:
    changes: list[DocumentChange] = []
    others: Counter[tuple[str, Action]] = Counter()
    for change in from_json(entry.changes):
        if UUID(change["id"]) == document.id and change["table"] == document.table:
            changes.append(DocumentChange(change["action"], tuple(_columns(info, change, hidden))))
        else:
            others[(change["table"], change["action"])] += 1
    return HistoryEntry(
        moment=entry.created_on.astimezone(UTC),
        user_id=entry.user_id,
        user=names.get(entry.user_id, ""),
        message=entry.message,
        changes=tuple(changes),
        others=tuple(OtherChanges(table, action, count) for (table, action), count in others.items()),
    )


def _columns(info: TableInfo, change: Mapping[str, Any], hidden: Collection[str]) -> list[ColumnChange]:
    """The columns of one change in the audit: old and new values of an update, otherwise the values of the row.

    Those that the user may not read are left out: that they changed tells something, too.
    """
    pairs: Mapping[str, Sequence[Any]]
    if change["action"] == "update":
        pairs = change["changed"]
    elif change["action"] == "create":
        pairs = {name: (None, value) for name, value in change["values"].items()}
    else:
        pairs = {name: (value, None) for name, value in change["values"].items()}
    return [
        ColumnChange(name, typed(info.columns.get(name), old), typed(info.columns.get(name), new))
        for name, (old, new) in pairs.items()
        if name not in hidden
    ]


_IDS = ("Lookup", "Owner", "Customer", "Uniqueidentifier")


def typed(column: ColumnInfo | None, value: ColumnValue) -> ColumnValue:
    """A JSON value of the audit as Python holds it; unchanged where the column has another type since."""
    if column is None or not isinstance(value, str):
        return value
    try:
        if column.kind in ("Money", "Decimal"):
            return Decimal(value)
        if column.kind in _IDS:
            return UUID(value)
        if column.kind == "DateTime":
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except (ValueError, ArithmeticError):
        pass
    return value

"""What happened to a document, from its audit rows, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.database.storage import from_json
from handsel.database.tables import AuditEntry
from handsel.site.cli.display import amount, quantity
from handsel.tables.info import TableInfo, table_info

if TYPE_CHECKING:
    from handsel.site.cli.picture import Picture
    from handsel.site.session import Session


@dataclass(frozen=True, slots=True)
class Happening:
    """One message that changed the document."""

    moment: datetime
    user: str
    message: str
    summary: str


_MOST_COLUMNS = 3


def history(session: Session, picture: Picture) -> list[Happening]:
    """Everything that was done to a document, oldest first."""
    document = picture.header.reference
    entries = AuditEntry.objects.using(session.context.alias).filter(row_id=document.id)
    rows = list(entries.order_by("version_number", "audit_id"))
    users = dict(
        session.queryset("systemuser")
        .filter(pk__in={row.user_id for row in rows})
        .values_list("system_user_id", "domain_name")
    )
    return [
        Happening(
            row.created_on.astimezone(UTC),
            users.get(row.user_id, "") if row.user_id else "",
            row.message,
            _summary(from_json(row.changes), document, picture.places),
        )
        for row in rows
    ]


def _summary(changes: Sequence[Mapping[str, Any]], document: Reference, places: int) -> str:
    info = table_info(document.table)
    parts: list[str] = []
    others: Counter[tuple[str, str]] = Counter()
    for change in changes:
        if UUID(change["id"]) == document.id and change["table"] == document.table:
            parts += _own(info, change, places)
        else:
            others[(change["table"], change["action"])] += 1
    for (table, action), count in others.items():
        parts.append(_counted(info, table, action, count))
    return "; ".join(parts)


_VERBS = {"create": "added", "update": "changed", "delete": "removed"}


def _counted(info: TableInfo, table: str, action: str, count: int) -> str:
    what = "line" if table in info.line_tables else table_info(table).label.lower()
    return f"{count} {what}{'s' if count > 1 else ''} {_VERBS[action]}"


def _own(info: TableInfo, change: Mapping[str, Any], places: int) -> list[str]:
    if change["action"] == "create":
        total = change["values"].get("totalamount")
        return ["created" + (f", total {_amount(total, places)}" if total is not None else "")]
    if change["action"] == "delete":
        return ["deleted"]
    changed = dict(change["changed"])
    parts = []
    if "statecode" in changed:
        labels = info.columns["statecode"].labels
        old, new = (labels.get(value, str(value)) for value in changed["statecode"])
        parts.append(f"{old} → {new}")
    if "totalamount" in changed:
        old, new = changed["totalamount"]
        parts.append(f"total {_amount(old, places) or 'none'} → {_amount(new, places)}")
    skipped = ("statecode", "statuscode", *(name for name in changed if name.startswith("total")))
    named = [_told(info, name, changed[name], places) for name in changed if name not in skipped]
    if len(named) > _MOST_COLUMNS:
        named = [*named[:_MOST_COLUMNS], f"{len(named) - _MOST_COLUMNS} more"]
    return parts + named


def _told(info: TableInfo, name: str, change: Sequence[Any], places: int) -> str:
    column = info.columns.get(name)
    label = column.label if column is not None and column.label else name
    new = change[1]
    if new is None:
        return f"{label} emptied"
    if column is not None and column.kind in ("Lookup", "Owner", "Customer", "Uniqueidentifier"):
        return f"{label} set"
    if column is not None and column.labels:
        return f"{label}: {column.labels.get(int(new), new)}"
    text = str(new)
    if column is not None and column.kind == "Money":
        text = _amount(new, places)
    elif column is not None and column.kind == "Decimal":
        text = quantity(Decimal(str(new)))
    return f"{label}: {text if len(text) <= 30 else text[:29] + '…'}"


def _amount(value: Any, places: int) -> str:
    """An amount as the audit keeps it: text, or nothing."""
    return "" if value is None else amount(Decimal(str(value)), places)

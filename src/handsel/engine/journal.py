"""Audit and outbox: what each message did to each root document, in the same transaction (architecture 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handsel.database.context import current
from handsel.database.row import Change, Reference
from handsel.database.storage import CUSTOM, to_json
from handsel.engine.work import Work
from handsel.tables.info import table_info
from handsel.tables.keys import new_keys

_AUDIT = {
    "hs_auditid": "uuid",
    "createdon": "timestamptz",
    "userid": "uuid",
    "callinguserid": "uuid",
    "message": "text",
    "action": "text",
    "objecttypecode": "text",
    "objectid": "uuid",
    "versionnumber": "bigint",
    "changes": "text",
}
_OUTBOX = {
    "hs_outboxid": "uuid",
    "transactionid": "bigint",
    "createdon": "timestamptz",
    "userid": "uuid",
    "message": "text",
    "action": "text",
    "objecttypecode": "text",
    "objectid": "uuid",
    "versionnumber": "bigint",
    "payload": "text",
}
# Filled by persist on every row; in an audit entry they would carry no information.
_STAMPS = frozenset(
    (
        "createdon",
        "createdby",
        "createdonbehalfby",
        "modifiedon",
        "modifiedby",
        "modifiedonbehalfby",
        "versionnumber",
        CUSTOM,
    )
)


def write_journal(work: Work, message_name: str) -> None:
    """One audit row and one outbox row per item and root document of the round."""
    groups: dict[tuple[int, Reference], list[Change]] = {}
    for change in work.changes:
        if change.action != "update" or change.before:
            groups.setdefault((change.item.index, change.root), []).append(change)
    if not groups:
        return
    keys = new_keys(2 * len(groups))
    audit, outbox = [], []
    for index, ((_item, root), changes) in enumerate(groups.items()):
        action = _root_action(root, changes)
        shared = {
            "createdon": work.now,
            "userid": work.actor.user_id,
            "message": message_name,
            "action": action,
            "objecttypecode": root.table,
            "objectid": root.id,
            "versionnumber": work.organization.version,
        }
        recorded = to_json([_recorded(change) for change in changes])
        audit.append(
            {**shared, "hs_auditid": keys[2 * index], "callinguserid": work.actor.caller_id, "changes": recorded}
        )
        payload = to_json(_announced(work, root))
        outbox.append(
            {
                **shared,
                "hs_outboxid": keys[2 * index + 1],
                "transactionid": work.organization.transaction_id,
                "payload": payload,
            }
        )
    dialect = current().dialect
    dialect.insert("hs_audit", _AUDIT, audit)
    dialect.insert("hs_outbox", _OUTBOX, outbox)


def write_entry(work: Work, message_name: str, action: str, about: Reference, values: Mapping[str, object]) -> None:
    """An audit row about something other than a business row: a custom column."""
    recorded = to_json([{"table": about.table, "id": about.id, "action": action, "values": values}])
    _insert_entry(work, message_name, action, about, recorded)


def _insert_entry(work: Work, message_name: str, action: str, about: Reference, recorded: str) -> None:
    entry = {
        "hs_auditid": new_keys(1)[0],
        "createdon": work.now,
        "userid": work.actor.user_id,
        "callinguserid": work.actor.caller_id,
        "message": message_name,
        "action": action,
        "objecttypecode": about.table,
        "objectid": about.id,
        "versionnumber": work.organization.version,
        "changes": recorded,
    }
    current().dialect.insert("hs_audit", _AUDIT, [entry])


def write_erasure(work: Work, message_name: str, about: Reference) -> None:
    """The entry that stands in place of those about a row that were deleted: by whom, and when."""
    _insert_entry(work, message_name, "erase", about, "[]")


def _root_action(root: Reference, changes: Sequence[Change]) -> str:
    """What happened to the document as a whole: its own action, or an update when only its lines changed."""
    return next((change.action for change in changes if change.row.reference == root), "update")


def _recorded(change: Change) -> dict[str, Any]:
    """A change for the audit: create keeps the values, update old and new, delete the whole row."""
    row = change.row
    entry: dict[str, Any] = {"table": row.table, "id": row.id, "action": change.action}
    if change.action == "update":
        skipped = _unrecorded(row.table)
        entry["changed"] = {
            column: [old, row.get(column)] for column, old in change.before.items() if column not in skipped
        }
    elif change.action == "create":
        skipped = _unrecorded(row.table)
        entry["values"] = {
            column: value for column, value in row.items() if value is not None and column not in skipped
        }
    else:
        entry["values"] = {column: value for column, value in row.items() if value is not None and column != CUSTOM}
    return entry


_unrecorded_columns: dict[str, frozenset[str]] = {}


def _unrecorded(table: str) -> frozenset[str]:
    """Columns left out of create and update entries: stamps, and base amounts, which follow from amount and rate."""
    found = _unrecorded_columns.get(table)
    if found is None:
        base_amounts = {column.logical_name for column in table_info(table).columns.values() if column.base_of}
        found = _unrecorded_columns[table] = _STAMPS | base_amounts
    return found


def _announced(work: Work, root: Reference) -> dict[str, Any]:
    """What an event holds besides its envelope: enough for a reader to decide whether to read the document."""
    row = work.as_system.row(root.table, root.id)
    if row is None:
        return {}
    info = table_info(root.table)
    names = (info.primary_name, "statecode", "statuscode", *info.announced)
    return {name: row[name] for name in names if row.get(name) is not None}

"""`audit`: what was done to which row, by whom and when; the engine records it, clients read it (security 10)."""

from __future__ import annotations

from handsel.chain.audit.options import AuditAction, AuditOperation, action_sql
from handsel.tables.columns import AnyLookup, Choice, DateTime, Guid, Key, Lookup, Memo, Text
from handsel.tables.facts import EveryTable, Writable
from handsel.tables.table import AsId, Ownership, Table, TableFacts


class Audit(Table):
    """What one message did to one row and its lines. `createdon` is when, `hs_message` the message's name."""

    table = TableFacts(
        "Audit",
        "audits",
        "Audit",
        "auditid",
        ownership=Ownership.NONE,
        object_type_code=4567,
        plural_label="Audits",
        shows="hs_audit",
        computed={
            "auditid": "hs_auditid",
            "action": action_sql(),
            "operation": "CASE action WHEN 'create' THEN 1 WHEN 'update' THEN 2 ELSE 3 END",
            "transactionid": AsId("versionnumber"),
            "hs_message": "message",
        },
    )

    audit_id = Key("Record Id", writable=Writable.NEVER)
    action = Choice(AuditAction, "Event", writable=Writable.NEVER)
    operation = Choice(AuditOperation, "Operation", writable=Writable.NEVER)
    object = AnyLookup(EveryTable(), "Record", type_column="objecttypecode", writable=Writable.NEVER)
    object_type_code = Text(64, "Entity", kind="EntityName", writable=Writable.NEVER)
    user = Lookup("systemuser", "Changed By", collection="lk_audit_userid", writable=Writable.NEVER, enforced=False)
    calling_user = Lookup(
        "systemuser", "Calling User", collection="lk_audit_callinguserid", writable=Writable.NEVER, enforced=False
    )
    created_on = DateTime("Changed Date", writable=Writable.NEVER)
    transaction_id = Guid("Transaction Id", writable=Writable.NEVER)
    user_additional_info = Text(350, "User Info", writable=Writable.NEVER)
    attribute_mask = Memo(10000, "Changed Field", writable=Writable.NEVER)
    change_data = Memo(100000, "Change Data", writable=Writable.NEVER)
    hs_message = Text(100, "Message", schema="hs_Message", writable=Writable.NEVER)

    class Meta:
        db_table = "audit"
        managed = False

"""Who may read the audit. Nobody writes it: it is what the engine records (security 10)."""

from __future__ import annotations

from handsel.engine.forbidding import forbid
from handsel.engine.rights.privileges import cover_told

cover_told("AuditSummary", "audit", "objectid")
forbid(
    "audit",
    "The audit is written by the system along with each change; no entry of it is made, changed or deleted by itself. "
    "DeleteRecordChangeHistory deletes all that is recorded of a row.",
    "create",
    "update",
    "delete",
)

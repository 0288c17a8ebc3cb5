"""What holds for activities: they go with what they are about, and the list of all of them is only read."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.database.row import Reference
from handsel.engine.crud.hooks import Draft, fill
from handsel.engine.forbidding import forbid
from handsel.engine.rights.privileges import cover, cover_through
from handsel.engine.work import Work
from handsel.tables.cascades import PARENTAL, PART
from handsel.tables.info import all_tables, table_info
from handsel.tables.referring import cascade

POINTER = "activitypointer"
_TABLES = table_info(POINTER).united

forbid(
    POINTER,
    f"Activities are written in their own tables: {', '.join(_TABLES)}. activitytypecode says which one it is.",
    "create",
    "update",
    "delete",
)
for _info in all_tables():
    if _info.is_activity:
        for _target in _info.columns["regardingobjectid"].targets:
            cascade(_target, _info.logical_name, "regardingobjectid", PARENTAL)
for _table in _TABLES:
    cascade(_table, "activityparty", "activityid", PART)


@fill("activityparty")
def name_activities(work: Work, drafts: Sequence[Draft]) -> None:
    """A participant of an activity that was named in the list of all of them belongs to the row of its own table."""
    named = {
        draft.values["activityid"].id: draft
        for draft in drafts
        if isinstance(draft.values.get("activityid"), Reference) and draft.values["activityid"].table == POINTER
    }
    rows = work.as_user.load(POINTER, named)
    for draft in drafts:
        given = draft.values.get("activityid")
        if isinstance(given, Reference) and given.table == POINTER and given.id in rows:
            draft.values["activityid"] = Reference(rows[given.id]["activitytypecode"], given.id)


cover("Activity", *(info.logical_name for info in all_tables() if info.is_activity))
cover_through("activityparty", "activityid")

"""The columns that all activities share, and those of the close rows of opportunity, quote and order."""

from __future__ import annotations

from handsel.chain.system.options import ActivityPriority, ActivityState, ActivityStatus
from handsel.tables.columns import (
    Boolean,
    Choice,
    DateTime,
    ExchangeRate,
    Integer,
    Key,
    Lookup,
    Memo,
    State,
    Status,
    Text,
)
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Table


class Activity(Owned, Audited, Imported, Table):
    """Something that was done, or is to be done."""

    activity_id = Key("Activity Id")
    subject = Text(200, "Subject")

    transaction_currency = Lookup("transactioncurrency", "Currency", enforced=False)

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    activity_additional_params = Text(8192, "Activity Additional Params")
    actual_duration_minutes = Integer("Actual Duration Minutes")
    actual_end = DateTime("Actual End")
    actual_start = DateTime("Actual Start")
    category = Text(250, "Category")
    description = Memo(2000, "Description")
    is_billed = Boolean("Is Billed")
    is_regular_activity = Boolean("Is Regular Activity", writable=Writable.NEVER)
    is_workflow_created = Boolean("Is Workflow Created")
    left_voice_mail = Boolean("Left Voice Mail")
    priority_code = Choice(ActivityPriority, "Priority Code")
    scheduled_end = DateTime("Scheduled End")
    scheduled_start = DateTime("Scheduled Start")
    sort_date = DateTime("Sort Date")
    subcategory = Text(250, "Subcategory")

    class Meta:
        abstract = True


class CloseActivity(Activity):
    """The activity that records how a document was closed."""

    state_code = State(
        ActivityState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActivityState.COMPLETED
    )
    status_code = Status(ActivityStatus, "Status Reason", default=ActivityStatus.COMPLETED)
    scheduled_duration_minutes = Integer("Scheduled Duration Minutes", writable=Writable.NEVER)

    class Meta:
        abstract = True

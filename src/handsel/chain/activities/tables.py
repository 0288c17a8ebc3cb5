"""Tasks, phone calls, appointments, their participants, and `activitypointer`, which shows all activities."""

from __future__ import annotations

from handsel.chain.activities.options import (
    AppointmentStatus,
    Participation,
    PhoneCallStatus,
    PlannedState,
    PointerStatus,
    TaskStatus,
)
from handsel.chain.document.activities import Activity
from handsel.chain.system.options import ActivityPriority, ActivityState
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    DateTime,
    Double,
    Guid,
    Integer,
    Key,
    State,
    Status,
    Text,
)
from handsel.tables.facts import OpenTargets, Required, Writable
from handsel.tables.table import Ownership, Table, TableFacts, split_check


def regarding(collection: str) -> AnyLookup:
    """The lookup to what an activity is about: a row of any table that takes activities."""
    return AnyLookup(
        OpenTargets("takes_activities", f"{{schema}}_{collection}"),
        "Regarding",
        schema="RegardingObjectId",
        type_column="hs_regardingobjecttype",
        index=True,
    )


class PlannedActivity(Activity):
    """An activity that people plan and do."""

    priority_code = Choice(ActivityPriority, "Priority", default=ActivityPriority.NORMAL)
    scheduled_duration_minutes = Integer("Scheduled Duration", minimum=0, maximum=2147483647)

    class Meta:
        abstract = True


class Task(PlannedActivity):
    """Something to be done."""

    table = TableFacts(
        "Task",
        "tasks",
        "Task",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4212,
        plural_label="Tasks",
        is_activity=True,
        takes_notes=True,
    )

    state_code = State(
        ActivityState, "Activity Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActivityState.OPEN
    )
    status_code = Status(TaskStatus, "Status Reason", default=TaskStatus.NOT_STARTED)
    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="task")
    regarding_object = regarding("Tasks")
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    crm_task_assigned_unique_id = Guid("CRM Task Assigned Unique Id")
    percent_complete = Integer("Percent Complete", minimum=0, maximum=100)

    class Meta:
        db_table = "task"
        constraints = [
            split_check("task", "owner", "owning_user", "owning_team"),
        ]


class PhoneCall(PlannedActivity):
    """A call, to be made or received."""

    table = TableFacts(
        "PhoneCall",
        "phonecalls",
        "Phone Call",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4210,
        plural_label="Phone Calls",
        is_activity=True,
        takes_notes=True,
    )

    state_code = State(
        ActivityState, "Activity Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActivityState.OPEN
    )
    status_code = Status(PhoneCallStatus, "Status Reason", default=PhoneCallStatus.OPEN)
    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="phonecall")
    regarding_object = regarding("Phonecalls")
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    direction_code = Boolean("Direction", labels=("Incoming", "Outgoing"), default=True)
    phone_number = Text(200, "Phone Number", format="Phone")
    subscription_id = Guid("Subscription", writable=Writable.CREATE)

    class Meta:
        db_table = "phonecall"
        constraints = [
            split_check("phonecall", "owner", "owning_user", "owning_team"),
        ]


class Appointment(PlannedActivity):
    """A meeting at a time."""

    table = TableFacts(
        "Appointment",
        "appointments",
        "Appointment",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4201,
        plural_label="Appointments",
        is_activity=True,
        takes_notes=True,
    )

    state_code = State(
        PlannedState, "Activity Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=PlannedState.OPEN
    )
    status_code = Status(AppointmentStatus, "Status Reason", default=AppointmentStatus.FREE)
    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="appointment")
    regarding_object = regarding("Appointments")
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    global_object_id = Text(300, "Outlook Appointment")
    is_all_day_event = Boolean("All Day Event", default=False)
    is_online_meeting = Boolean("Teams Meeting", default=False)
    location = Text(200, "Location")
    original_start_date = DateTime("Original Start Date", writable=Writable.NEVER)
    outlook_owner_appt_id = Integer("Outlook Appointment Owner")
    subscription_id = Guid("Subscription", writable=Writable.CREATE)

    class Meta:
        db_table = "appointment"
        constraints = [
            split_check("appointment", "owner", "owning_user", "owning_team"),
        ]


class ActivityPointer(Activity):
    """All activities in one list. Its rows are those of the tables of activities, so it is only read."""

    table = TableFacts(
        "ActivityPointer",
        "activitypointers",
        "Activity",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4200,
        plural_label="Activities",
        is_activity=True,
        unites="is_activity",
        computed={"statuscode": "statecode + 1", "hs_custom": "NULL"},
    )

    state_code = State(
        PlannedState, "Activity Status", required=Required.SYSTEM, writable=Writable.NEVER, default=PlannedState.OPEN
    )
    status_code = Status(PointerStatus, "Status Reason", writable=Writable.NEVER, default=PointerStatus.OPEN)
    scheduled_duration_minutes = Integer("Scheduled Duration", writable=Writable.NEVER)
    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER)
    regarding_object = regarding("ActivityPointers")
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "activitypointer"
        managed = False


class ActivityParty(Table):
    """Somebody who takes part in an activity: caller, called, attendee."""

    table = TableFacts(
        "ActivityParty",
        "activityparties",
        "Activity Party",
        "partyidname",
        ownership=Ownership.NONE,
        object_type_code=135,
        plural_label="Activity Parties",
        collections={
            "partyid_account": "account_activity_parties",
            "partyid_contact": "contact_activity_parties",
            "partyid_lead": "lead_activity_parties",
            "partyid_systemuser": "system_user_activity_parties",
        },
    )

    activity_party_id = Key("Activity Party")

    activity = AnyLookup(
        OpenTargets("is_activity", "{table}_activity_parties"),
        "Activity",
        type_column="hs_activitytype",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    party = AnyLookup(
        {
            "account": "partyid_account",
            "contact": "partyid_contact",
            "lead": "partyid_lead",
            "systemuser": "partyid_systemuser",
        },
        "Party",
        type_column="hs_partytype",
        index=True,
    )

    address_used = Text(320, "Address", format="Email")
    address_used_email_column_number = Integer("Email column number of party", writable=Writable.NEVER)
    do_not_email = Boolean("Do not allow Emails", writable=Writable.NEVER)
    do_not_fax = Boolean("Do not allow Faxes", writable=Writable.NEVER)
    do_not_phone = Boolean("Do not allow Phone Calls", writable=Writable.NEVER)
    do_not_postal_mail = Boolean("Do not allow Postal Mails", writable=Writable.NEVER)
    effort = Double("Effort", minimum=0, maximum=10**9, precision=2)
    exchange_entry_id = Text(1024, "Exchange Entry")
    is_party_deleted = Boolean("Is Party Deleted", writable=Writable.NEVER, default=False)
    participation_type_mask = Choice(Participation, "Participation Type")
    scheduled_end = DateTime("Scheduled End", writable=Writable.NEVER)
    scheduled_start = DateTime("Scheduled Start", writable=Writable.NEVER)

    hs_activity_type = Text(64, "Activity Table", schema="hs_ActivityType")
    hs_party_type = Text(64, "Party Table", schema="hs_PartyType")

    class Meta:
        db_table = "activityparty"

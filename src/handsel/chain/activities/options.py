"""Option sets of activities."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class TaskStatus(OptionSet):
    """`statuscode` of tasks."""

    NOT_STARTED = 2, "Not Started", 0
    IN_PROGRESS = 3, "In Progress", 0
    WAITING = 4, "Waiting on someone else", 0
    DEFERRED = 7, "Deferred", 0
    COMPLETED = 5, "Completed", 1
    CANCELED = 6, "Canceled", 2


class PhoneCallStatus(OptionSet):
    """`statuscode` of phone calls."""

    OPEN = 1, "Open", 0
    MADE = 2, "Made", 1
    RECEIVED = 4, "Received", 1
    CANCELED = 3, "Canceled", 2


class PlannedState(OptionSet):
    """`statecode` of appointments, and of activities in general."""

    OPEN = 0, "Open"
    COMPLETED = 1, "Completed"
    CANCELED = 2, "Canceled"
    SCHEDULED = 3, "Scheduled"


class AppointmentStatus(OptionSet):
    """`statuscode` of appointments."""

    FREE = 1, "Free", 0
    TENTATIVE = 2, "Tentative", 0
    COMPLETED = 3, "Completed", 1
    CANCELED = 4, "Canceled", 2
    BUSY = 5, "Busy", 3
    OUT_OF_OFFICE = 6, "Out of Office", 3


class PointerStatus(OptionSet):
    """`statuscode` of activities in general: each state has one."""

    OPEN = 1, "Open", 0
    COMPLETED = 2, "Completed", 1
    CANCELED = 3, "Canceled", 2
    SCHEDULED = 4, "Scheduled", 3


class Participation(OptionSet):
    """How somebody takes part in an activity."""

    SENDER = 1, "Sender"
    TO_RECIPIENT = 2, "To Recipient"
    CC_RECIPIENT = 3, "CC Recipient"
    BCC_RECIPIENT = 4, "BCC Recipient"
    REQUIRED_ATTENDEE = 5, "Required attendee"
    OPTIONAL_ATTENDEE = 6, "Optional attendee"
    ORGANIZER = 7, "Organizer"
    REGARDING = 8, "Regarding"
    OWNER = 9, "Owner"
    RESOURCE = 10, "Resource"
    CUSTOMER = 11, "Customer"

"""Option sets of the tables that clients look into while connecting."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class JobType(OptionSet):
    """What a background job does."""

    SYSTEM_EVENT = 1, "System Event"
    BULK_EMAIL = 2, "Bulk E-mail"
    IMPORT = 5, "Import"
    WORKFLOW = 10, "Workflow"
    BULK_DELETE = 13, "Bulk Delete"
    PUBLISH_DUPLICATE_RULE = 7, "Publish Duplicate Rule"


class JobState(OptionSet):
    """`statecode` of background jobs."""

    READY = 0, "Ready"
    SUSPENDED = 1, "Suspended"
    LOCKED = 2, "Locked"
    COMPLETED = 3, "Completed"


class JobStatus(OptionSet):
    """`statuscode` of background jobs."""

    WAITING_FOR_RESOURCES = 0, "Waiting For Resources", 0
    WAITING = 10, "Waiting", 1
    IN_PROGRESS = 20, "In Progress", 2
    PAUSING = 21, "Pausing", 2
    CANCELING = 22, "Canceling", 2
    SUCCEEDED = 30, "Succeeded", 3
    FAILED = 31, "Failed", 3
    CANCELED = 32, "Canceled", 3


class RoleInheritance(OptionSet):
    """Values of `isinherited`: what a team's role gives the members of the team at Basic depth."""

    TEAM_ONLY = 0, "Team privileges only"
    DIRECT_AND_TEAM = 1, "Direct User (Basic) access level and Team privileges"

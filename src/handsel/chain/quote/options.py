"""Option sets of quotes."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class QuoteState(OptionSet):
    """`statecode` of `quote`."""

    DRAFT = 0, "Draft"
    ACTIVE = 1, "Active"
    WON = 2, "Won"
    CLOSED = 3, "Closed"


class QuoteStatus(OptionSet):
    """`statuscode` of `quote`."""

    IN_PROGRESS = 1, "In Progress", 0
    ACTIVE_IN_PROGRESS = 2, "In Progress", 1
    OPEN = 3, "Open", 1
    WON = 4, "Won", 2
    LOST = 5, "Lost", 3
    CANCELED = 6, "Canceled", 3
    REVISED = 7, "Revised", 3


class QuoteCreationMethod(OptionSet):
    """Values of `quotecreationmethod`."""

    UNKNOWN = 776160000, "Unknown"
    REVISION = 776160001, "Revision"

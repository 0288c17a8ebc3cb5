"""Option sets of opportunities."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class OpportunityState(OptionSet):
    """`statecode` of `opportunity`."""

    OPEN = 0, "Open"
    WON = 1, "Won"
    LOST = 2, "Lost"


class OpportunityStatus(OptionSet):
    """`statuscode` of `opportunity`."""

    IN_PROGRESS = 1, "In Progress", 0
    ON_HOLD = 2, "On Hold", 0
    WON = 3, "Won", 1
    CANCELED = 4, "Canceled", 2
    OUT_SOLD = 5, "Out-Sold", 2


class SalesStage(OptionSet):
    """Values of `salesstage`."""

    QUALIFY = 0, "Qualify"
    DEVELOP = 1, "Develop"
    PROPOSE = 2, "Propose"
    CLOSE = 3, "Close"


class Timeline(OptionSet):
    """Values of `timeline`."""

    IMMEDIATE = 0, "Immediate"
    THIS_QUARTER = 1, "This Quarter"
    NEXT_QUARTER = 2, "Next Quarter"
    THIS_YEAR = 3, "This Year"
    NOT_KNOWN = 4, "Not known"


class ForecastCategory(OptionSet):
    """How far a deal counts in the forecast."""

    PIPELINE = 100000001, "Pipeline"
    BEST_CASE = 100000002, "Best case"
    COMMITTED = 100000003, "Committed"
    OMITTED = 100000004, "Omitted"
    WON = 100000005, "Won"
    LOST = 100000006, "Lost"

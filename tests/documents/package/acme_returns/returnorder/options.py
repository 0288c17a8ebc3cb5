"""Option sets of return orders."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class ReturnOrderState(OptionSet):
    """`statecode` of `returnorder`."""

    OPEN = 0, "Open"
    RECEIVED = 1, "Received"
    CANCELED = 2, "Canceled"


class ReturnOrderStatus(OptionSet):
    """`statuscode` of `returnorder`: each with the state it belongs to."""

    NEW = 1, "New", 0
    ON_ITS_WAY = 2, "On Its Way", 0
    COMPLETE = 3, "Complete", 1
    DAMAGED = 4, "Damaged", 1
    CANCELED = 5, "Canceled", 2

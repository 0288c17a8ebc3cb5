"""Option sets of orders."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class OrderState(OptionSet):
    """`statecode` of `salesorder`."""

    ACTIVE = 0, "Active"
    SUBMITTED = 1, "Submitted"
    CANCELED = 2, "Canceled"
    FULFILLED = 3, "Fulfilled"
    INVOICED = 4, "Invoiced"


class OrderStatus(OptionSet):
    """`statuscode` of `salesorder`."""

    NEW = 1, "New", 0
    PENDING = 2, "Pending", 0
    ON_HOLD = 690970000, "On Hold", 0  # in no published schema, but in real environments (behaviour 2.3)
    IN_PROGRESS = 3, "In Progress", 1
    NO_MONEY = 4, "No Money", 2
    COMPLETE = 100001, "Complete", 3
    PARTIAL = 100002, "Partial", 3
    INVOICED = 100003, "Invoiced", 4


class OrderCreationMethod(OptionSet):
    """Values of `ordercreationmethod`."""

    UNKNOWN = 776160000, "Unknown"
    WIN_QUOTE = 776160001, "Win Quote"

"""Option sets of invoices."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class InvoiceState(OptionSet):
    """`statecode` of `invoice`."""

    ACTIVE = 0, "Active"
    CLOSED = 1, "Closed (deprecated)"
    PAID = 2, "Paid"
    CANCELED = 3, "Canceled"


class InvoiceStatus(OptionSet):
    """`statuscode` of `invoice`."""

    NEW = 1, "New", 0
    PARTIALLY_SHIPPED = 2, "Partially Shipped", 0
    CLOSED_CANCELED = 3, "Canceled (deprecated)", 1
    BILLED = 4, "Billed", 0
    BOOKED = 5, "Booked (applies to services)", 0
    INSTALLED = 6, "Installed (applies to services)", 0
    CLOSED_PAID_IN_FULL = 7, "Paid in Full (deprecated)", 1
    COMPLETE = 100001, "Complete", 2
    PARTIAL = 100002, "Partial", 2
    CANCELED = 100003, "Canceled", 3

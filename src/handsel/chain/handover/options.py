"""Option sets of the hand-over."""

from __future__ import annotations

from enum import IntEnum

from handsel.tables.options import OptionSet


class DeliveryState(OptionSet):
    """How far a delivery has come: `hs_state` of `hs_delivery`."""

    DUE = 0, "Due"
    DELIVERED = 1, "Delivered"
    REJECTED = 2, "Rejected"
    DEAD = 3, "Dead"
    DROPPED = 4, "Dropped"


class SubmitStatus(IntEnum):
    """What an order's `submitstatus` says of its hand-over (erp 9)."""

    QUEUED = 0
    ACCEPTED = 1
    REJECTED = 2
    INVOICED = 3

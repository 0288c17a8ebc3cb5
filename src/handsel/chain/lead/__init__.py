"""A lead: interest that is not yet a deal."""

UPSTREAM = ("pricelist",)

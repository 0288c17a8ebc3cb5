"""A sales order: what the customer accepted, grown from a quote or an opportunity."""

UPSTREAM = ("quote",)

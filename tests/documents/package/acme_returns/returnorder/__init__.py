"""A return order: what a customer sends back of an order."""

UPSTREAM = ("salesorder",)

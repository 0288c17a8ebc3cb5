"""An invoice: what the customer owes, grown from an order or an opportunity."""

UPSTREAM = ("salesorder",)

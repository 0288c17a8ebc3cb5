"""Prices: price lists, their items, and discount lists."""

UPSTREAM = ("product",)

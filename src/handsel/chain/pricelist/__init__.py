"""What it costs: price lists, their items, and discount lists."""

UPSTREAM = ("product",)

"""The hand-over of orders to other systems: connectors, what is coupled with their rows, what is delivered to them."""

UPSTREAM = ("salesorder", "invoice")

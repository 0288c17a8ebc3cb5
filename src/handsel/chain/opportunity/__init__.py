"""An opportunity: a deal that may be won or lost."""

UPSTREAM = ("lead",)

"""A quote: an offer in numbered revisions, grown from an opportunity or made by hand."""

UPSTREAM = ("opportunity",)

"""Who is sold to: accounts, contacts and their addresses."""

UPSTREAM = ("document",)

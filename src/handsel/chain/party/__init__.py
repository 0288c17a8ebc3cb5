"""Customers and users: accounts, contacts and their addresses."""

UPSTREAM = ("document",)

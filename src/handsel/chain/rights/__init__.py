"""Roles and what they grant, shares of rows, and which columns are secured."""

UPSTREAM = ("party",)

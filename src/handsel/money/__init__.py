"""Exact money: rounding, the range of an amount, currencies and their exchange. No database, no framework."""

"""Bringing a database's schema forward, all or nothing (decision 0010)."""

"""Migrations that a Handsel of the future might add."""

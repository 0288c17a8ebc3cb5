"""Dynamics 365 Sales' pricing arithmetic as one pure function; in prose in docs/algorithms/pricing.md.

A store fetches rows, finds each line's price list item with ``resolve_item``, each unit with ``unit_ratio`` and each
line's kind with ``line_kind``, calls ``price_document`` and writes back the result. Everything
below ``price_document`` relies on the exact arithmetic it switches on.
"""

"""Reading: a frozen query tree, the texts it is parsed from, and its compiler to the database (design 2).

    filter_text ─┐                        ┌─ compile ── expressions, operands, paths
    order_text  ─┴─ tree ── printing      select ── what callers use: rows, keys, count
"""

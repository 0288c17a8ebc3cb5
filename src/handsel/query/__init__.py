"""Reading: a frozen query tree, the texts it is parsed from, and its compiler to the database (design 2).

tokens → parser ─┬─ filter_text ─┐
                 └─ order_text  ─┴─ tree ── printing
tree → compile ── paths, families, literals, operands, expressions, functions
select: what callers use: rows, keys, count
"""

"""Reading: a frozen question, the languages it is asked in, and its compiler to the database (design 2).

$filter  $orderby  $select  $expand  $apply      options ── filter_, function_, order_, expand_, apply_text
FetchXML                                         fetchxml ── fetch_conditions, fetch_links, fetch_elements
?sql=                                            sql_text ── sql_conditions, sql_tokens
    │
request ── tree, limits, operators, patterns, printing
    │
run ── linking, grouping, expanding, picking, keyset, cookies
select: rows, keys and count of one table, for callers in Python
    │
compile ── paths, comparing, special (periods, fiscal, hierarchy), statement, joining
families, literals, operands, expressions, functions: one type of SQL for each kind of column
asker: who asks, when; the access door and the database
"""

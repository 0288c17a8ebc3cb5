"""Reading: a frozen question, the languages it is asked in, and its compiler to the database (architecture 2).

odata/     $filter $orderby $select $expand $apply ─┐
fetchxml/  FetchXML                                 ├─→ tree/  request, nodes, operators, limits, printing
sql/       ?sql=                                   ─┘     │
                                                        run/  pages, expanding, keyset, cookies; select (for Python)
                                                          │
                                                    compile/  conditions, paths, comparing, joining, grouping
                                                              query_context: who asks, when, by which access door

formatting/  the values of rows as people read them, in a locale
"""

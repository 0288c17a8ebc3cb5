"""Reading: a frozen query tree, the languages that are parsed to it, and its compiler to SQL (architecture 2).

odata/     $filter $orderby $select $expand $apply ─┐
fetchxml/  FetchXML                                 ├─→ tree/  request, nodes, operators, limits, printing
sql/       ?sql=                                   ─┘     │
                                                        run/  pages, expanding, keyset, cookies; select (for Python)
                                                          │
                                                    compile/  conditions, paths, comparing, joining, grouping
                                                              query_context: the user, the moment, readable rows

formatting/  the values of rows as people read them, in a locale
"""

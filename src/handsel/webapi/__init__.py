"""The Dataverse Web API over any table: paths, rows, queries, actions and batches as the clients of Dynamics send them.

application ── from WSGI to a Call and back: headers, token, limits, errors
    └── routes ── what a path means ─┬─ connect     service document, WhoAmI, RetrieveVersion …
                                     ├─ reading     rows and collections; query_options, paging, entities, formatted
                                     ├─ writing     create, change, upsert, delete; incoming, conditions, references
                                     ├─ operations  every message as action or function; multiple, bulk_delete
                                     └─ batch       several calls in one, with change sets

No module here names a document: everything follows from the declared tables and messages.
"""

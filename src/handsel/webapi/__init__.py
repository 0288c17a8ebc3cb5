"""The Dataverse Web API over any table: paths, rows, queries, actions and batches as the clients of Dynamics send them.

application ── from WSGI to a Call and back: headers, token, limits, errors
    └── routes ── what a path means ─┬─ rows/        reading, writing, queries, change tracking, JSON of rows
                                     ├─ operations/  every message as action or function; service document, WhoAmI …
                                     ├─ metadata/    $metadata and the definitions
                                     └─ batch        several calls in one, with change sets
protocol/ ── what a call is made of: segments, options, preferences, JSON, responses, errors

No module here names a document: everything follows from the declared tables and messages.
"""

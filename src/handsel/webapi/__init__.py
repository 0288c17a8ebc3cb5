"""The Dataverse Web API over any table: paths, rows, queries, actions and batches as the clients of Dynamics send them.

surface ── what the HTTP shell (`handsel.http`) is given: a Call for each request below /api/data, refusals in JSON
    └── routes ── what a path means ─┬─ rows/        reading, writing, queries, change tracking, JSON of rows
                                     ├─ operations/  every message as action or function; service document, WhoAmI …
                                     ├─ metadata/    $metadata and the definitions
                                     └─ batch        several calls in one, with change sets
protocol/ ── what a call is made of: segments, options, preferences, JSON in and out, refusals

No module here names a document: everything follows from the declared tables and messages.
"""

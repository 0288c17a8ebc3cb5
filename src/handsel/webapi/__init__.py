"""The Dataverse Web API over any table: paths, rows, queries, actions and batches as the clients of Dynamics send them.

surface ── mounted in the HTTP shell (`handsel.http`): a Call for each request below /api/data, errors in JSON
    └── routes ── resolves a path    ─┬─ rows/        reading, writing, queries, change tracking, JSON of rows
                                     ├─ operations/  every message as action or function; service document, WhoAmI …
                                     ├─ metadata/    $metadata and the definitions
                                     └─ batch        several calls in one, with change sets
protocol/ ── the parts of a call: segments, options, preferences, JSON in and out, errors

No module here names a document: everything follows from the declared tables and messages.
"""

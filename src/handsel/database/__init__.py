"""The database as the engine sees it: rows, statements, storage, versions, counters and the engine's own tables."""

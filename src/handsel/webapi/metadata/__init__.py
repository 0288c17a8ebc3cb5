"""The description of the Web API: `$metadata`, the definitions of tables and columns, and the operations.

Everything here is computed from `TableInfo` and the messages, without HTTP and without the database.
"""

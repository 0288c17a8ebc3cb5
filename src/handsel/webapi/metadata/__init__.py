"""What the Web API says about itself: `$metadata`, the definitions of tables and columns, and the operations there are.

Everything here is computed from `TableInfo` and the messages; nothing knows HTTP, and nothing touches the database.
"""

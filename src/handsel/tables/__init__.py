"""The classes that declare tables and columns, and `TableInfo`, their frozen description."""

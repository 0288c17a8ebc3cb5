"""The words a table is declared with, and their frozen reflection."""

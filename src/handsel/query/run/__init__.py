"""Running a query: pages of rows, expands, cursors between pages, and rows changed since a version."""

"""The tree compiled to SELECT statements; the only reader of rows by question."""

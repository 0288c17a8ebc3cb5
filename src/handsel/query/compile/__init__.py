"""The query tree compiled to SELECT statements; all rows found by a query are read here."""

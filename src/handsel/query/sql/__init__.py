"""The text of ?sql=, parsed to the tree."""

"""Two processes at once, and processes that are killed: the state of the database afterwards."""

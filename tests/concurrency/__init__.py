"""Two processes at once, and processes that are killed: what the database must look like afterwards."""

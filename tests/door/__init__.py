"""One predicate behind every door: which rows a user reaches, by every way there is."""

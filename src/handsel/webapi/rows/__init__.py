"""Rows over HTTP: reading, writing, queries, change tracking, and their JSON."""

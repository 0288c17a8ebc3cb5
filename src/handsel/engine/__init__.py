"""The one way to change anything: a message, executed in one transaction."""

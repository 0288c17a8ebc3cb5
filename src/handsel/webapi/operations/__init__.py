"""Actions and functions over HTTP: messages, and operations that are no messages."""

"""Actions and functions over HTTP: messages, and what the interface answers itself."""

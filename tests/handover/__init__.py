"""Orders on their way to other systems."""

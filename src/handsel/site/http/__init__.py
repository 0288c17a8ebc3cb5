"""What the running server needs around the Web API: the address it listens at, its log, its metrics."""

"""Settings and command line: the only place that sees all the rest."""

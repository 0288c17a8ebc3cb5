"""Settings, command line and server: the only package that may import all others."""

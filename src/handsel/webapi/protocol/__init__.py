"""The parts of every call: path segments, options, preferences, JSON, responses and errors."""

"""What every call is made of: path segments, options, preferences, JSON, responses and errors."""

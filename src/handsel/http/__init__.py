"""What is HTTP rather than Web API: the request as it came, forwarded headers, browsers of other origins, limits."""

"""The HTTP shell around every surface: limits, health, metrics, log, request ids, errors that nothing else caught.

application ── from WSGI to the surface of a path and back: request id, limits, errors
    ├── surface ── the protocols of a surface and of its authentication
    │       bearer_tokens (with impersonation and failure_throttle): authentication of programs
    ├── probes, metrics ── answered without authentication
    └── instrumentation (access_log, logs, metrics), cors ── middleware around every request
request (with forwarded), response, errors ── used by all of them
limits, failure_throttle ── rate limits, counted in windows of time

No module here knows a surface, a format of bodies or a table of the server: `site` mounts the surfaces.
"""

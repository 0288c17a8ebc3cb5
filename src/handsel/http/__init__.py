"""The shell of every surface that speaks HTTP: limits, health, metrics, log, request ids, errors at the edge.

application ── from WSGI to the surface of a path and back: request id, limits, refusals
    ├── surface ── what it asks of a surface, and of the way in which callers prove who they are
    │       bearer_tokens (with impersonation and failure_throttle): the way of programs
    ├── probes, metrics ── what is answered without any proof
    └── instrumentation (access_log, logs, metrics), cors ── layers around every request
request (with forwarded), response, errors ── what all of them speak of
limits, failure_throttle ── what counts in windows

No module here knows a surface, a format of bodies or a table of the server: `site` mounts and hands in.
"""

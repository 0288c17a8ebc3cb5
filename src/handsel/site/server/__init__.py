"""The server behind `handsel serve`: Uvicorn reads and writes, a bounded pool of threads runs the WSGI application.

supervisor ── the main process: starts workers, starts dead ones again, reloads, stops
    └── worker ── one process: the application, its connections, its threads
            ├── asgi ── reads a whole request, then hands it to a thread; probes have a lane of their own
            ├── protocol ── one connection: tells the guard what is unfinished
            └── guard ── ends what is too slow or too much, by time, rate and address

`docs/decisions/0019-server.md` says why.
"""

"""The Web API: in process through its WSGI application, and over a socket."""

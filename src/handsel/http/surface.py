"""The protocol of a surface that is mounted in the shell: the Web API, web pages, and whatever else uses HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from handsel.database.context import Actor, Context
from handsel.errors import HandselError
from handsel.http.request import Request
from handsel.http.response import Response


class Authentication(Protocol):
    """How the callers of a surface are authenticated."""

    def actor(self, request: Request) -> Actor:
        """The acting user. Raises Unauthorized, TooManyRequests or PrivilegeDenied."""

    def challenge(self, request: Request) -> str:
        """The value of WWW-Authenticate in a 401 response; empty to send no such header."""


class Surface(Protocol):
    """Answers the paths below its mount path."""

    @property
    def authentication(self) -> Authentication:
        """The authentication that this surface accepts."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of every response of this surface; a response that sets one itself has precedence."""

    def resolve(self, request: Request) -> Callable[[Context], Response]:
        """The handler for the path, found before authentication and run after it, within the limits.

        Sets `request.route` for the metrics. Raises NotFound for an unknown path.
        """

    def refused(self, request: Request, error: HandselError) -> Response:
        """The response for an error, in the form of this surface. The shell adds the headers for its kind."""

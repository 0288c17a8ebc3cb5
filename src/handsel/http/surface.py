"""What the shell asks of a surface that is mounted in it: the Web API, pages, and whatever else speaks HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from handsel.database.context import Actor, Context
from handsel.errors import HandselError
from handsel.http.request import Request
from handsel.http.response import Response


class Authentication(Protocol):
    """How the callers of a surface prove who they are."""

    def actor(self, request: Request) -> Actor:
        """The user who asks. Raises Unauthorized, TooManyRequests or PrivilegeDenied."""

    def challenge(self, request: Request) -> str:
        """What WWW-Authenticate says in an answer 401; empty where that header is not to be sent."""


class Surface(Protocol):
    """What answers the paths below the one that it is mounted at."""

    @property
    def authentication(self) -> Authentication:
        """Which proofs count here."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What every answer carries that goes out under these paths, unless it says otherwise itself."""

    def resolve(self, request: Request) -> Callable[[Context], Response]:
        """What the path leads to, asked before it is known who asks; it is run once that is known and within limits.

        Says in `request.route` what metrics count. Raises NotFound for a path that leads nowhere.
        """

    def refused(self, request: Request, error: HandselError) -> Response:
        """A refusal, as the callers of this surface read it. The shell adds the headers that belong to its kind."""

"""The WSGI application: one HTTP request in, handed to the surface of its path, and one HTTP response out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handsel.database.context import Context, entered
from handsel.database.dialect import Dialect
from handsel.database.patience import one_patience
from handsel.errors import HandselError
from handsel.http.cors import METHODS
from handsel.http.error_boundary import note_failure, unexpected
from handsel.http.errors import MethodNotAllowed, ServerBusy, TooManyRequests, Unauthorized
from handsel.http.forwarded import Network
from handsel.http.lanes import Lanes, OwnConnections
from handsel.http.limits import Limits
from handsel.http.naming import Naming
from handsel.http.request import Handler, Middleware, Request, request_id
from handsel.http.response import REASONS, Response, no_content, text_response
from handsel.http.surface import Surface

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

Action = Callable[[Context], Response]
_ALLOW = f"{METHODS}, OPTIONS"
_ALLOWED = frozenset(_ALLOW.split(", "))


@dataclass(frozen=True, slots=True)
class Service:
    """The surfaces that the application serves, and their database."""

    alias: str
    dialect: Dialect
    surfaces: Mapping[str, Surface]
    """By mount path, as in "/api/data". The surface at "/" answers every path that no other surface takes."""
    public: tuple[Callable[[Request], Response | None], ...] = ()
    """Called first, in this order, without authentication: each answers its own paths and returns None for others."""
    trusted_proxies: tuple[Network, ...] = ()
    naming: Naming | None = None
    """Which Host headers are believed; None for all."""
    max_body: int = 100 * 1024 * 1024
    """Bytes of the largest body of any request."""
    body_limit: Callable[[str], int] | None = None
    """Bytes of the largest body at a path (as WSGI gives it), if some take less than `max_body`."""
    limits: Limits | None = None
    """The limits of one user, for all surfaces together."""
    lanes: Lanes = field(default_factory=OwnConnections)
    """The connections of requests."""
    middleware: tuple[Middleware, ...] = ()
    """Wraps the handling of every request, outermost first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as a server sends it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Application:
    """The WSGI application."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._root = service.surfaces["/"]
        below = sorted(service.surfaces.keys() - {"/"}, key=len, reverse=True)
        self._below = tuple((path, f"{path}/", service.surfaces[path]) for path in below)
        self._handler: Handler = self._response_or_error
        for wrap in reversed(service.middleware):
            self._handler = wrap(self._handler)

    def __call__(self, environ: WSGIEnvironment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self.answer(environ)
        start_response(f"{answer.status} {REASONS.get(answer.status, 'Error')}", answer.headers)
        return [answer.body]

    def answer(self, environ: WSGIEnvironment, refused: HandselError | None = None) -> Answer:
        """The answer to a request. `refused` is a reason to refuse it before it is looked at, as its server found."""
        service = self.service
        limit = self.body_limit(environ.get("PATH_INFO", ""))
        request = Request(environ, service.trusted_proxies, limit, service.naming)
        request.refused = refused
        token = request_id.set(request.id)
        try:
            with one_patience():
                response = self._handler(request)
        finally:
            request_id.reset(token)
        headers, body = response.headers, response.body
        for name, value in self._surface_of(request).headers.items():
            headers.setdefault(name, value)
        headers["x-ms-service-request-id"] = headers["REQ_ID"] = request.id
        if request.client_id:
            headers["x-ms-client-request-id"] = request.client_id
        if response.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        if request.method == "HEAD":
            body = b""
        return Answer(response.status, list(headers.items()), body)

    def body_limit(self, path: str) -> int:
        """Bytes of the largest body at a path."""
        limit = self.service.body_limit
        return self.service.max_body if limit is None else min(limit(path), self.service.max_body)

    def _surface_of(self, request: Request) -> Surface:
        """The surface of a path; the path may be one that cannot be decoded."""
        raw: str = request.environ.get("PATH_INFO", "")
        for path, inside, surface in self._below:
            if raw == path or raw.startswith(inside):
                return surface
        return self._root

    def _response_or_error(self, request: Request) -> Response:
        surface = self._surface_of(request)
        if request.refused is not None:
            return self._refusal(request, surface, request.refused)
        try:
            return self._respond(request, surface)
        except HandselError as error:
            note_failure(request.method, error)
            return self._refusal(request, surface, error)
        except Exception as error:  # logged; the caller gets 500 or 503 with a request id
            return self._refusal(request, surface, unexpected(self.service.alias, request.method, error))

    def _refusal(self, request: Request, surface: Surface, error: HandselError) -> Response:
        try:
            response = surface.refused(request, error)
        except Exception as second:  # rendering a page may fail too; a plain sentence cannot
            failure = unexpected(self.service.alias, request.method, second)
            return text_response(failure.message, failure.status)
        if isinstance(error, Unauthorized):
            challenge = surface.authentication.challenge(request)
            if challenge:
                response.headers["WWW-Authenticate"] = challenge
        elif isinstance(error, (TooManyRequests, ServerBusy)):
            request.limit = str(error.details["limit"])
        elif isinstance(error, MethodNotAllowed):
            response.headers["Allow"] = _ALLOW
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    def _respond(self, request: Request, surface: Surface) -> Response:
        if request.method not in _ALLOWED:
            raise unknown_method()
        if request.method == "OPTIONS":
            request.route = "options"
            return no_content({"Allow": _ALLOW})
        for handler in self.service.public:
            response = handler(request)
            if response is not None:
                return response
        act = surface.resolve(request)
        request.actor = actor = surface.authentication.actor(request)
        lanes = self.service.lanes
        lane = lanes.reading if request.only_reads() else lanes.writing
        return self._limited(Context(self.service.alias, self.service.dialect, actor), act, lane)

    def _limited(self, context: Context, act: Action, lane: Callable[[], AbstractContextManager[None]]) -> Response:
        limits, actor = self.service.limits, context.actor
        if limits is None:
            with lane():
                return _entered(context, act)
        usage = limits.enter((actor.caller_id or actor.user_id).int)
        headers: dict[str, str] = {}
        try:
            with lane():
                response = _entered(context, act)
            headers = response.headers
        finally:
            limits.leave(usage, headers)
        return response


def unknown_method() -> MethodNotAllowed:
    """The error for a method that no resource has."""
    return MethodNotAllowed(f"The method is not known here. Use one of {_ALLOW}.")


def _entered(context: Context, act: Action) -> Response:
    with entered(context):
        return act(context)

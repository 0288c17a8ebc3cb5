"""The WSGI application: one HTTP request to a call, one answer to an HTTP response."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from handsel.database.context import Actor, Context, entered
from handsel.engine import access
from handsel.engine.access import TablelessPrivilege
from handsel.errors import Code, HandselError, NotFound, PrivilegeDenied
from handsel.webapi.batch import batch
from handsel.webapi.error_boundary import guarded, unexpected
from handsel.webapi.http.cors import METHODS
from handsel.webapi.http.forwarded import Network
from handsel.webapi.http.limits import FailureThrottle, Limits
from handsel.webapi.http.request import Handler, Layer, Request, request_id
from handsel.webapi.http.templates import template_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.errors import REASONS, MethodNotAllowed, TooManyRequests, Unauthorized, shown, syntax
from handsel.webapi.protocol.response import TEXT, Response, error_response, no_content

_API = re.compile(r"/api/data/(v9\.[012])(?:/(.*))?\Z", re.DOTALL)
_ALLOW = f"{METHODS}, OPTIONS"
_ALLOWED = frozenset(_ALLOW.split(", "))


@dataclass(frozen=True, slots=True)
class Service:
    """What the application serves. `actor_of` gives the user of a token, or None.

    `user` gives the user with an id, `user_of_directory` the one with an id of the directory that users sign in at.
    """

    alias: str
    vendor: str
    actor_of: Callable[[str], Actor | None]
    user: Callable[[UUID], Actor | None]
    user_of_directory: Callable[[UUID], Actor | None]
    is_ready: Callable[[], bool]
    trusted_proxies: tuple[Network, ...] = ()
    max_body: int = 100 * 1024 * 1024
    identity: Callable[[Request], Response | None] | None = None
    """Asked first, without a token: answers the paths by which programs sign in, and None for all others."""
    authorization_uri: str = ""
    """Where the challenge of an answer 401 sends people to sign in; empty for this server."""
    metrics: Callable[[Request], Response] | None = None
    """Answers /metrics, without a token."""
    limits: Limits | None = None
    """What one user may use."""
    brake: FailureThrottle | None = None
    """How many wrong tokens one address may try."""
    layers: tuple[Layer, ...] = ()
    """What stands around the handling of every request, outermost first."""


class Application:
    """The WSGI callable."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._handler: Handler = self._refused_or_answered
        for layer in reversed(service.layers):
            self._handler = layer(self._handler)

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ, self.service.trusted_proxies, self.service.max_body)
        token = request_id.set(request.id)
        try:
            answer = self._handler(request)
        finally:
            request_id.reset(token)
        headers, body = answer.headers, answer.body
        headers.setdefault("OData-Version", "4.0")
        headers["x-ms-service-request-id"] = headers["REQ_ID"] = request.id
        if request.client_id:
            headers["x-ms-client-request-id"] = request.client_id
        if answer.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        if request.method == "HEAD":
            body = b""
        start_response(f"{answer.status} {REASONS.get(answer.status, 'Error')}", list(headers.items()))
        return [body]

    def _refused_or_answered(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except HandselError as error:
            return self._refusal(request, error)
        except Exception as error:
            return unexpected(self.service.alias, request.method, error)

    def _refusal(self, request: Request, error: HandselError) -> Response:
        answer = error_response(error)
        if isinstance(error, Unauthorized):
            answer.headers["WWW-Authenticate"] = _challenge(request.origin, self.service.authorization_uri)
        elif isinstance(error, TooManyRequests):
            request.limit = error.details["limit"]
            answer.headers["Retry-After"] = str(error.details["retry_after"])
        elif isinstance(error, MethodNotAllowed):
            answer.headers["Allow"] = _ALLOW
        return answer

    def _answer(self, request: Request) -> Response:
        if request.method not in _ALLOWED:
            raise MethodNotAllowed(f"The method is not known here. Use one of {_ALLOW}.")
        if request.method == "OPTIONS":
            request.route = "options"
            return no_content({"Allow": _ALLOW})
        path = request.path
        if path in ("/health", "/ready"):
            request.route = path
            return self._health(path)
        if path == "/metrics" and self.service.metrics is not None:
            request.route = path
            return self.service.metrics(request)
        if self.service.identity is not None:
            answer = self.service.identity(request)
            if answer is not None:
                request.route = request.route or "identity"
                return answer
        match = _API.match(path)
        if match is None:
            raise _outside(path)
        return self._api(request, match[1], match[2] or "")

    def _health(self, path: str) -> Response:
        if path == "/health":
            return Response(200, {"Content-Type": TEXT}, b"ok")
        ready = self.service.is_ready()
        return Response(200 if ready else 503, {"Content-Type": TEXT}, b"ready" if ready else b"not ready")

    def _api(self, request: Request, version: str, path: str) -> Response:
        request.route = template_of(path)
        request.actor = actor = self._actor(request)
        limits = self.service.limits
        if limits is None:
            return self._call(request, actor, version, path)
        usage = limits.enter((actor.caller_id or actor.user_id).int)
        headers: dict[str, str] = {}
        try:
            answer = self._call(request, actor, version, path)
            headers = answer.headers
        finally:
            limits.leave(usage, headers)
        return answer

    def _call(self, request: Request, actor: Actor, version: str, path: str) -> Response:
        call = Call(
            context=Context(self.service.alias, self.service.vendor, actor),
            method=request.method,
            path=path,
            query=request.query,
            headers=request.headers,
            body=request.body(),
            root=f"{request.origin}/api/data/{version}/",
        )
        with entered(call.context):
            return guarded(call, batch) if path == "$batch" else guarded(call)

    def _actor(self, request: Request) -> Actor:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthorized("The request carries no bearer token. Make one with `handsel token create`.")
        try:
            actor = self.service.actor_of(token.strip())
            if actor is None:
                raise Unauthorized("The bearer token is unknown or expired. Make one with `handsel token create`.")
        except Unauthorized:
            if self.service.brake is not None:
                self.service.brake.failed(request.address)
            raise
        for header, user in (("mscrmcallerid", self.service.user), ("callerobjectid", self.service.user_of_directory)):
            wanted = request.headers.get(header)
            if wanted:
                return self._impersonated(actor, wanted, user)
        return actor

    def _impersonated(self, caller: Actor, wanted: str, user_with: Callable[[UUID], Actor | None]) -> Actor:
        access.require(caller, TablelessPrivilege.ACT_ON_BEHALF, "systemuser")
        try:
            user = user_with(UUID(wanted.strip().strip("{}")))
        except ValueError:
            raise syntax(f"'{wanted[:60]}' names no user to act for: it must be a user's id.") from None
        if user is None:
            raise PrivilegeDenied(
                f"There is no enabled user {wanted[:60]} to act for.", code=Code.USER_NOT_MEMBER_OF_ORGANIZATION
            )
        return user if user.user_id == caller.user_id else replace(user, caller_id=caller.user_id)


def _outside(path: str) -> HandselError:
    """The refusal of a path that is not below the Web API."""
    asked = shown(path.strip("/"))
    missing = f"Resource not found for the segment '{asked}'." if asked else "Nothing is here."
    return NotFound(f"{missing} The Web API starts at /api/data/v9.2/.", Code.RESOURCE_NOT_FOUND)


def _challenge(origin: str, authorization_uri: str) -> str:
    """Where a client without a token finds out whom to ask (Web API 2). Libraries want a tenant, not `common`."""
    asked = authorization_uri or f"{origin}/handsel/oauth2/authorize"
    return f"Bearer authorization_uri={asked}, resource_id={origin}/"

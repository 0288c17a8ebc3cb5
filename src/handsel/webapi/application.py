"""The WSGI application: one HTTP request to a call, one answer to an HTTP response."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from handsel.engine.context import Actor, Context, entered
from handsel.engine.errors import HandselError, PrivilegeDenied
from handsel.webapi.answer import TEXT, Answer, error_answer
from handsel.webapi.batch import batch
from handsel.webapi.call import Call
from handsel.webapi.errors import REASONS, PayloadTooLarge, Unauthorized, syntax, unknown_segment
from handsel.webapi.guarded import guarded, unexpected

_API = re.compile(r"/api/data/(v9\.[012])(?:/(.*))?\Z", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9._\-\[\]:]{1,255}\Z")
_REQUEST_ID = re.compile(r"[A-Za-z0-9\-]{8,64}\Z")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Service:
    """What the application serves. `actor_of` gives the user of a token, `user` the user with an id, or None."""

    alias: str
    vendor: str
    actor_of: Callable[[str], Actor | None]
    user: Callable[[UUID], Actor | None]
    is_ready: Callable[[], bool]
    trusted_proxies: tuple[Network, ...] = ()
    max_body: int = 100 * 1024 * 1024


class Application:
    """The WSGI callable."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request_id = environ.get("HTTP_X_MS_CLIENT_REQUEST_ID", "")
        service_id = str(uuid4())
        try:
            answer = self._answer(environ)
        except HandselError as error:
            answer = error_answer(error)
            if isinstance(error, Unauthorized):
                answer.headers["WWW-Authenticate"] = _challenge(self._origin(environ))
        except Exception as error:
            answer = unexpected(self.service.alias, f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO')}", error)
        answer.headers.setdefault("OData-Version", "4.0")
        answer.headers["x-ms-service-request-id"] = service_id
        answer.headers["REQ_ID"] = service_id
        if _REQUEST_ID.match(request_id):
            answer.headers["x-ms-client-request-id"] = request_id
        body = answer.body
        if answer.status not in (204, 304):
            answer.headers["Content-Length"] = str(len(body))
        if environ["REQUEST_METHOD"] == "HEAD":
            body = b""
        start_response(f"{answer.status} {REASONS.get(answer.status, 'Error')}", list(answer.headers.items()))
        return [body]

    def _answer(self, environ: Mapping[str, Any]) -> Answer:
        path = _decoded(environ.get("PATH_INFO", ""))
        if path == "/health":
            return Answer(200, {"Content-Type": TEXT}, b"ok")
        if path == "/ready":
            ready = self.service.is_ready()
            return Answer(200 if ready else 503, {"Content-Type": TEXT}, b"ready" if ready else b"not ready")
        match = _API.match(path)
        if match is None:
            raise unknown_segment(path.strip("/"))
        headers = _headers(environ)
        actor = self._actor(headers)
        call = Call(
            context=Context(self.service.alias, self.service.vendor, actor),
            method=environ["REQUEST_METHOD"],
            path=match[2] or "",
            query=environ.get("QUERY_STRING", ""),
            headers=headers,
            body=self._body(environ),
            root=f"{self._origin(environ)}/api/data/{match[1]}/",
        )
        with entered(call.context):
            if call.path == "$batch":
                return guarded(call, batch)
            return guarded(call)

    def _actor(self, headers: Mapping[str, str]) -> Actor:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthorized("The request carries no bearer token. Make one with `handsel token create`.")
        actor = self.service.actor_of(token.strip())
        if actor is None:
            raise Unauthorized("The bearer token is unknown or expired. Make one with `handsel token create`.")
        wanted = headers.get("mscrmcallerid") or headers.get("callerobjectid")
        return actor if not wanted else self._impersonated(actor, wanted)

    def _impersonated(self, caller: Actor, wanted: str) -> Actor:
        try:
            user = self.service.user(UUID(wanted.strip().strip("{}")))
        except ValueError:
            raise syntax(f"'{wanted[:60]}' names no user to act for: it must be a user's id.") from None
        if user is None:
            raise PrivilegeDenied(f"There is no enabled user {wanted[:60]} to act for.")
        return user if user.user_id == caller.user_id else replace(user, caller_id=caller.user_id)

    def _body(self, environ: Mapping[str, Any]) -> bytes:
        limit = self.service.max_body
        length = environ.get("CONTENT_LENGTH") or ""
        size = int(length) if length.isascii() and length.isdigit() else None
        if size is None and not environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("wsgi.input_terminated"):
            return b""
        body: bytes = (
            b""
            if size is not None and size > limit
            else environ["wsgi.input"].read(limit + 1 if size is None else size)
        )
        if len(body) > limit or (size is not None and size > limit):
            raise PayloadTooLarge(f"The body is larger than {limit:,} bytes. Send it in several requests.")
        return body

    def _origin(self, environ: Mapping[str, Any]) -> str:
        """Scheme, host and port as the caller knows them: forwarded headers count from trusted proxies only."""
        scheme, host = environ.get("wsgi.url_scheme", "http"), environ.get("HTTP_HOST", "")
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            forwarded = environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip().lower()
            scheme = forwarded if forwarded in ("http", "https") else scheme
            host = environ.get("HTTP_X_FORWARDED_HOST", "").partition(",")[0].strip() or host
        if not _HOST.match(host):
            host = f"{environ.get('SERVER_NAME', 'localhost')}:{environ.get('SERVER_PORT', '80')}"
        return f"{scheme}://{host}"

    def _is_trusted(self, address: str) -> bool:
        if not self.service.trusted_proxies:
            return False
        try:
            remote = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(remote in network for network in self.service.trusted_proxies)


def _decoded(path: str) -> str:
    """A WSGI path as text. Raises BadRequest for one that is not UTF-8."""
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        raise syntax("The path is not UTF-8 text.") from None


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    found = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and isinstance(value, str)
    }
    found["content-type"] = environ.get("CONTENT_TYPE", "")
    return found


def _challenge(origin: str) -> str:
    """Where a client without a token finds out whom to ask (Web API 2)."""
    return f"Bearer authorization_uri={origin}/oauth2/authorize, resource_id={origin}/"

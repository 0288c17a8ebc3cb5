"""A second surface beside the Web API: a page of plain text, for callers with a cookie, in the same shell."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from typing import ClassVar

import pytest

from handsel.database.context import Actor, Context
from handsel.errors import HandselError, NotFound, Refused
from handsel.http.access_log import AccessLog
from handsel.http.application import Application, Service
from handsel.http.errors import Unauthorized
from handsel.http.instrumentation import Instrumentation
from handsel.http.limits import Allowance, Limits
from handsel.http.logs import LogSettings
from handsel.http.request import Request
from handsel.http.response import Response, text_response
from tests.webapi.client import Api, Reply

Configured = Callable[..., Api]


@dataclass(frozen=True)
class Cookies:
    """Callers are authenticated by a cookie."""

    actor_of: Callable[[str], Actor | None]

    def actor(self, request: Request) -> Actor:
        cookie = SimpleCookie(request.headers.get("cookie", "")).get("session")
        actor = self.actor_of(cookie.value) if cookie else None
        if actor is None:
            raise Unauthorized("Sign in first.")
        return actor

    def challenge(self, _request: Request) -> str:
        return ""


@dataclass(frozen=True)
class Echo:
    """Answers with the words of its path."""

    authentication: Cookies
    headers: ClassVar = {"X-Frame-Options": "DENY"}

    def resolve(self, request: Request) -> Callable[[Context], Response]:
        word = request.path.removeprefix("/echo").strip("/")
        if "/" in word:
            raise NotFound(f"Nothing is at {word}.")
        request.route = "echo"
        return lambda context: _said(word, request.body().decode(), context)

    def refused(self, _request: Request, error: HandselError) -> Response:
        if error.message == "unspeakable":
            raise LookupError("no page for it")
        return text_response(f"{type(error).__name__}: {error.message}", error.status)


def _said(word: str, body: str, context: Context) -> Response:
    if word == "refused":
        raise Refused("unspeakable" if body == "unspeakable" else "Not today.")
    if word == "broken":
        raise ZeroDivisionError
    return text_response(f"{word}{body} for {context.actor.domain_name}")


@dataclass
class Both:
    """The Web API, and the same application asked for /echo with a cookie."""

    api: Api
    cookie: str

    @property
    def service(self) -> Service:
        service: Service = self.api.application.service
        return service

    def having(self, **changes: object) -> "Both":
        return replace(self, api=replace(self.api, application=Application(replace(self.service, **changes))))

    def echo(self, path: str = "/hello", method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        sent = {"Authorization": "", "Cookie": self.cookie, **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.api(method, f"/echo{path}", body, sent, below="")


@pytest.fixture
def both(configured: Configured) -> Both:
    api = configured()
    surfaces = api.application.service.surfaces
    echo = Echo(Cookies(surfaces["/"].authentication.actor_of))
    return Both(api, f"session={api.token}").having(surfaces={**surfaces, "/echo": echo})


def text(reply: Reply) -> tuple[int, str]:
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.headers["X-Frame-Options"] == "DENY"
    assert "OData-Version" not in reply.headers
    assert reply.headers["REQ_ID"] == reply.headers["x-ms-service-request-id"]
    return reply.status, reply.body.decode()


def test_each_answers_in_its_own_way(both: Both) -> None:
    assert text(both.echo()) == (200, "hello for admin")
    assert text(both.echo("", "POST", b"!")) == (200, "! for admin")
    reply = both.api.get("WhoAmI")
    assert (reply.status, reply.headers["OData-Version"]) == (200, "4.0")
    assert "X-Frame-Options" not in reply.headers
    head = both.echo(method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", "15")


def test_a_mounted_path_ends_at_a_slash(both: Both) -> None:
    reply = both.api("GET", "/echoes", below="")
    assert (reply.status, reply.code) == (404, "0x8006088a")


def test_each_asks_for_its_own_proof(both: Both) -> None:
    bearer = {"Authorization": f"Bearer {both.api.token}"}
    for headers in ({}, bearer):
        reply = both.echo(Cookie="", **headers)
        assert text(reply) == (401, "Unauthorized: Sign in first.")
        assert "WWW-Authenticate" not in reply.headers
    reply = both.api.get("WhoAmI", Authorization="", Cookie=both.cookie)
    assert (reply.status, reply.code) == (401, "0x0")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer ")


def test_limits_hold_for_all_surfaces_together(both: Both) -> None:
    both = both.having(limits=Limits(Allowance(requests=2)))
    assert both.api.get("WhoAmI").headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "1"
    assert both.echo().headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "0"
    reply = both.echo()
    assert text(reply)[0] == 429
    assert text(reply)[1].startswith("TooManyRequests: Number of requests exceeded the limit of 2")
    assert 0 < int(reply.headers["Retry-After"]) <= 300
    assert both.api.get("WhoAmI").status == 429


def test_what_is_for_everybody_is_no_surface_s(both: Both) -> None:
    assert both.api("GET", "/health", below="").body == b"ok"
    assert both.api("GET", "/ready", below="").body == b"ready"
    assert both.echo("", "OPTIONS").headers["Allow"] == "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS"
    both.echo()
    page = both.api("GET", "/metrics", below="").body.decode()
    assert 'handsel_request_duration_seconds_count{method="GET",route="echo",status="2xx"} 1.0' in page


def test_errors_at_the_edge_look_as_the_surface_wants(both: Both) -> None:
    assert text(both.echo("/a/b")) == (404, "NotFound: Nothing is at a/b.")
    assert text(both.echo("/refused")) == (400, "Refused: Not today.")
    assert text(both.echo("/\udcff")) == (400, "BadRequest: The path is not UTF-8 text.")
    unknown = both.echo(method="TRACE")
    assert text(unknown)[0] == 405
    assert unknown.headers["Allow"].startswith("GET, ")
    large = both.having(max_body=3).echo("", "POST", b"four")
    assert text(large) == (413, "PayloadTooLarge: The body is larger than 3 bytes. Send it in several requests.")


def test_unexpected_exceptions(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    status, body = text(both.echo("/broken"))
    assert (status, body.partition(":")[0]) == (500, "InternalError")
    assert "the reason under the request id" in body
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]
    assert text(both.echo()) == (200, "hello for admin")


def test_a_refusal_that_cannot_be_shown_is_a_plain_sentence(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    status, body = text(both.echo("/refused", "POST", b"unspeakable"))
    assert (status, body.split()[:3]) == (500, ["The", "server", "failed"])
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [LookupError]


def test_a_line_for_every_request(both: Both) -> None:
    lines: list[bytes] = []
    logged = Instrumentation(both.service.middleware[0].metrics, AccessLog(LogSettings(), lines.append))
    both = both.having(middleware=(logged,))
    replies = both.echo(x_ms_client_request_id="11111111-2222"), both.echo("/broken")
    assert replies[0].headers["x-ms-client-request-id"] == "11111111-2222"
    events = [json.loads(line) for line in lines]
    assert [line["request_id"] for line in events] == [reply.headers["REQ_ID"] for reply in replies]
    assert [(line["status"], line["level"]) for line in events] == [(200, "info"), (500, "error")]
    assert {line["user"] for line in events} == {both.api.get("WhoAmI").json["UserId"]}
    assert {line["path"] for line in events} == {"/echo/hello", "/echo/broken"}

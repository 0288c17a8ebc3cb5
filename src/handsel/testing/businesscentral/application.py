"""The stand-in as an ASGI application: tokens, failures, the API, the commands, and a log of what was asked.

Requests are answered one after the other on the event loop, each at once; only those that were asked to be slow wait.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.control import Control
from handsel.testing.businesscentral.failures import Failure, Failures
from handsel.testing.businesscentral.protocol import CuttableProtocol
from handsel.testing.businesscentral.refusals import Refusal, credentials, injected, no_resource
from handsel.testing.businesscentral.service import Answer, Question, Service
from handsel.testing.businesscentral.tokens import Tokens

if TYPE_CHECKING:
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

TENANT = "5a3b1c9e-0000-4000-8000-000000000001"
ENVIRONMENT = "Sandbox"
API = f"/v2.0/{TENANT}/{ENVIRONMENT}/api/v2.0"
TOKEN = f"/{TENANT}/oauth2/v2.0/token"
COMMANDS = "/stand-in/"
LOGGED = 10_000
"""How many requests the log holds; older ones are forgotten."""

_COMPANY = re.compile(r"companies\([^)]*\)/")
_encoder = msgspec.json.Encoder(decimal_format="number")


class Asked(msgspec.Struct, gc=False):
    """A request in the log. No header and no body is kept: they may hold secrets."""

    method: str
    path: str
    """Below the company; `token` for the token endpoint."""
    query: str
    status: int
    """0 if the connection was cut."""
    failed: bool
    """Whether a failure that was asked for was used."""


class Cut(Exception):
    """The connection ends without an answer."""


class StandIn:
    """The application."""

    def __init__(self, company: Company, address: str, tokens: Tokens, control_token: str) -> None:
        """`address` is the server's, without a slash at its end."""
        self.service = Service(company, f"{address}{API}")
        self.tokens = tokens
        self.failures = Failures()
        self.control = Control(self.service, self.failures, tokens)
        self.log: deque[Asked] = deque(maxlen=LOGGED)
        self._control_token = control_token
        self._healed = asyncio.Event()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "http"
        connection: CuttableProtocol = scope["state"]["connection"]
        body = await _body(receive)
        if body is None:
            return
        headers = {name.decode("latin-1").lower(): text.decode("latin-1") for name, text in scope["headers"]}
        try:
            answer = await self._answer(scope, headers, body)
        except Cut:
            connection.cut()
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        sent = [(name.encode(), text.encode("latin-1")) for name, text in answer.headers.items()]
        if answer.status != 204:
            sent.append((b"Content-Length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": sent, "trailers": False})
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})

    async def _answer(self, scope: HTTPScope, headers: Mapping[str, str], body: bytes) -> Answer:
        path, method = scope["path"], scope["method"]
        if path.startswith(COMMANDS):
            return self._command(path.removeprefix(COMMANDS), headers, body)
        query = scope["query_string"].decode("latin-1")
        if path == TOKEN and method == "POST":
            name, query = "token", ""
        elif path.startswith(f"{API}/"):
            name = _COMPANY.sub("", path.removeprefix(f"{API}/"), count=1)
        else:
            return _refused(no_resource(path.rpartition("/")[2]))
        failure = self.failures.next(method, name)
        status = 0
        try:
            if failure is not None and not failure.committed:
                await self._fail(failure, path)
            if name == "token":
                answer = self.tokens.answer(body, headers, self.service.company.settings.token_seconds)
            elif self.tokens.is_valid(headers.get("authorization", "")):
                answer = self.service.answer(Question(method, path.removeprefix(f"{API}/"), query, headers, body))
            else:
                raise credentials()
            if failure is not None and failure.committed:
                await self._fail(failure, path)
            status = answer.status
        except Refusal as refusal:
            answer, status = _refused(refusal), refusal.status
        finally:
            self.log.append(Asked(method, name, query, status, failure is not None))
        return answer

    async def _fail(self, failure: Failure, path: str) -> None:
        """Do what a failure says; raises Refusal for an answer, Cut for a cut."""
        if failure.slow:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._healed.wait(), failure.slow)
        if failure.expired_token:
            self.tokens.expire()
        if failure.stale_etag:
            self._touch(path)
        if failure.cut:
            raise Cut
        if failure.status is not None:
            raise injected(failure.status, failure.retry_after)

    def _touch(self, path: str) -> None:
        """Change the row that a request is about, as another user would."""
        found = self.service.row_at(path)
        if found is not None:
            resource, row = found
            books = self.service.company.books
            with books.change():
                books.put(resource.table, msgspec.structs.replace(row))

    def _command(self, name: str, headers: Mapping[str, str], body: bytes) -> Answer:
        given = headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._control_token}".encode()):
            return _refused(credentials())
        try:
            result = list(self.log) if name == "requests" else self.control.run(name, body)
        except Refusal as refusal:
            return _refused(refusal)
        if name in ("heal", "reset"):
            self._healed.set()
            self._healed = asyncio.Event()
        if name == "reset":
            self.log.clear()
        return Answer(200, _encoder.encode({"result": result}), {"Content-Type": "application/json"})


async def _body(receive: ASGIReceiveCallable) -> bytes | None:
    """The body; None if the caller has gone."""
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        pieces.append(message["body"])
        if not message["more_body"]:
            return b"".join(pieces)


def _refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, refusal.body(), {"Content-Type": "application/json", **refusal.headers})

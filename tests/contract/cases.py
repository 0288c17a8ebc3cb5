"""A bad request, the expected error, and its form in a golden file.

Status, code and the names in the sentence are written beside the request, by hand; the whole sentence is in
`golden/`, where people can read it. An intended change is accepted by `HANDSEL_ACCEPT_GOLDEN=1 pytest …`.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from tests.contract.commit_watcher import CommitWatcher
from tests.contract.world import KNOWN
from tests.webapi.client import Api, Reply

GOLDEN = Path(__file__).parent / "golden"
JSON = "application/json; odata.metadata=minimal"

SYNTAX = "0x80060888"
PAYLOAD = "0x80048d19"
ARGUMENT = "0x80040203"
NO_CODE = "0x0"
NO_ROW = "0x80040217"
NO_SEGMENT = "0x8006088a"
NO_KEY = "0x80060891"
RANGE = "0x80044330"

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NUMBER = re.compile(r"\b([A-Z]{3}-\d+)-[0-9A-Z]{6}\b")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN = ("WWW-Authenticate", "Allow", "Retry-After")
"""Headers that only some errors have; the golden file shows them."""


@dataclass(frozen=True)
class Case:
    """One bad request. `names` must occur in the sentence; `shown` is the request in the golden file."""

    asks: str
    status: int
    code: str
    names: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""
    part: int = 0
    """In a batch: the status of the refused part, if that of the batch differs."""

    @property
    def title(self) -> str:
        body = "" if self.body is None else f" {self.body if isinstance(self.body, bytes) else json.dumps(self.body)}"
        sent = "".join(f" [{name}: {value}]" for name, value in self.headers.items())
        return short(self.shown or f"{self.asks}{sent}{body}")


def short(text: str) -> str:
    """A request on one line, long ones shortened in the middle."""
    plain = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)
    return plain if len(plain) <= 200 else f"{plain[:120]} … {plain[-40:]} ({len(plain)} characters)"


def option(name: str, text: str) -> str:
    """A query option of accounts, encoded."""
    return f"GET accounts?{name}={quote(text, safe='')}"


def by_option(name: str, text: str, names: str, *, status: int = 400, code: str = SYNTAX) -> Case:
    """A bad query option of accounts, shown as it was before the encoding."""
    return Case(option(name, text), status, code, names, shown=f"{name} {text}")


def check(api: Api, watcher: CommitWatcher, area: str, cases: Sequence[Case]) -> None:
    """Send all requests of an area; compare each response with its case, and all together with the golden file."""
    complaints, lines = [], []
    for case in cases:
        method, _, path = case.asks.partition(" ")
        reply = api(method, path, case.body, case.headers)
        if reply.status < 400:
            complaints.append(f"{case.title}: {reply.status}, and no refusal")
            continue
        found = refusal(reply)
        if case.part and f"HTTP/1.1 {case.part} ".encode() not in reply.body:
            complaints.append(f"{case.title}: no part answers {case.part}")
        if (reply.status, found["code"]) != (case.status, case.code):
            complaints.append(f"{case.title}: {reply.status} {found}, not {case.status} {case.code}")
        if case.names not in found["message"]:
            complaints.append(f"{case.title}: {found['message']!r} does not name {case.names!r}")
        if watcher.something_changed():
            complaints.append(f"{case.title}: something was written")
        shown = [f"    {name}: {reply.headers[name]}" for name in _SHOWN if name in reply.headers]
        lines += [case.title, *shown, f"    {reply.status} {found['code']} {steady(found['message'])}", ""]
    assert not complaints, "\n".join(complaints)
    text = "\n".join(lines)
    assert text.splitlines() == held(f"{area}.txt", text).splitlines()


def refusal(reply: Reply) -> dict[str, str]:
    """Code and message of a refusal whose shape is the documented one to the letter."""
    assert reply.headers["OData-Version"] == "4.0"
    assert str(UUID(reply.headers["REQ_ID"])) == reply.headers["x-ms-service-request-id"]
    assert reply.headers["Content-Length"] == str(len(reply.body))
    if reply.headers["Content-Type"].startswith("multipart/mixed; boundary=batchresponse_"):
        body = _of_batch(reply)
    else:
        assert reply.headers["Content-Type"] == JSON, reply.body[:200]
        body = reply.json
    assert set(body) == {"error"}, body
    error: dict[str, str] = body["error"]
    assert set(error) == {"code", "message"}, error
    assert re.fullmatch(r"0x(0|[0-9a-f]{8})", error["code"])
    assert not _CONTROL.search(error["message"]), error["message"]
    assert 0 < len(error["message"]) <= 2_000, len(error["message"])
    return error


def _of_batch(reply: Reply) -> Any:
    """The body of the first part that was refused; its headers are those of any refusal."""
    parts = [part for part in reply.body.decode().split("\r\n--") if "\r\n\r\n{" in part and '{"error"' in part]
    head, _, body = parts[0].rpartition("\r\n\r\n")
    assert "OData-Version: 4.0" in head
    assert f"Content-Type: {JSON}" in head
    return json.loads(body.split("\r\n")[0])


def steady(text: str) -> str:
    """A sentence without the ids and the random letters of numbers that differ from run to run."""
    return _NUMBER.sub(r"\1-…", _GUID.sub(lambda match: match[0] if match[0] in KNOWN else "<id>", text))


def held(name: str, found: str) -> str:
    """The content of the file; it is rewritten when that was requested."""
    file = GOLDEN / name
    if os.environ.get("HANDSEL_ACCEPT_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    return file.read_text(encoding="utf-8")

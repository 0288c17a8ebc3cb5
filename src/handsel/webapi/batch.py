"""POST $batch: several calls in one request, those of a change set together or not at all (Web API 8)."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote
from uuid import uuid4

from handsel.engine.retrying import run_with_retries
from handsel.errors import HandselError
from handsel.http import impersonation
from handsel.http.errors import MethodNotAllowed, shown, syntax
from handsel.http.response import REASONS, Response
from handsel.webapi.batch_merging import created, mergeable_run
from handsel.webapi.error_boundary import guarded
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import error_response
from handsel.webapi.protocol.multipart import ChangeSet, Part, parse_batch

_ROOT = re.compile(r"(?:https?://[^/]*)?/?api/data/(?P<version>v\d+\.\d+)/|https?://[^/]*/|/", re.IGNORECASE)
_SERVED = re.compile(r"v9\.[012]\Z", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\.\d+/\Z")


class _Failed(Exception):
    """A part of a change set was refused: nothing of it may stay."""

    def __init__(self, answer: Response, id: str) -> None:
        super().__init__()
        self.answer, self.id = answer, id


def batch(call: Call) -> Response:
    """Do the parts in order. Without continue-on-error the first refusal ends the batch."""
    if call.method != "POST":
        raise MethodNotAllowed(f"{call.method} is not for $batch. Use POST.")
    parts = parse_batch(call.body, call.headers.get("content-type", ""))
    _refuse_others_users(call, parts)
    boundary, status = f"batchresponse_{uuid4()}", 200
    lines: list[bytes] = []
    for part in parts:
        answers, failed = _done(call, part)
        lines += _section(boundary, answers)
        if failed is not None and not call.prefer.continue_on_error:
            status = 400 if failed < 500 else failed
            break
    lines.append(f"--{boundary}--\r\n".encode())
    headers = {"Content-Type": f"multipart/mixed; boundary={boundary}"}
    if call.prefer.continue_on_error:
        headers["Preference-Applied"] = "odata.continue-on-error"
    return Response(status, headers, b"".join(lines))


def _refuse_others_users(call: Call, parts: Sequence[Part | ChangeSet]) -> None:
    """One user acts in the whole batch. A part that names another one shall not be done by the wrong one."""
    requests = (each for part in parts for each in (part.parts if isinstance(part, ChangeSet) else (part,)))
    for request in requests:
        for name in impersonation.HEADERS:
            wanted = request.headers.get(name)
            if wanted and wanted.strip("{}").lower() != call.headers.get(name, "").strip().strip("{}").lower():
                raise syntax(
                    f"A part of the batch is to be done for the user {shown(wanted)}. The user to act for holds for a "
                    "whole batch: send the header with the batch itself."
                )


Done = list[tuple[Response, str]] | tuple[Response, str]
"""The answers of a change set, or one answer; each with its content id."""


def _done(call: Call, part: Part | ChangeSet) -> tuple[Done, int | None]:
    """What a part answers, and the status of its refusal."""
    if isinstance(part, Part):
        answer = guarded(call_of(call, part, {}))
        return (answer, part.id), answer.status if answer.is_error else None
    try:
        return run_with_retries(call.context, lambda: list(_together(call, part)), "the change set"), None
    except _Failed as failed:
        return (failed.answer, failed.id), failed.answer.status
    except HandselError as error:
        # What only the end of the transaction shows: a row that is missing, a database that stays locked.
        answer = error_response(error)
        return (answer, ""), answer.status


def _together(call: Call, changes: ChangeSet) -> Iterator[tuple[Response, str]]:
    references: dict[str, str] = {}
    ready: deque[Response] = deque()
    tried = 0
    for index, part in enumerate(changes.parts):
        if part.method == "GET":
            raise _Failed(error_response(syntax("A change set holds no GET. Put it outside.")), part.id)
        if part.id and part.id in references:
            raise _Failed(error_response(syntax(f"The Content-ID {part.id} stands twice in one change set.")), part.id)
        if index == tried:
            tried += max(1, mergeable_run(changes.parts, index))
            if tried - index > 1:
                ready.extend(created([call_of(call, each, references) for each in changes.parts[index:tried]]) or ())
        answer = ready.popleft() if ready else guarded(call_of(call, part, references))
        if answer.is_error:
            raise _Failed(answer, part.id)
        if part.id:
            references[part.id] = answer.headers.get("OData-EntityId", "")
        yield answer, part.id


def call_of(call: Call, part: Part, references: dict[str, str]) -> Call:
    """A part as a call of its own, by the same user; links in its answer go to the version that it names."""
    target, _, query = part.target.partition("?")
    root, start = call.root, None
    if not target.startswith("$") or target[1:2].isalpha():
        start = _ROOT.match(target)
    if start is not None:
        target = target[start.end() :]
        if start["version"] and _SERVED.match(start["version"]):
            root = _VERSION.sub(f"{start['version'].lower()}/", root)
    return Call(
        context=call.context,
        method=part.method,
        path=unquote(target),
        query=query,
        headers={**_prefer(call), **part.headers},
        body=part.body,
        root=root,
        references=references,
        in_batch=True,
    )


def _prefer(call: Call) -> Mapping[str, str]:
    """A preference for annotations holds for all parts that state none of their own."""
    if not call.prefer.annotations:
        return {}
    return {"prefer": f'odata.include-annotations="{",".join(call.prefer.annotations)}"'}


def _section(boundary: str, done: Done) -> list[bytes]:
    """One part of the answer; a change set is a multipart body of its own."""
    if isinstance(done, tuple):
        return [_part(boundary, *done)]
    inner = f"changesetresponse_{uuid4()}"
    head = f"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n"
    return [head.encode(), *(_part(inner, answer, id) for answer, id in done), f"--{inner}--\r\n".encode()]


def _part(boundary: str, answer: Response, id: str) -> bytes:
    lines: Sequence[str] = [
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        *([f"Content-ID: {id}"] if id else []),
        "",
        f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Error')}",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
        "OData-Version: 4.0",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + answer.body + b"\r\n"
